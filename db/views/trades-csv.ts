import type { Statement as BetterStatement } from 'better-sqlite3';
import type { Reader } from '../open.ts';
import { type CsvNames, csvLine } from './csv-line.ts';
import type { TradeFilter, TradeKey } from './trade-filter.ts';
import { AFTER_KEY, LIMIT, startKey, type Walk, walksOf } from './trade-walk.ts';

export { CSV_HEADER } from './csv-line.ts';

/** One page of the export. */
export interface CsvPage {
  /** Whole lines in UTF-8, each ended by CR LF. */
  readonly bytes: Uint8Array;
  /** Where the next page goes on. */
  readonly last: TradeKey;
}

export interface TradesCsv {
  /** Executions after a key (null: from the newest) as lines under `CSV_HEADER`, newest first; null at the end. */
  readonly page: (filter: TradeFilter, after: TradeKey | null, limit: number) => CsvPage | null;
}

/**
 * Read model of the export: the lines are made inside SQLite and handed over a page at a time as bytes, never as strings of ours, which
 * costs about what SQLite's own shell takes, keeps memory flat and holds no statement open between pages.
 */
export function tradesCsv(db: Reader): TradesCsv {
  const exportOf = exports(db);

  return {
    page: (filter, after, limit) => {
      const { statement, parameters } = exportOf(filter);
      const [lines, at] = statement?.get({ ...parameters, ...startKey(filter, after), limit }) ?? [null, null];
      return lines === null || at === null ? null : { bytes: lines, last: { at: Number(at), id: lastId(lines) } };
    },
  };
}

/** The statement of a filter's export. It holds names of the ledger, so it is made anew when the ledger has changed, not for each page. */
function exports(db: Reader): (filter: TradeFilter) => Export {
  const walks = walksOf(db);
  const names = namesReader(db);
  const version = db.prepare<[], bigint>('PRAGMA data_version').pluck();
  const statements = new Map<string, Statement>();
  let known: { readonly version: bigint | undefined; readonly filter: string; readonly made: Export } | null = null;

  const make = (filter: TradeFilter): Export => {
    const found = walks(filter);
    if (found.length === 0) return { statement: null, parameters: {} };
    const line = csvLine(names());
    const rows = rowsOf(found);
    const sql = `
      SELECT CAST(group_concat(line, '') AS BLOB), min(at)
      FROM (SELECT ${line.sql} AS line, t.at ${rows.sql} ORDER BY t.at DESC, t.id DESC ${LIMIT})`;
    const statement = statements.get(sql) ?? db.prepare<[Parameters], [Buffer | null, bigint | null]>(sql).raw();
    statements.set(sql, statement);
    return { statement, parameters: { ...line.parameters, ...rows.parameters } };
  };

  return (filter) => {
    const asked = { version: version.get(), filter: JSON.stringify(filter) };
    if (known === null || known.version !== asked.version || known.filter !== asked.filter) known = { ...asked, made: make(filter) };
    return known.made;
  };
}

type Parameters = Readonly<Record<string, string | number>>;
type Statement = BetterStatement<[Parameters], [Buffer | null, bigint | null]>;
interface Export {
  readonly statement: Statement | null;
  readonly parameters: Parameters;
}

/** The id of a page's last trade ends its last line. */
const lastId = (lines: Buffer): number => Number(lines.toString('latin1', lines.lastIndexOf(',') + 1));

/** One walk is read as it goes; several are merged by their keys first. */
function rowsOf(walks: readonly Walk[]): { readonly sql: string; readonly parameters: Walk['parameters'] } {
  const [only] = walks;
  if (only !== undefined && walks.length === 1) {
    return { sql: `FROM trades t INDEXED BY ${only.index} WHERE ${AFTER_KEY}${only.where}`, parameters: only.parameters };
  }
  const numbered = walks.map((walk, index) => {
    const parameters = Object.entries(walk.parameters).map(([name, value]) => [`w${index}${name}`, value] as const);
    const where = walk.where.replaceAll('@', `@w${index}`);
    const keys = `SELECT t.at, t.id FROM trades t INDEXED BY ${walk.index} WHERE ${AFTER_KEY}${where} ORDER BY t.at DESC, t.id DESC ${LIMIT}`;
    return { keys: `SELECT at, id FROM (${keys})`, parameters };
  });
  const merged = `SELECT id FROM (${numbered.map(({ keys }) => keys).join(' UNION ALL ')}) ORDER BY at DESC, id DESC ${LIMIT}`;
  return {
    sql: `FROM (${merged}) k CROSS JOIN trades t ON t.id = k.id`,
    parameters: Object.fromEntries(numbered.flatMap(({ parameters }) => parameters)),
  };
}

function namesReader(db: Reader): () => CsvNames {
  const accounts = db.prepare<[], { id: string; currency: string }>('SELECT id, currency FROM accounts ORDER BY id');
  const bots = db.prepare<[], { id: string }>('SELECT id FROM bots ORDER BY number');
  const instruments = db
    .prepare<[], CsvNames['instruments'][number]>(
      `SELECT id, exchange, symbol, price_decimals AS priceDecimals, quantity_decimals AS quantityDecimals FROM instruments
       WHERE id IN (SELECT instrument FROM trade_totals) ORDER BY id`,
    )
    .safeIntegers(false);
  return () => ({ accounts: accounts.all(), bots: bots.all(), instruments: instruments.all() });
}
