import { existsSync, statSync } from 'node:fs';
import { EXIT, type ExitCode, Refusal } from '../../ports/refusal.ts';
import type { Context } from '../context.ts';
import { followLines } from '../log-follow.ts';
import { readLogLine, SEVERITY } from '../log-line.ts';
import { lastLines } from '../log-tail.ts';

export interface LogsOptions {
  readonly lines: string;
  readonly follow?: boolean;
  readonly level?: string;
  readonly grep?: string;
}

/** Prints the tail of the log, and with `-f` what is added to it; needs no daemon. With `--json` the lines as they are. */
export async function logs({ paths, json }: Context, options: LogsOptions): Promise<ExitCode> {
  const count = countOf(options.lines);
  const least = severityOf(options.level);
  const wanted = options.grep?.toLowerCase();
  const keep = (line: string): boolean =>
    (wanted === undefined || line.toLowerCase().includes(wanted)) && (least === 0 || readLogLine(line).severity >= least);
  const print = (line: string): void => {
    process.stdout.write(`${json ? line : readLogLine(line).text}\n`);
  };
  if (!existsSync(paths.log) && options.follow !== true) {
    throw new Refusal(
      'NO_LOG',
      EXIT.failed,
      `There is no log at ${paths.log} yet. Name the data folder with --data, or start with: bot-daemon start`,
    );
  }
  // The size is taken first: a line that comes in between is shown by the tail or by the following, at worst by both.
  const from = existsSync(paths.log) ? statSync(paths.log).size : 0;
  lastLines(paths.log, count, keep).forEach(print);
  if (options.follow !== true) return EXIT.done;
  const ended = new AbortController();
  process.once('SIGINT', () => ended.abort()).once('SIGTERM', () => ended.abort());
  process.stdout.once('error', () => ended.abort());
  await followLines(paths.log, from, (line) => (keep(line) ? print(line) : undefined), ended.signal);
  return EXIT.done;
}

function countOf(text: string): number {
  const count = Number(text);
  if (Number.isInteger(count) && count >= 0 && count <= 1_000_000) return count;
  throw new Refusal('USAGE', EXIT.usage, `--lines ${text}: expected a whole number from 0 to 1000000.`);
}

function severityOf(level: string | undefined): number {
  if (level === undefined) return 0;
  const severity = SEVERITY[level.toLowerCase()];
  if (severity !== undefined) return severity;
  throw new Refusal('USAGE', EXIT.usage, `--level ${level}: expected debug, info, warn or error.`);
}
