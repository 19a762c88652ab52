import { describe, expect, it } from 'vitest';
import type { Clock } from '../../daemon/ports/clock.ts';

/** What every clock must do. */
export function clockContract(name: string, make: () => Clock): void {
  describe(`${name} as a clock`, () => {
    it('lets at least the slept span pass', async () => {
      const clock = make();
      const before = clock.monotonic();

      await clock.sleep(20);

      expect(clock.monotonic() - before).toBeGreaterThanOrEqual(20);
    });

    it('never goes back on its monotonic time', async () => {
      const clock = make();
      const readings: number[] = [];
      for (let turn = 0; turn < 50; turn += 1) {
        readings.push(clock.monotonic());
        await clock.sleep(0);
      }

      expect(readings).toEqual([...readings].sort((a, b) => a - b));
    });

    it('tells wall time in milliseconds since 1970', () => {
      expect(make().now()).toBeGreaterThan(Date.UTC(2020, 0, 1));
    });

    it('does not sleep at all once the signal has aborted', async () => {
      const aborted = new AbortController();
      aborted.abort();

      await expect(make().sleep(3_600_000, aborted.signal)).resolves.toBeUndefined();
    });
  });
}
