import { text } from 'node:stream/consumers';
import { join } from 'node:path';
import { type HeldLock, acquireLock } from '../../db/lock.ts';
import { DatabaseRefusal } from '../../db/refusal.ts';
import { wallClock } from '../adapters/clock/wall-clock.ts';
import { type FileLog, openLog } from '../adapters/log/pino-log.ts';
import { findStrategies } from '../adapters/strategy-files/find-strategies.ts';
import type { Clock } from '../ports/clock.ts';
import type { FromChild, ToTrader, TraderStart } from '../ports/process-messages.ts';
import { EXIT, type ExitCode, Refusal } from '../ports/refusal.ts';
import { loadSettings, settingsRefusal } from '../settings/load.ts';
import { version } from '../settings/version.ts';
import { settingsView } from '../settings/view.ts';
import { builtIns } from '../strategies/index.ts';
import { openLife } from './compose.ts';
import { Lives } from './lives.ts';
import type { Left } from './trading.ts';

/** The trading process: started by the supervisor with one JSON on stdin, spoken to over IPC, ended by `stop` or a signal. */
async function main(): Promise<ExitCode> {
  const start = JSON.parse(await text(process.stdin)) as TraderStart;
  const log = openLog({ path: join(start.dataDir, 'daemon.log'), name: 'trader', level: 'info' });
  try {
    const clock = wallClock();
    const trader = await prepare(start, log, clock);
    const lock = await takeTurn(join(start.dataDir, 'trader.lock'), clock);
    const left = await live(trader, log);
    lock.release();
    if (left.unproved.length === 0) return EXIT.done;
    log.error({ orders: left.unproved.map((order) => order.clientId) }, 'orders were left open');
    return EXIT.ordersLeftOpen;
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal === null) throw error;
    log.error({ code: refusal.code, faults: refusal.faults }, refusal.message);
    const { code, message, faults, exitCode } = refusal;
    await tell({ kind: 'refused', code, message, faults, exitCode, passes: passingFailure(error) !== null });
    return exitCode;
  }
}

async function live(trader: Lives, log: FileLog): Promise<Left> {
  const forget = obey(trader, log);
  try {
    return await trader.run();
  } finally {
    forget();
    // The last word on what stays open, for whoever asked it to stop.
    await tell({ kind: 'report', report: trader.report() });
  }
}

async function prepare(start: TraderStart, log: FileLog, clock: Clock): Promise<Lives> {
  const loaded = await loadSettings(start.settingsPath, findStrategies(builtIns));
  if (!loaded.ok) throw settingsRefusal(start.settingsPath, loaded.faults);
  const { compiled, settings, defaults, strategies } = loaded;
  log.setLevel(compiled.log.level);
  const view = JSON.stringify(settingsView(settings, defaults, start.settingsPath, strategies.registry));
  const codeHash = (id: string): string => strategies.codeHash(id) ?? `built-in ${version}`;
  return new Lives({
    open: () => openLife({ compiled, settingsView: view, codeHash, dataDir: start.dataDir, version, clock, log }),
    passing: passingFailure,
    clock,
    log,
    mode: 'paper',
    onReady: (report) => {
      void tell({ kind: 'report', report });
      void tell({ kind: 'ready' });
    },
    onEnded: (reason) => {
      if (start.exitAtEnd) void tell({ kind: 'ended', reason });
      return start.exitAtEnd;
    },
  });
}

/** A trader of a supervisor that was killed may need this long to notice that it is alone. */
const TURN_MS = 8_000;

/** One trader per ledger, whoever started it: waits for the one before to be gone, and refuses where it stays. */
async function takeTurn(path: string, clock: Clock): Promise<HeldLock> {
  const until = clock.monotonic() + TURN_MS;
  for (;;) {
    const lock = acquireLock(path);
    if (lock !== null) return lock;
    if (clock.monotonic() >= until) {
      throw new Refusal('TRADER_RUNNING', EXIT.alreadyRunning, 'Another trader still works on this data folder. Stop it with: bot-daemon stop');
    }
    await clock.sleep(100);
  }
}

const BEAT_MS = 1_000;
const PRUNE_MS = 300_000;

/** Wires the process's ears to the trader; returns what undoes it. */
function obey(trader: Lives, log: FileLog): () => void {
  const stop = (): void => {
    trader.stop();
  };
  process.on('SIGTERM', stop).on('SIGINT', stop).on('disconnect', stop);
  process.on('message', (message: ToTrader) => {
    switch (message.kind) {
      case 'stop':
        return stop();
      case 'reopen-log':
        return log.reopen();
      case 'reload':
        return log.setLevel(message.logLevel);
    }
  });
  let due = performance.now() + BEAT_MS;
  const beating = setInterval(() => {
    trader.beat(Math.max(0, performance.now() - due));
    due = performance.now() + BEAT_MS;
    void tell({ kind: 'report', report: trader.report() });
  }, BEAT_MS);
  const pruning = setInterval(() => {
    trader.prune();
  }, PRUNE_MS);
  return () => {
    clearInterval(beating);
    clearInterval(pruning);
  };
}

/** Failures that pass by themselves once space or the lock is back. */
function passingFailure(error: unknown): string | null {
  if (!(error instanceof DatabaseRefusal)) return null;
  const passes = error.code === 'database.full' || error.code === 'database.locked' || error.code === 'database.disk-error';
  return passes ? `${error.message}. ${error.remedy}` : null;
}

function refusalOf(error: unknown): Refusal | null {
  if (error instanceof Refusal) return error;
  if (!(error instanceof DatabaseRefusal)) return null;
  const fault = { path: error.path, found: error.message, expected: 'a ledger that can be read and written', remedy: error.remedy };
  return new Refusal(error.code, EXIT.refused, `${error.message}. ${error.remedy}`, [fault]);
}

/** Sends to the supervisor; without one (or with one that has gone) there is nobody to tell. */
function tell(message: FromChild): Promise<void> {
  return new Promise((resolve) => {
    if (process.send === undefined || !process.connected) resolve();
    else process.send(message, undefined, undefined, () => { resolve(); });
  });
}

const exitCode = await main();
process.disconnect?.();
process.exitCode = exitCode;
