import { type ChildProcess, fork, spawn } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { text } from 'node:stream/consumers';
import { afterwards } from './harness.ts';

/** What a finished command took: milliseconds of all its processes. */
export interface Usage {
  readonly wallMs: number;
  readonly cpuMs: number;
}

/** Runs a shell command (its output is thrown away) and reads what it took off bash's own `time`. Rejects where it fails. */
export async function timed(command: string): Promise<Usage> {
  const child = spawn('bash', ['-c', `TIMEFORMAT='%3R %3U %3S'; time { ${command}; } >/dev/null 2>/dev/null`], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const ended = exitOf(child);
  const told = await text(child.stderr);
  const code = await ended;
  if (code !== 0) throw new Error(`${command} ended with ${code}`);
  const [real, user, system] = told.trim().split('\n').at(-1)?.replaceAll(',', '.').split(' ').map(Number) ?? [];
  if (real === undefined || user === undefined || system === undefined) throw new Error(`bash told no times: ${told}`);
  return { wallMs: real * 1000, cpuMs: (user + system) * 1000 };
}

/** Starts a part of the benches in a process of its own, ended with the bench. */
export function startPart(name: string, args: readonly string[] = []): ChildProcess {
  const child = fork(partPath(name), [...args], { execArgv: [], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  afterwards(() => endOf(child));
  return child;
}

/** Where the bundle of a part is. */
export const partPath = (name: string): string => fileURLToPath(new URL(`${name}.js`, import.meta.url));

/** The next message of a child. Rejects where it ends without one. */
export function messageOf<Message>(child: ChildProcess): Promise<Message> {
  return new Promise((resolve, reject) => {
    const ended = (code: number | null, signal: string | null): void =>
      reject(new Error(`${child.spawnfile} ended with ${code ?? signal}, told nothing`));
    child.once('exit', ended);
    child.once('message', (message) => {
      child.off('exit', ended);
      resolve(message as Message);
    });
  });
}

/** Ends a process of ours and waits until it is gone. */
export async function endOf(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = exitOf(child);
  child.kill('SIGTERM');
  const force = setTimeout(() => child.kill('SIGKILL'), 5000);
  await gone;
  clearTimeout(force);
}

function exitOf(child: ChildProcess): Promise<number | string> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(code ?? signal ?? 'nothing'));
  });
}

/** CPU milliseconds a running process has taken, all its threads (Documentation/scheduler/sched-stats.rst: nanoseconds on the processor). */
export function cpuOfProcess(pid: number): number {
  const threads = readdirSync(`/proc/${pid}/task`);
  return (
    threads.reduce((sum, thread) => sum + Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0]), 0) / 1e6
  );
}

/** Megabytes (2^20) of a running process: now in memory, the most there ever was, and its share where pages are shared with others. */
export function memoryOf(pid: number): { readonly rss: number; readonly peak: number; readonly pss: number } {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
  return { rss: kilobytes(status, 'VmRSS') / 1024, peak: kilobytes(status, 'VmHWM') / 1024, pss: kilobytes(rollup, 'Pss') / 1024 };
}

function kilobytes(listing: string, name: string): number {
  return Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(listing)?.[1] ?? Number.NaN);
}
