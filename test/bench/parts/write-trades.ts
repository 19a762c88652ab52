import { openLedgerWriter } from '../../../db/ledger.ts';
import { bookTrade } from '../../mobile/server/support/ledger.ts';

/** A trade that is on the disk. */
export interface Committed {
  readonly id: number;
  /** Wall time right after its commit. */
  readonly at: number;
}

/** Books trades with their orders and events as the trader does, at times that keep no step with anything: `write-trades LEDGER COUNT`. */
const [path = '', count = '0'] = process.argv.slice(2);
const ledger = openLedgerWriter(path);
for (let n = 1; n <= Number(count); n += 1) {
  await new Promise((resolve) => setTimeout(resolve, 80 + Math.random() * 140));
  const id = bookTrade(ledger, n);
  process.send?.({ id, at: Date.now() } satisfies Committed);
}
ledger.close();
process.disconnect?.();
