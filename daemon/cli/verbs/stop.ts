import { EXIT, type ExitCode } from '../../ports/refusal.ts';
import type { LeftOpen } from '../../supervisor/tree.ts';
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
      say(json, `bot-daemon has stopped (PID ${stopped.pid}).${leftInWords(stopped.left)}`, {
        ok: true,
        stopped: true,
        pid: stopped.pid,
        left: stopped.left,
      });
      return EXIT.done;
    case 'timeout':
      return sayTimeout(json, stopped);
  }
}

/** ` 2 protective orders stay with the paper venue, 1 position stays open.`; empty where nothing stays or it is not known. */
export function leftInWords(left: LeftOpen | null): string {
  if (left === null) return '';
  const { openOrders, openPositions, mode, unproved } = left;
  const orders = `${openOrders} ${unproved ? '' : 'protective '}${openOrders === 1 ? 'order stays' : 'orders stay'} with the ${mode} venue`;
  const positions = `${openPositions} ${openPositions === 1 ? 'position stays' : 'positions stay'} open`;
  const parts = [...(openOrders === 0 ? [] : [orders]), ...(openPositions === 0 ? [] : [positions])];
  return parts.length === 0 ? '' : ` ${parts.join(', ')}.`;
}

/** Says that it has not stopped in time, and what ends it for certain. */
export function sayTimeout(json: boolean, { pid, patienceMs }: Extract<Stopped, { readonly kind: 'timeout' }>): ExitCode {
  const kill = ` To end it at once: kill -9 ${pid}`;
  const message = `bot-daemon has not stopped within ${patienceMs / 1000} s. See: bot-daemon logs.${kill}`;
  return sayRefusal(json, { code: 'STOP_TIMED_OUT', exitCode: EXIT.failed, faults: [], message });
}
