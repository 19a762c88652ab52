import { closeSync, openSync, rmSync, statfsSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { MOST_BYTES, tail } from '../../mobile/server/logs/tail.ts';
import { afterwards, alternate, atMost, bench, below, digits, median, report, runFolder } from './harness.ts';
import type { Searched } from './parts/search-log.ts';
import { messageOf, startPart, timed } from './processes.ts';

const MIB = 2 ** 20;
const GIB = 2 ** 30;
/** In no line. */
const ABSENT = 'liquidation-cascade';
/** In no line, and nothing a raw line could be skipped for: every line of the search is parsed. */
const UNSKIPPABLE = '⚡⚡';

await bench(async () => {
  const small = log('small.log', MIB);
  const large = log('large.log', GIB);
  const last = await alternate(
    15,
    () => lastLines(large),
    () => lastLines(small),
  );
  report('last 100 log lines of 1 GB', `${digits(last.a)} ms`, `of 1 MB, ${digits(last.b)} ms`, last.ratio, atMost(last.ratio, 2));
  const whole = await timed(`tail -n 100 '${large}'`);
  report('last 100 log lines of 1 GB', `${digits(last.a)} ms`, `tail -n 100, a process of its own, ${digits(whole.wallMs)} ms`, null, null);

  const miss = await alternate(
    3,
    async () => (await search(large, ABSENT, GIB)).cpuMs,
    async () => (await timed(`! grep -cF ${ABSENT} '${large}'`)).cpuMs,
  );
  report(
    'a word that 1 GB of log has not',
    `${digits(miss.a)} ms CPU`,
    `grep -cF, ${digits(miss.b)} ms CPU`,
    miss.ratio,
    atMost(miss.ratio, 2),
  );
  await asTheRouteDoes('a word that no line has', large, ABSENT);
  await asTheRouteDoes('a word for which every line is parsed', large, UNSKIPPABLE);
});

/** The search as the server does it, with its cap on what is read. */
async function asTheRouteDoes(name: string, path: string, keyword: string): Promise<void> {
  const runs = [await search(path, keyword), await search(path, keyword), await search(path, keyword)];
  const wall = median(runs.map((run) => run.wallMs));
  // Neighbours on the machine can only make a block seem longer, so the least of the longest is the truest.
  const blocked = Math.min(...runs.map((run) => run.blockedMs));
  const grown = median(runs.map((run) => run.grownMb));
  const beside = `a search of ${MOST_BYTES / MIB} MB, ${digits(wall)} ms in all`;
  report(`longest block of the loop, ${name}`, `${digits(blocked)} ms`, beside, null, below(blocked, 50, 'ms'));
  report(`memory of a search, ${name}`, `${digits(grown)} MB`, 'the process before it', null, below(grown, 45, 'MB'));
}

async function search(path: string, keyword: string, mostBytes = MOST_BYTES): Promise<Searched> {
  const searched = await messageOf<Searched>(startPart('search-log', [path, keyword, String(mostBytes)]));
  if (searched.found !== 0) throw new Error(`${keyword} was to be in no line, but is in ${searched.found}`);
  return searched;
}

async function lastLines(path: string): Promise<number> {
  const started = performance.now();
  const { lines } = await tail(path, 'daemon.log', { lines: 100, level: null, keyword: null });
  if (lines.length !== 100) throw new Error(`${path}: ${lines.length} lines instead of 100`);
  return performance.now() - started;
}

/** Writes a log of at least so many bytes, each of them on the disk, as pino writes it. */
function log(name: string, bytes: number): string {
  const folder = runFolder('logs');
  const path = join(folder, name);
  afterwards(() => rmSync(path, { force: true }));
  const { bavail, bsize } = statfsSync(folder);
  if (bavail * bsize < 2 * bytes) throw new Error(`${folder} has not the room for ${bytes} bytes`);
  const block = Buffer.from(Array.from({ length: 7000 }, (_, n) => line(n)).join(''));
  const file = openSync(path, 'w');
  for (let written = 0; written < bytes;) written += writeSync(file, block);
  closeSync(file);
  if (statSync(path).blocks * 512 < bytes) throw new Error(`${path} is sparse`);
  return path;
}

function line(n: number): string {
  const time = new Date(Date.UTC(2026, 0, 5) + n * 997).toISOString();
  const fields = {
    level: n % 50 === 0 ? 'warn' : 'info',
    time,
    pid: 4242,
    name: 'trader',
    bot: `bot-${n % 4}`,
    orderId: `k00${n}`,
    price: (60_000 + n / 7).toFixed(2),
  };
  return `${JSON.stringify({ ...fields, msg: n % 3 === 0 ? 'order filled' : 'bar closed, no order' })}\n`;
}
