import { describe, expect, it } from 'vitest';
import { restartPolicy } from '../../../daemon/supervisor/restart-policy.ts';

const MINUTE = 60_000;
const pause = (pauseMs: number) => ({ kind: 'restart', pauseMs });

describe('the restart policy', () => {
  it('doubles the pause and gives up at the fifth crash in five minutes', () => {
    const judge = restartPolicy();

    expect([0, 1, 2, 3, 4].map((minute) => judge(minute * MINUTE))).toEqual([
      pause(250),
      pause(500),
      pause(1_000),
      pause(2_000),
      { kind: 'give-up' },
    ]);
  });

  it('pauses for eight seconds at most', () => {
    const judge = restartPolicy();

    expect(Array.from({ length: 10 }, (_, n) => judge(n * 2 * MINUTE)).at(-1)).toEqual(pause(8_000));
  });

  it('forgets the crashes of a child that ran for five minutes', () => {
    const judge = restartPolicy();
    judge(0);
    judge(MINUTE);

    expect(judge(6 * MINUTE)).toEqual(pause(250));
  });

  it('counts only crashes within five minutes', () => {
    const judge = restartPolicy();

    expect([0, 1, 2, 3, 5.5].map((minute) => judge(minute * MINUTE).kind)).not.toContain('give-up');
    expect(judge(5.6 * MINUTE).kind).toBe('give-up');
  });
});
