import { writeSync } from 'node:fs';
import type { TradeKey } from '../../../db/views/trade-filter.ts';
import { openViews } from '../../../db/views/open-views.ts';
import { CSV_HEADER } from '../../../db/views/trades-csv.ts';

/** What an export took, Node's own start included. */
export interface Exported {
  readonly cpuMs: number;
  readonly peakMb: number;
}

/** Exports a whole ledger to standard output by the pages that the server uses: `export-csv LEDGER`. */
const [path = ''] = process.argv.slice(2);
const views = openViews(path);
writeSync(1, CSV_HEADER);
let after: TradeKey | null = null;
for (let page = views.tradesCsv.page({}, after, 1000); page !== null; page = views.tradesCsv.page({}, after, 1000)) {
  writeSync(1, page.bytes);
  after = page.last;
}
views.close();
const { user, system } = process.cpuUsage();
process.send?.({ cpuMs: (user + system) / 1000, peakMb: process.resourceUsage().maxRSS / 1024 } satisfies Exported);
process.disconnect?.();
