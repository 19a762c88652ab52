import { setTimeout as pause } from 'node:timers/promises';
import { processOf } from '../../adapters/state-files/pid-file.ts';
import { EXIT, type ExitCode } from '../../ports/refusal.ts';
import { askDaemon } from '../ask-daemon.ts';
import type { Context } from '../context.ts';
import { say, sayRefusal } from '../speak.ts';

const PATIENCE_MS = 15_000;

/** Asks it to stop and waits until it has; where it does not run there is nothing to do, and that is no failure. */
export async function stop({ paths, json }: Context): Promise<ExitCode> {
  const asked = await askDaemon(paths.socket, 'stop');
  const owner = processOf(paths.pid);
  if (asked.kind !== 'answer' && owner.kind !== 'running') {
    say(json, `bot-daemon is not running on ${paths.dataDir}.`, { ok: true, stopped: false, running: false });
    return EXIT.done;
  }
  // No answer, and yet the very process that wrote the PID file runs: the signal means the same.
  if (asked.kind !== 'answer' && owner.kind === 'running') process.kill(owner.pid, 'SIGTERM');
  const pid = owner.kind === 'running' ? owner.pid : null;
  const since = performance.now();
  while (performance.now() - since < PATIENCE_MS) {
    if (processOf(paths.pid).kind !== 'running' && (await askDaemon(paths.socket, 'ping')).kind === 'nobody') {
      say(json, `bot-daemon has stopped${pid === null ? '' : ` (PID ${pid})`}.`, { ok: true, stopped: true, pid });
      return EXIT.done;
    }
    await pause(25);
  }
  const kill = pid === null ? '' : ` See: bot-daemon logs. To end it at once: kill -9 ${pid}`;
  return sayRefusal(json, {
    code: 'STOP_TIMED_OUT',
    exitCode: EXIT.failed,
    faults: [],
    message: `bot-daemon has not stopped within ${PATIENCE_MS / 1000} s.${kill}`,
  });
}
