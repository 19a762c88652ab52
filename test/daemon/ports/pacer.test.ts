import { describe, expect, it } from 'vitest';
import { HOUR, MINUTE, instant } from '../../../daemon/core/model/instant.ts';
import { LONGEST_WAIT_MS, pacer } from '../../../daemon/ports/pacer.ts';
import { simulatedClock } from '../adapters/clock/simulated-clock.ts';

const { signal } = new AbortController();

async function play(speed: number, times: readonly number[], workMs = 0): Promise<readonly number[]> {
  const clock = simulatedClock();
  const pace = pacer(speed, clock);
  for (const at of times) {
    await pace.until(instant(at), signal);
    clock.advance(workMs);
  }
  return clock.slept;
}

describe('pacer', () => {
  it('gives the first event out at once and later ones by market time over speed', async () => {
    expect(await play(60, [HOUR, HOUR + MINUTE, HOUR + 3 * MINUTE])).toEqual([1_000, 2_000]);
  });

  it('takes the time spent on an event off the next wait', async () => {
    expect(await play(60, [0, MINUTE, 2 * MINUTE], 400)).toEqual([600, 600]);
  });

  it('does not wait for what is overdue', async () => {
    expect(await play(60, [0, MINUTE], 1_500)).toEqual([]);
  });

  it('cuts a wait of an accelerated feed short, and goes on at its pace from there', async () => {
    expect(await play(60, [0, 48 * HOUR, 48 * HOUR + MINUTE])).toEqual([LONGEST_WAIT_MS, 1_000]);
  });

  it('lets a gap last as long as it lasted at real time', async () => {
    expect(await play(1, [0, HOUR])).toEqual([HOUR]);
  });

  it('never sleeps at the highest speed', async () => {
    expect(await play(Number.POSITIVE_INFINITY, [0, HOUR, 100 * HOUR], 10)).toEqual([]);
  });

  it('lets the event loop have its turn within 25 ms of a feed that never waits', async () => {
    const clock = simulatedClock();
    const pace = pacer(Number.POSITIVE_INFINITY, clock);
    let turns = 0;
    let running = true;
    const turning = (async () => {
      while (running) {
        await new Promise((resolve) => setImmediate(resolve));
        turns += 1;
      }
    })();

    for (let event = 0; event < 100; event += 1) {
      await pace.until(instant(event), signal);
      clock.advance(5);
    }
    const seen = turns;
    running = false;
    await turning;

    expect(seen).toBeGreaterThanOrEqual(100 / 6);
    expect(seen).toBeLessThan(50);
  });
});
