import { processOf } from '../../adapters/state-files/pid-file.ts';
import { EXIT, type ExitCode } from '../../ports/refusal.ts';
import type { TreeStatus } from '../../supervisor/status.ts';
import { askDaemon } from '../ask-daemon.ts';
import type { Context } from '../context.ts';
import { say, span } from '../speak.ts';

/** Tells whether it runs, how it stands and why it is not trading: exit 0 running, 3 not running. */
export async function status({ paths, json }: Context): Promise<ExitCode> {
  const asked = await askDaemon(paths.socket, 'status');
  if (asked.kind === 'answer' && asked.answer.ok && asked.answer.status !== undefined) {
    const { status: found } = asked.answer;
    say(json, inWords(found), { running: true, ...found });
    return EXIT.done;
  }
  const owner = processOf(paths.pid);
  if (owner.kind === 'running') {
    const reason = asked.kind === 'silent' ? 'it does not answer: stuck or frozen' : 'it is just starting or stopping';
    say(json, `bot-daemon runs (PID ${owner.pid}), but ${reason}.`, {
      running: true,
      pid: owner.pid,
      ready: false,
      state: 'DEGRADED',
      reason,
    });
    return EXIT.done;
  }
  const stale =
    owner.kind === 'stale'
      ? ` A stale PID file was left behind${owner.pid === null ? '' : ` by PID ${owner.pid}`}: the last run was not stopped in order. The next start clears it.`
      : '';
  say(json, `bot-daemon is not running on ${paths.dataDir}.${stale}`, {
    running: false,
    stalePid: owner.kind === 'stale' ? owner.pid : null,
    dataDir: paths.dataDir,
  });
  return EXIT.notRunning;
}

function inWords(found: TreeStatus): string {
  const { state, reason, feed, dashboard, trader } = found;
  const rows: readonly (readonly [string, string])[] = [
    ['State', reason === null ? state : `${state}: ${reason}`],
    ['Mode', [found.mode ?? 'not known yet', feed?.simulated === true ? 'SIMULATED prices' : ''].filter((part) => part !== '').join(', ')],
    ['Running for', `${span(found.uptimeMs)} (PID ${found.pid}, version ${found.version})`],
    [
      'Last cycle',
      found.cycle === null ? 'none yet' : `number ${found.cycle}${found.reportAgeMs === null ? '' : `, heard ${age(found.reportAgeMs)}`}`,
    ],
    ['Market time', found.marketAt === null ? 'none yet' : inZone(found.marketAt, found.timeZone)],
    ['Feed', feed === null ? 'not known yet' : `${feed.label}, ${feed.ageMs === null ? 'not heard yet' : `heard ${age(feed.ageMs)}`}`],
    ['Bots running', count(found.botsRunning)],
    ['Open positions', count(found.openPositions)],
    ['Open orders', count(found.openOrders)],
    ['Trader', childInWords(trader)],
    ['Dashboard', dashboard.address ?? childInWords(dashboard)],
    ['Data', found.dataDir],
  ];
  return rows.map(([label, value]) => `${label.padEnd(15)} ${value}`).join('\n');
}

/** `2026-01-05 09:15:00 Asia/Kolkata`. */
function inZone(at: number, timeZone: string): string {
  // Swedish is the locale that writes a date as ISO does.
  const time = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' }).format(at);
  return `${time} ${timeZone}`;
}

function childInWords({ kind, pid, restarts, reason }: TreeStatus['trader']): string {
  const again = restarts === 0 ? '' : `, started again ${restarts === 1 ? 'once' : `${restarts} times`}`;
  return `${kind}${pid === null ? '' : ` (PID ${pid})`}${again}${reason === null ? '' : `: ${reason}`}`;
}

function age(milliseconds: number): string {
  return milliseconds < 1_500 ? 'just now' : `${span(milliseconds)} ago`;
}

function count(value: number | null): string {
  return value === null ? 'not known yet' : String(value);
}
