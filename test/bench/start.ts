import { execFile, spawn } from 'node:child_process';
import { copyFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { hashSync } from 'bcryptjs';
import { download, signIn } from './dashboards.ts';
import { afterwards, alternate, atMost, bench, below, digits, projectRoot, report, runFolder } from './harness.ts';
import { history, ledgerIn } from './histories.ts';
import { endOf, memoryOf, timed, type Usage } from './processes.ts';

const PASSWORD = 'correct horse battery';
const TRADES = 100_000;
const PAIRS = 9;
const run = promisify(execFile);

await bench(async () => {
  const folder = runFolder('start');
  const settings = join(folder, 'settings.json');
  copyFileSync(ledgerIn(history(TRADES)), join(folder, 'trades.db'));
  writeFileSync(settings, JSON.stringify(exampleSettings()), { mode: 0o600 });
  const program = [join(projectRoot(), 'dist/bot-daemon.js'), '--settings', settings, '--data', folder] as const;
  afterwards(() =>
    verb(program, 'stop')
      .catch(() => undefined)
      .then(() => undefined),
  );

  const started = performance.now();
  const { address } = JSON.parse(await verb(program, 'start')) as { readonly address: string };
  const startMs = performance.now() - started;
  const empty = await timed(`'${process.execPath}' -e 0`);
  report(
    'start to ready',
    `${digits(startMs)} ms`,
    `empty Node, ${digits(empty.wallMs)} ms`,
    startMs / empty.wallMs,
    below(startMs, 3000, 'ms'),
  );

  await status(program);
  await look(address);
  await memory(program);
});

/** The example of the repository on a free port: a simulated market and four bots, trading while they are measured. */
function exampleSettings(): object {
  const example = JSON.parse(readFileSync(join(projectRoot(), 'settings.example.json'), 'utf8')) as { readonly mobile: object };
  return { ...example, mobile: { ...example.mobile, port: 0, passwordHash: hashSync(PASSWORD, 10) } };
}

async function verb(program: readonly string[], name: string): Promise<string> {
  const failed = (error: Error & { stdout?: string }): never => {
    const log = join(runFolder('start'), 'daemon.log');
    const last = existsSync(log) ? readFileSync(log, 'utf8').split('\n').slice(-8).join('\n') : '';
    throw new Error(`bot-daemon ${name} failed: ${error.stdout ?? ''}\n${last}`, { cause: error });
  };
  const { stdout } = await run(process.execPath, [...program, name, '--json'], { encoding: 'utf8' }).catch(failed);
  return stdout;
}

async function status(program: readonly string[]): Promise<void> {
  const ours = `${[process.execPath, ...program].map((word) => `'${word}'`).join(' ')} status`;
  const empty = `'${process.execPath}' -e 0`;
  for (const { word, of } of [
    { word: 'CPU', of: (usage: Usage) => usage.cpuMs },
    { word: 'wall', of: (usage: Usage) => usage.wallMs },
  ]) {
    const { a, b, ratio } = await alternate(
      PAIRS,
      async () => of(await timed(ours)),
      async () => of(await timed(empty)),
    );
    report(`status, ${word}`, `${digits(a)} ms`, `empty Node, ${digits(b)} ms`, ratio, atMost(ratio, 2));
  }
}

/** Somebody signs in and opens every view once: what a first look makes the dashboard load belongs to its memory. */
async function look(address: string): Promise<void> {
  const cookie = await signIn(address, PASSWORD);
  for (const path of ['/', '/api/home', '/api/positions', '/api/trades', '/api/logs', '/api/settings'])
    await download(address + path, cookie);
}

async function memory(program: readonly string[]): Promise<void> {
  // After the first seconds, what a start needed once has been given back or never will be.
  await new Promise((resolve) => setTimeout(resolve, 10_000));
  const found = JSON.parse(await verb(program, 'status')) as Status;
  const empty = spawn(process.execPath, ['-e', 'setTimeout(() => 0, 60_000)'], { stdio: 'ignore' });
  afterwards(() => endOf(empty));
  await new Promise((resolve) => setTimeout(resolve, 1000));
  const beside = memoryOf(empty.pid ?? 0);
  const each = Object.entries({ supervisor: found.pid, trader: found.trader.pid, dashboard: found.dashboard.pid }).map(([name, pid]) => ({
    name,
    ...memoryOf(pid),
  }));
  for (const { name, rss, pss } of each) {
    report(
      `memory of the ${name}, ${digits(TRADES)} trades`,
      `${digits(rss)} MB resident, ${digits(pss)} MB its share`,
      `empty Node, ${digits(beside.rss)} MB resident`,
      rss / beside.rss,
      null,
    );
  }
  const [rss, pss] = [each.reduce((sum, one) => sum + one.rss, 0), each.reduce((sum, one) => sum + one.pss, 0)];
  report(
    'memory of all processes, resident',
    `${digits(rss)} MB`,
    `empty Node, ${digits(beside.rss)} MB`,
    rss / beside.rss,
    below(rss, 220, 'MB'),
  );
  report(
    'memory of all processes, shared pages counted once',
    `${digits(pss)} MB`,
    `empty Node, ${digits(beside.pss)} MB`,
    pss / beside.pss,
    below(pss, 220, 'MB'),
  );
}

interface Status {
  readonly pid: number;
  readonly trader: { readonly pid: number };
  readonly dashboard: { readonly pid: number };
}
