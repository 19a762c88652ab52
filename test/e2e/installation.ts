import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const PROGRAM = fileURLToPath(new URL('../../dist/bot-daemon.js', import.meta.url));

export interface Answer {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** One verb of the built program, run to its end (bounded). */
export function verb(args: readonly string[], options: { readonly cwd?: string; readonly input?: string; readonly timeoutMs?: number } = {}): Promise<Answer> {
  return new Promise((settle) => {
    const env = { ...process.env };
    for (const name of ['BOT_DAEMON_SETTINGS', 'BOT_DAEMON_DATA', 'BOT_DAEMON_PASSWORD_HASH']) delete env[name];
    const child = execFile(process.execPath, [PROGRAM, ...args], { cwd: options.cwd, env, timeout: options.timeoutMs ?? 60_000 }, (error, out, err) => {
      settle({ code: error === null ? 0 : typeof error.code === 'number' ? error.code : -1, out, err });
    });
    child.stdin?.end(options.input ?? '');
  });
}

/** A folder of its own with settings and data, and everything it started ended when it is closed. */
export interface Installation {
  readonly folder: string;
  readonly dataDir: string;
  run(...args: readonly string[]): Promise<Answer>;
  status(): Promise<Status>;
  /** PIDs of all living processes that work on this data folder. */
  processes(): readonly number[];
  close(): Promise<void>;
}

export interface Status {
  readonly running: boolean;
  readonly state: string;
  readonly reason: string | null;
  readonly marketAt: number | null;
  readonly openPositions: number;
  readonly trader: { readonly pid: number; readonly restarts: number; readonly kind: string };
  readonly dashboard: { readonly pid: number; readonly address: string };
}

export function installation(prefix: string): Installation {
  const folder = mkdtempSync(join(tmpdir(), `bot-daemon-${prefix}-`));
  const dataDir = join(folder, 'data');
  const run = (...args: readonly string[]): Promise<Answer> =>
    verb([...args, '--settings', join(folder, 'settings.json'), '--data', dataDir], { cwd: folder, timeoutMs: 180_000 });
  const processes = (): readonly number[] => processesOf(folder);
  return {
    folder,
    dataDir,
    run,
    processes,
    async status() {
      const answer = await run('status', '--json');
      return JSON.parse(answer.out) as Status;
    },
    async close() {
      if (existsSync(join(dataDir, 'bot-daemon.pid'))) await run('stop');
      for (const pid of processes()) endProcess(pid);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export function endProcess(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has gone by itself meanwhile.
  }
}

/** Processes of ours with a file of the folder open or named on their command line. */
function processesOf(folder: string): readonly number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .map(Number)
    .filter((pid) => isOf(pid, folder));
}

function isOf(pid: number, folder: string): boolean {
  try {
    const line = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
    if (!line.includes('/dist/')) return false;
    return line.includes(folder) || readFileSync(`/proc/${pid}/environ`, 'utf8').includes(folder) || holdsFileOf(pid, folder);
  } catch {
    return false;
  }
}

function holdsFileOf(pid: number, folder: string): boolean {
  const maps = readFileSync(`/proc/${pid}/maps`, 'utf8');
  return maps.includes(folder);
}

/** Asks again and again, at most `tries` times with a pause between, until the answer is not null. */
export async function until<T>(ask: () => Promise<T | null> | T | null, what: string, tries = 600, pauseMs = 100): Promise<T> {
  for (let n = 0; n < tries; n += 1) {
    const answer = await ask();
    if (answer !== null) return answer;
    await new Promise((done) => setTimeout(done, pauseMs));
  }
  throw new Error(`waited in vain for ${what}`);
}
