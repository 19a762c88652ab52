import type { SystemStatus } from '../../contract/index.ts';

/** The last that is known of why the daemon is silent; null where that is only when it fell silent, which the page itself says. */
export function lastWord(status: SystemStatus | null): string | null {
  if (status === null) return null;
  if (status.crashLoop !== null) return status.crashLoop;
  if (status.link === 'online' || status.reason === null) return null;
  return status.beatAt !== null && status.reason.includes(status.beatAt) ? null : status.reason;
}
