import { MONEY_DECIMALS } from '../scaled.ts';

/** What a line of the export names, as it has to appear in it. */
export interface CsvNames {
  readonly accounts: readonly { readonly id: string; readonly currency: string }[];
  readonly bots: readonly { readonly id: string }[];
  readonly instruments: readonly CsvInstrument[];
}
export interface CsvInstrument {
  readonly id: string;
  readonly exchange: string;
  readonly symbol: string;
  readonly priceDecimals: number;
  readonly quantityDecimals: number;
}

/** A SQL expression and what is bound to its parameters. */
export interface CsvLine {
  readonly sql: string;
  readonly parameters: Readonly<Record<string, string>>;
}

/** The first line of the export. */
export const CSV_HEADER =
  'time,day,account,mode,simulated,bot,exchange,symbol,side,quantity,price,currency,notional,fee,gross,net,source,reason,order,trade id\r\n';

/**
 * The expression that makes the line of a trade `t` (RFC 4180). It is one printf for each instrument, with the instrument's words and
 * decimals in its format: SQLite then formats each line once, where joins and concatenation would take half as long again.
 */
export function csvLine(names: CsvNames): CsvLine {
  const parameters: Record<string, string> = {};
  const bound = (name: string, value: string): string => {
    parameters[name] = value;
    return `@${name}`;
  };
  const account = choice('t.account', names.accounts, 'a', ({ id }) => csvText(id), bound);
  const currency = choice('t.account', names.accounts, 'c', (one) => csvText(one.currency), bound);
  const bot = choice('t.bot', names.bots, 'b', ({ id }) => csvText(id), bound);
  const branches = names.instruments.map((one, index) => {
    const line = `printf(${bound(`f${index}`, format(one))}, ${values(one, { account, bot, currency }).join(', ')})`;
    return ` WHEN ${bound(`i${index}`, one.id)} THEN ${line}`;
  });
  return { sql: branches.length === 0 ? `''` : `CASE t.instrument${branches.join('')} END`, parameters };
}

/** A text as a field: guarded against spreadsheets that would run it as a formula (owasp.org/www-community/attacks/CSV_Injection), quoted where it must be. */
export function csvText(text: string): string {
  const guarded = /^[=+\-@\t\r\n]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}

function format(one: CsvInstrument): string {
  const named = `${csvText(one.exchange)},${csvText(one.symbol)}`.replaceAll('%', '%%');
  const fraction = (decimals: number): string => (decimals === 0 ? '%d' : `%d.%0${decimals}d`);
  const money = `%s${fraction(MONEY_DECIMALS)}`;
  // %w doubles the double quotes of a text.
  const text = '"%s%w"';
  return (
    `%sT%s.%03dZ,%d-%02d-%02d,%s,%s,%s,%s,${named},%s,${fraction(one.quantityDecimals)},${fraction(one.priceDecimals)},%s,` +
    `${money},${money},${money},${money},%s,${text},${text},%d\r\n`
  );
}

function values(one: CsvInstrument, named: Readonly<Record<'account' | 'bot' | 'currency', string>>): readonly string[] {
  return [
    `date(t.at / 1000, 'unixepoch'), time(t.at / 1000, 'unixepoch'), t.at % 1000`,
    't.day / 10000, t.day / 100 % 100, t.day % 100',
    `${named.account}, t.mode, iif(t.simulated, 'true', 'false'), ${named.bot}, t.side`,
    parts('t.quantity', one.quantityDecimals),
    parts('t.price', one.priceDecimals),
    named.currency,
    signed('t.notional_e8'),
    signed('t.fee_e8'),
    signed('t.gross_e8'),
    signed('(t.gross_e8 - t.fee_e8)'),
    `t.source, ${guarded('t.reason')}, ${guarded('t.client_id')}, t.id`,
  ];
}

/** Whole and fraction of an integer that is never negative. */
const parts = (column: string, decimals: number): string =>
  decimals === 0 ? column : `${column} / 1${'0'.repeat(decimals)}, ${column} % 1${'0'.repeat(decimals)}`;

/** Sign, whole and fraction of an amount: a sign of its own, for between −1 and 0 the whole has none. */
const signed = (amount: string): string => `iif(${amount} < 0, '-', ''), ${parts(`abs(${amount})`, MONEY_DECIMALS)}`;

/** The apostrophe that keeps a text from being run, and the text. All signs to guard against sort before 'A', as few texts begin. */
const guarded = (column: string): string =>
  `iif(${column} < 'A' AND unicode(${column}) IN (61, 43, 45, 64, 9, 13, 10), '''', ''), ${column}`;

/** The word for a column's value; one and the same for all is written without asking. */
function choice<Row extends { readonly id: string }>(
  column: string,
  rows: readonly Row[],
  prefix: string,
  word: (row: Row) => string,
  bound: (name: string, value: string) => string,
): string {
  const words = new Set(rows.map(word));
  const [only] = words;
  if (only === undefined || words.size === 1) return bound(`${prefix}_`, only ?? '');
  const branches = rows.map((row, index) => ` WHEN ${bound(`${prefix}k${index}`, row.id)} THEN ${bound(`${prefix}${index}`, word(row))}`);
  return `CASE ${column}${branches.join('')} END`;
}
