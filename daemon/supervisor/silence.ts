import type { Log } from '../ports/log.ts';

/** The trader reports each second; from so much silence on, it is told from health. */
export const SILENCE_MS = 5_000;

/**
 * Watches how long the trader has been silent and logs one line when a silence begins and one when it ends. The result is
 * to be told, each second or so, the milliseconds since its last report; null while none is owed, as it starts or is down.
 */
export function silenceWatch(log: Log): (silentMs: number | null) => void {
  let isSilent = false;
  return (silentMs) => {
    if (silentMs === null || silentMs >= SILENCE_MS === isSilent) return;
    isSilent = !isSilent;
    if (isSilent) log.warn({ silentMs }, 'no word from the trader');
    else log.info({}, 'the trader reports again');
  };
}
