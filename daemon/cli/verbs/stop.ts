import { EXIT, type ExitCode } from '../../ports/refusal.ts';
import type { Context } from '../context.ts';
import { say, sayRefusal } from '../speak.ts';
import { type Stopped, stopDaemon } from '../stop-daemon.ts';

/** Asks it to stop and waits until it has; where it does not run there is nothing to do, and that is no failure. */
export async function stop({ paths, json }: Context): Promise<ExitCode> {
  const stopped = await stopDaemon(paths);
  switch (stopped.kind) {
    case 'not-running':
      say(json, `bot-daemon is not running on ${paths.dataDir}.`, { ok: true, stopped: false });
      return EXIT.done;
    case 'stopped':
      say(json, `bot-daemon has stopped (PID ${stopped.pid}).`, {
        ok: true,
        stopped: true,
        pid: stopped.pid,
      });
      return EXIT.done;
    case 'timeout':
      return sayTimeout(json, stopped);
  }
}

/** Says that it has not stopped in time, and what ends it for certain. */
export function sayTimeout(json: boolean, { pid, patienceMs }: Extract<Stopped, { readonly kind: 'timeout' }>): ExitCode {
  const kill = ` To end it at once: kill -9 ${pid}`;
  const message = `bot-daemon has not stopped within ${patienceMs / 1000} s. See: bot-daemon logs.${kill}`;
  return sayRefusal(json, { code: 'STOP_TIMED_OUT', exitCode: EXIT.failed, faults: [], message });
}
