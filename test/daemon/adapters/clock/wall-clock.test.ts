import { describe, expect, it } from 'vitest';
import { wallClock } from '../../../../daemon/adapters/clock/wall-clock.ts';
import { clockContract } from '../../../contracts/clock.contract.ts';
import { simulatedClock } from './simulated-clock.ts';

clockContract('the wall clock', wallClock);
clockContract('the simulated clock', simulatedClock);

describe('wallClock', () => {
  it('wakes from a long sleep when the signal aborts', async () => {
    const stop = new AbortController();
    const sleeping = wallClock().sleep(3_600_000, stop.signal);

    stop.abort();

    await expect(sleeping).resolves.toBeUndefined();
  });

  it('sleeps longer than one timer can count, instead of waking again and again', async () => {
    const stop = new AbortController();
    const warnings: string[] = [];
    const hear = (warning: Error): void => void warnings.push(warning.name);
    process.on('warning', hear);
    let woken = false;
    const sleeping = wallClock()
      .sleep(2 ** 32, stop.signal)
      .then(() => {
        woken = true;
      });

    await wallClock().sleep(30);
    expect(woken).toBe(false);

    stop.abort();
    await sleeping;
    process.off('warning', hear);
    expect(warnings).toEqual([]);
  });

  it('leaves no listener behind on the signal it was given', async () => {
    const stop = new AbortController();
    let listeners = 0;
    const { signal } = stop;
    const add = signal.addEventListener.bind(signal);
    const remove = signal.removeEventListener.bind(signal);
    signal.addEventListener = (...given: Parameters<typeof add>) => {
      listeners += 1;
      add(...given);
    };
    signal.removeEventListener = (...given: Parameters<typeof remove>) => {
      listeners -= 1;
      remove(...given);
    };

    await wallClock().sleep(1, signal);

    expect(listeners).toBe(0);
  });
});
