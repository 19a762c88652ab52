import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { EXIT, type ExitCode, Refusal } from '../../ports/refusal.ts';
import type { StartReport } from '../../supervisor/start-report.ts';
import { refuseIfRunning } from '../already-running.ts';
import type { Context } from '../context.ts';
import { makeReady } from '../first-run.ts';
import { loadOrRefuse } from '../load.ts';
import { say, sayRefusal } from '../speak.ts';
import { greet } from './run.ts';

const PATIENCE_MS = 30_000;

/** How the wait for a start ended. */
type Outcome = StartReport | { readonly kind: 'died'; readonly how: string } | { readonly kind: 'timeout' };

/** Starts in the background and returns once trader and dashboard are ready: 0, or 1 with the reason, 73, 78. */
export async function start(context: Context): Promise<ExitCode> {
  const { paths, json, entry } = context;
  refuseIfRunning(paths);
  const made = await makeReady(context.settingsPath);
  await loadOrRefuse(made.settingsPath);
  if (!json) greet(made);
  const child = spawnDetached([entry, 'run', '--background', '--settings', made.settingsPath, '--data', paths.dataDir], context);
  const outcome = await outcomeOf(child);
  if (child.connected) child.disconnect();
  child.unref();

  const fail = (code: string, message: string): ExitCode => sayRefusal(json, { code, message, faults: [], exitCode: EXIT.failed });
  switch (outcome.kind) {
    case 'up': {
      const { pid, dashboard, mode } = outcome.status;
      const address = dashboard.address;
      say(json, `bot-daemon is running (PID ${pid}): ${address ?? 'the dashboard told no address'}`, {
        ...{ ok: true, pid, address, mode, dataDir: paths.dataDir, settings: made.settingsPath },
        ...(made.password === null ? {} : { password: made.password }),
      });
      return EXIT.done;
    }
    case 'refused':
      return sayRefusal(json, outcome);
    case 'trouble':
      return fail('START_FAILED', `${outcome.sentence}. What is left runs on (PID ${child.pid ?? 0}); stop it with: bot-daemon stop`);
    case 'died':
      return fail('START_FAILED', `bot-daemon ended while it was starting (${outcome.how}). See: bot-daemon logs`);
    case 'timeout':
      return fail(
        'START_SLOW',
        `bot-daemon is not ready after ${PATIENCE_MS / 1000} s and goes on trying (PID ${child.pid ?? 0}). See: bot-daemon status`,
      );
  }
}

/** Its stderr is the log: what Node itself says in a crash is kept there, and the log viewer bears lines that are no JSON. */
function spawnDetached(args: readonly string[], { paths }: Context): ChildProcess {
  let log: number;
  try {
    mkdirSync(paths.dataDir, { recursive: true, mode: 0o700 });
    log = openSync(paths.log, 'a', 0o600);
  } catch (error) {
    const fault = {
      path: 'dataDir',
      found: (error as NodeJS.ErrnoException).code,
      expected: 'a writable folder',
      remedy: 'name another with --data, or give this user the right to write there',
    };
    throw new Refusal(
      'DATA_FOLDER_UNUSABLE',
      EXIT.failed,
      `The data folder ${paths.dataDir} cannot be used: ${(error as Error).message}.`,
      [fault],
    );
  }
  const child = spawn(process.execPath, args, { detached: true, stdio: ['ignore', 'ignore', log, 'ipc'] });
  closeSync(log);
  return child;
}

function outcomeOf(child: ChildProcess): Promise<Outcome> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve({ kind: 'timeout' }), PATIENCE_MS);
    const end = (outcome: Outcome): void => {
      clearTimeout(timer);
      resolve(outcome);
    };
    child.on('message', (message) => end(message as StartReport));
    child.on('error', (error) => end({ kind: 'died', how: error.message }));
    child.on('exit', (code, signal) => end({ kind: 'died', how: signal ?? `exit code ${code ?? 'unknown'}` }));
  });
}
