import { type ChildProcess, spawn } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { text } from 'node:stream/consumers';
import { bundle } from './bundle.ts';
import { soundSettings } from './sound-settings.ts';

/** What a fake child noted. */
export interface Heard {
  readonly name: 'trader' | 'dashboard';
  readonly pid: number;
  readonly kind: string;
  readonly reason?: string;
  readonly hash?: string;
  readonly start?: Readonly<Record<string, unknown>>;
}

/** How a command ended. */
export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** The program, bundled, with stand-ins for its children. */
export interface Program {
  /** A home of its own for one test: settings, data folder, plans. */
  home(): Home;
  remove(): Promise<void>;
}

export const HASH = `$2b$04$${'a'.repeat(53)}`;

/** Bundles the command line and puts fake children beside it. */
export async function fakeProgram(): Promise<Program> {
  const { folder, remove } = await bundle({ 'bot-daemon': 'daemon/main.ts' });
  const fake = fileURLToPath(new URL('../daemon/supervisor/fake-child.mjs', import.meta.url));
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  for (const name of ['trader', 'dashboard']) copyFileSync(fake, join(folder, `${name}.js`));
  return { home: () => new Home(join(folder, 'bot-daemon.mjs')), remove };
}

/** One installation in a temporary folder; `close` ends whatever it started. */
export class Home {
  readonly folder = mkdtempSync(join(realpathSync(tmpdir()), 'bd-'));
  readonly settings = join(this.folder, 'settings.json');
  readonly data = join(this.folder, 'data');
  readonly #entry: string;
  readonly #started: ChildProcess[] = [];

  constructor(entry: string) {
    this.#entry = entry;
    this.writeSettings({ ...soundSettings(), mobile: { port: 0, passwordHash: HASH } });
  }

  writeSettings(settings: unknown): void {
    writeFileSync(this.settings, JSON.stringify(settings, null, 2), { mode: 0o600 });
  }

  plan(name: 'trader' | 'dashboard', plan: object): void {
    writeFileSync(join(this.folder, `${name}-plan.json`), JSON.stringify(plan));
  }

  /** Starts a command and does not wait for it. */
  spawn(args: readonly string[], env: NodeJS.ProcessEnv = {}): ChildProcess {
    const child = spawn(process.execPath, [this.#entry, ...args], {
      cwd: this.folder,
      env: { PATH: process.env['PATH'], ...env },
      stdio: 'pipe',
    });
    this.#started.push(child);
    return child;
  }

  /** Runs a command to its end. */
  async run(
    args: readonly string[],
    { input = '', env = {} }: { readonly input?: string; readonly env?: NodeJS.ProcessEnv } = {},
  ): Promise<Ended> {
    return endOf(this.spawn(args, env), input);
  }

  heard(): readonly Heard[] {
    const path = join(this.folder, 'heard.jsonl');
    if (!existsSync(path)) return [];
    const lines = readFileSync(path, 'utf8').split('\n').slice(0, -1);
    return lines.map((line) => JSON.parse(line) as Heard);
  }

  /** PIDs of the children that have started and not ended by themselves. */
  children(name: 'trader' | 'dashboard'): readonly number[] {
    return this.heard().flatMap((note) => (note.name === name && note.kind === 'started' ? [note.pid] : []));
  }

  log(): string {
    const path = join(this.data, 'daemon.log');
    return existsSync(path) ? readFileSync(path, 'utf8') : '';
  }

  pid(): number {
    return (JSON.parse(readFileSync(join(this.data, 'bot-daemon.pid'), 'utf8')) as { pid: number }).pid;
  }

  /** Ends what this home started, by id, and removes it. */
  close(): void {
    for (const child of this.#started) child.kill('SIGKILL');
    if (existsSync(join(this.data, 'bot-daemon.pid'))) kill(this.pid());
    for (const pid of [...this.children('trader'), ...this.children('dashboard')]) kill(pid);
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Waits for a command and gives all that it said. */
export async function endOf(child: ChildProcess, input = ''): Promise<Ended> {
  child.stdin?.end(input);
  const said = [child.stdout, child.stderr].map((stream) => (stream === null ? Promise.resolve('') : text(stream)));
  const code = await new Promise<number | null>((resolve) => child.once('exit', resolve));
  const [out = '', err = ''] = await Promise.all(said);
  return { code, out, err };
}

/** Whether a process runs; a zombie does not. */
export function alive(pid: number): boolean {
  try {
    return !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

function kill(pid: number): void {
  // A test's fake child carries its script in its arguments: never a stranger's process.
  if (!alive(pid) || !readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('bot-daemon-test-')) return;
  process.kill(pid, 'SIGKILL');
}
