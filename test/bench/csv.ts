import { download, startDashboard } from './dashboards.ts';
import { alternate, atMost, bench, below, digits, median, report } from './harness.ts';
import { history, ledgerIn } from './histories.ts';
import type { Exported } from './parts/export-csv.ts';
import { cpuOfProcess, memoryOf, messageOf, startPart, timed } from './processes.ts';

const FEW = 10_000;
const MANY = 1_000_000;
const PAIRS = 3;
/** The columns of the export as they are stored, newest first, as SQLite's shell would be asked for them. */
const SAME_COLUMNS = `
  SELECT t.at, t.day, t.account, t.mode, t.simulated, t.bot, i.exchange, i.symbol, t.side, t.quantity, t.price, a.currency, t.notional_e8,
         t.fee_e8, t.gross_e8, t.gross_e8 - t.fee_e8, t.source, t.reason, t.client_id, t.id
  FROM trades t CROSS JOIN accounts a ON a.id = t.account CROSS JOIN instruments i ON i.id = t.instrument ORDER BY t.at DESC, t.id DESC`.replaceAll(
  /\s+/g,
  ' ',
);

await bench(async () => {
  const few = history(FEW);
  const many = history(MANY);
  const shell = async (): Promise<number> => (await timed(`sqlite3 -readonly -csv '${ledgerIn(many)}' "${SAME_COLUMNS}"`)).cpuMs;
  const peaks: number[] = [];
  const exported = async (folder: string): Promise<Exported> => messageOf<Exported>(startPart('export-csv', [ledgerIn(folder)]));
  await exported(few);

  const views = await alternate(
    PAIRS,
    async () => {
      const { cpuMs, peakMb } = await exported(many);
      peaks.push(peakMb);
      return cpuMs;
    },
    shell,
  );
  told(`CSV of ${digits(MANY)} trades, by the read model`, views.a, views.b, views.ratio);
  grown('the read model', median(peaks), (await exported(few)).peakMb);

  const served = await overHttp(many, PAIRS, shell);
  told(`CSV of ${digits(MANY)} trades, over HTTP`, served.cpuMs, served.shellMs, served.ratio);
  grown('the server', served.peakMb, (await overHttp(few, 1, () => 0)).peakMb);
});

/** The real server writes the export to a reader that throws it away; only the server's own CPU counts. */
async function overHttp(
  folder: string,
  pairs: number,
  shell: () => Promise<number> | number,
): Promise<{ cpuMs: number; shellMs: number; ratio: number; peakMb: number }> {
  const { pid, url, cookie, stop } = await startDashboard(folder);
  const { a, b, ratio } = await alternate(
    pairs,
    async () => {
      const before = cpuOfProcess(pid);
      const bytes = await download(`${url}/api/trades.csv`, cookie);
      if (bytes < FEW * 100) throw new Error(`the export has only ${bytes} bytes`);
      return cpuOfProcess(pid) - before;
    },
    shell,
  );
  const { peak } = memoryOf(pid);
  await stop();
  return { cpuMs: a, shellMs: b, ratio, peakMb: peak };
}

function told(name: string, cpuMs: number, shellMs: number, ratio: number): void {
  const rate = (ms: number): string => `${digits((MANY / ms) * 1000)} rows per CPU second`;
  report(name, rate(cpuMs), `sqlite3 -csv, ${rate(shellMs)}`, ratio, atMost(ratio, 1.3));
}

function grown(of: string, many: number, few: number): void {
  report(
    `CSV, peak memory of ${of}`,
    `${digits(many)} MB at ${digits(MANY)}`,
    `${digits(few)} MB at ${digits(FEW)}`,
    many / few,
    below(many - few, 20, 'MB more'),
  );
}
