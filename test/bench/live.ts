import { once } from 'node:events';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { findChromium } from '../chromium.mjs';
import { beginLedger } from '../mobile/server/support/ledger.ts';
import { startDashboard } from './dashboards.ts';
import { afterwards, bench, below, digits, percentile, report, runFolder } from './harness.ts';
import type { Committed } from './parts/write-trades.ts';
import { startPart } from './processes.ts';

const TRADES = 150;
const WITHIN_MS = 10_000;

await bench(async () => {
  const folder = runFolder('live');
  const ledger = join(folder, 'trades.db');
  beginLedger(ledger).close();
  const { url, cookie } = await startDashboard(folder);
  const page = await openPage(url, cookie);
  await listen(page);

  const writer = startPart('write-trades', [ledger, String(TRADES)]);
  const committed = new Map<number, number>();
  writer.on('message', (message) => {
    const { id, at } = message as Committed;
    committed.set(id, at);
  });
  await once(writer, 'exit');
  const heard = await allHeard(page);

  const late = heard.map(([id, at]) => at - (committed.get(id) ?? Number.NaN));
  const p95 = percentile(late, 0.95);
  report('a trade committed → in the browser, p50', `${digits(percentile(late, 0.5))} ms`, `${late.length} trades`, null, null);
  report(
    'a trade committed → in the browser, p95',
    `${digits(p95)} ms`,
    `slowest ${digits(percentile(late, 1))} ms`,
    null,
    below(p95, 300, 'ms'),
  );
});

/** What the page keeps: each trade's id and the wall time it came at. */
type Heard = typeof globalThis & { heard: [id: number, at: number][] };

/** A page of the dashboard's own origin, signed in; the program itself is not started in it. */
async function openPage(url: string, cookie: string): Promise<Page> {
  const found = await findChromium();
  if ('refusal' in found) throw new Error(found.refusal);
  const browser = await chromium.launch({ executablePath: found.path, args: ['--no-sandbox'] });
  afterwards(() => browser.close());
  const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
  await context.addCookies(
    cookie.split('; ').map((one) => ({ name: one.slice(0, one.indexOf('=')), value: one.slice(one.indexOf('=') + 1), url })),
  );
  const page = await context.newPage();
  await page.goto(`${url}/healthz`);
  return page;
}

/** The last trade may still be on its way. Throws where one was never told. */
async function allHeard(page: Page): Promise<Heard['heard']> {
  for (let waited = 0; ; waited += 100) {
    const heard = await page.evaluate(() => (globalThis as Heard).heard);
    if (heard.length >= TRADES) return heard;
    if (waited >= WITHIN_MS) throw new Error(`of ${TRADES} trades the page heard of ${heard.length}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** Opens the stream as the program does and waits for its first words. */
async function listen(page: Page): Promise<void> {
  await page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        const kept = globalThis as Heard;
        kept.heard = [];
        const stream = new EventSource('/api/stream');
        stream.addEventListener('snapshot', () => resolve());
        stream.addEventListener('trade_executed', (event) => {
          const at = Date.now();
          const { data } = JSON.parse((event as MessageEvent).data as string) as { data: { id: number } };
          kept.heard.push([data.id, at]);
        });
      }),
  );
}
