import { dirname, join } from 'node:path';
import { EXIT, type ExitCode, Refusal } from '../../ports/refusal.ts';
import { version } from '../../settings/version.ts';
import type { StartReport } from '../../supervisor/start-report.ts';
import type { TreeStatus } from '../../supervisor/status.ts';
import { supervise } from '../../supervisor/supervise.ts';
import type { Reread } from '../../supervisor/tree-settings.ts';
import { refuseIfRunning } from '../already-running.ts';
import type { Context } from '../context.ts';
import { makeReady, type MadeReady } from '../first-run.ts';
import { loadOrRefuse, treeSettings } from '../load.ts';
import { sayRefusal } from '../speak.ts';

export interface RunOptions {
  readonly exitAtEnd?: boolean;
  /** Set by `start`: it has made everything ready, and waits for our word over IPC. */
  readonly background?: boolean;
}

/** Runs the tree in the foreground until it is stopped. */
export async function run(context: Context, { exitAtEnd = false, background = false }: RunOptions): Promise<ExitCode> {
  try {
    refuseIfRunning(context.paths);
    const made = await makeReady(context.settingsPath);
    if (!background) greet(made);
    const settings = treeSettings(await loadOrRefuse(made.settingsPath));
    if (settings === null) throw noPassword(made.settingsPath);
    return await supervise({
      paths: context.paths,
      version,
      scripts: { trader: join(dirname(context.entry), 'trader.js'), dashboard: join(dirname(context.entry), 'dashboard.js') },
      settingsPath: made.settingsPath,
      settings,
      reread: () => reread(made.settingsPath),
      exitAtEnd,
      foreground: !background,
      onReady: (status) => {
        if (background) void report({ kind: 'up', status });
        else process.stdout.write(`${readyInWords(status)}\n`);
      },
      onNotice: (sentence) => {
        if (background) void report({ kind: 'trouble', sentence });
        else process.stderr.write(`bot-daemon: ${sentence}\n`);
      },
    });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { code, message, faults, exitCode } = error;
    if (background) await report({ kind: 'refused', code, message, faults, exitCode });
    return background ? exitCode : sayRefusal(context.json, error);
  }
}

/** What was made on a first run, said once. */
export function greet({ settingsPath, fresh, password }: MadeReady): void {
  if (fresh) process.stdout.write(`No settings file was found: wrote ${settingsPath} (paper trading on SIMULATED prices).\n`);
  if (password !== null) process.stdout.write(`Dashboard password, shown this once: ${password}\n`);
}

function readyInWords({ dashboard, mode, feed, pid }: TreeStatus): string {
  const prices = feed === null ? '' : ` on ${feed.simulated ? 'SIMULATED prices' : feed.label}`;
  return `Ready: ${dashboard.address ?? 'the dashboard told no address'} (${mode ?? 'paper'} trading${prices}, PID ${pid}). Ctrl-C stops it.`;
}

async function reread(settingsPath: string): Promise<Reread> {
  try {
    const settings = treeSettings(await loadOrRefuse(settingsPath));
    return settings === null ? { ok: false, reason: 'no dashboard password is set' } : { ok: true, settings };
  } catch (error) {
    if (!(error instanceof Refusal)) return { ok: false, reason: String(error) };
    return {
      ok: false,
      reason: `${error.message} ${error.faults.map(({ path, expected }) => `${path}: expected ${expected}`).join('; ')}`,
    };
  }
}

/** Tells the waiting `start`; where it has gone there is nobody to tell. */
function report(message: StartReport): Promise<void> {
  return new Promise((resolve) => {
    if (process.send === undefined || !process.connected) resolve();
    else process.send(message, undefined, {}, () => resolve());
  });
}

function noPassword(settingsPath: string): Refusal {
  return new Refusal('NO_PASSWORD', EXIT.failed, `No dashboard password is set in ${settingsPath}. Set one with: bot-daemon passwd`);
}
