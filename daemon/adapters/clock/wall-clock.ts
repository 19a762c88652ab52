import type { Clock } from '../../ports/clock.ts';

/** The machine's clock. */
export function wallClock(): Clock {
  return {
    now: () => Date.now(),
    monotonic: () => performance.now(),
    async sleep(milliseconds, signal) {
      const until = performance.now() + milliseconds;
      while (signal?.aborted !== true) {
        const rest = until - performance.now();
        if (rest <= 0) return;
        await timer(Math.min(rest, LONGEST_TIMER), signal);
      }
    },
  };
}

/** setTimeout takes 31 bits of milliseconds; a longer span would fire at once. */
const LONGEST_TIMER = 2_147_483_647;

function timer(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(running);
      signal?.removeEventListener('abort', done);
      resolve();
    };
    const running = setTimeout(done, Math.ceil(milliseconds));
    signal?.addEventListener('abort', done, { once: true });
  });
}
