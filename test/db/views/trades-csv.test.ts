import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openViews, type Views } from '../../../db/views/open-views.ts';
import type { TradeFilter, TradeKey } from '../../../db/views/trade-filter.ts';
import { CSV_HEADER } from '../../../db/views/trades-csv.ts';
import type { TradeRecord } from '../../../db/views/trades.ts';
import { ledgerWithNames, order, temporaryFolder, trade, writeHistory } from '../fixture.ts';
import { parseCsv } from './parse-csv.ts';

describe('trades csv', () => {
  const folder = temporaryFolder();
  let views: Views;
  beforeAll(() => {
    writeHistory(join(folder.path, 'trades.db'), 4000);
    views = openViews(join(folder.path, 'trades.db'));
  });
  afterAll(() => {
    views.close();
    folder.remove();
  });

  it.each<[string, TradeFilter, number]>([
    ['all', {}, 1000],
    ['all in short pages', {}, 37],
    ['a symbol', { symbol: 'INFY' }, 500],
    ['a mode of two bots', { mode: 'paper' }, 300],
    ['a mode of one bot', { mode: 'live', side: 'SELL' }, 1000],
    ['what was done by hand', { source: 'MANUAL' }, 1000],
    ['some days', { fromDay: 20220301, toDay: 20221231, bot: 'alpha' }, 1000],
    ['nothing', { symbol: 'NOSUCH' }, 1000],
  ])('read back is what the list shows: %s', (_, filter, limit) => {
    const shown = everyTrade(views, filter);

    expect(parseCsv(everyLine(views, filter, limit)).slice(1)).toEqual(shown.map(fieldsOf));
  });

  it('has lines that end with CR LF, the last one too, and one field for each head', () => {
    const text = everyLine(views, {}, 1000);

    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    expect(text.endsWith('\r\n')).toBe(true);
    for (const fields of parseCsv(text)) expect(fields).toHaveLength(20);
  });

  it('writes a loss of less than one unit with its sign', () => {
    const gross = parseCsv(everyLine(views, {}, 1000)).map((fields) => fields[14] ?? '');

    expect(gross.filter((text) => /^-0\.\d{8}$/.test(text)).length).toBeGreaterThan(10);
    for (const text of gross.slice(1)) expect(text).toMatch(/^-?\d+\.\d{8}$/);
  });
});

describe('trades csv of hostile words', () => {
  let folder: ReturnType<typeof temporaryFolder>;
  beforeEach(() => {
    folder = temporaryFolder();
  });
  afterEach(() => {
    folder.remove();
  });

  it.each(['=1+1', '+1', '-2+3', '@SUM(A1)', '\tx', '\rx', '\n=x', '=HYPERLINK("http://x","y")', `=cmd|' /C calc'!A0`])(
    'never hands %j to a spreadsheet as a formula',
    (text) => {
      const fields = exported(text);

      expect(fields[17]).toBe(`'${text}`);
      expect(fields[5]).toBe(`'${text}`);
      expect(fields[7]).toBe(`'${text}`);
    },
  );

  it.each(['plain', 'a,b', 'say "no"', 'two\r\nlines', 'RSI 28.4 ≤ 35', '100 % of %d %s %w', `it's`, '', 'A', '123', ' =1', "'"])(
    'gives %j back as it was',
    (text) => {
      const fields = exported(text);

      expect(fields[17]).toBe(text);
      expect(fields[5]).toBe(text);
      expect(fields[7]).toBe(text);
    },
  );

  it('follows a ledger whose words have changed since the last page', () => {
    const ledger = ledgerWithNames(join(folder.path, 'trades.db'));
    ledger.recordOrder(order(), { at: 1, event: 'placed', fromStatus: null });
    ledger.recordTrade(trade());
    const views = openViews(join(folder.path, 'trades.db'));
    everyLine(views, {}, 10);

    ledger.recordTrade(trade({ instrument: 'NSE:INFY' }));

    expect(parseCsv(everyLine(views, {}, 10)).map((fields) => fields[7])).toEqual(['symbol', 'INFY', 'BTCUSDT']);
    views.close();
    ledger.close();
  });

  /** The one line of a ledger in which the bot, the symbol and the reason are all the given text. */
  function exported(text: string): readonly string[] {
    const path = join(folder.path, 'trades.db');
    const ledger = ledgerWithNames(path);
    ledger.recordInstrument({
      id: 'X',
      exchange: 'X',
      symbol: text,
      base: 'X',
      quote: 'X',
      priceDecimals: 2,
      quantityDecimals: 2,
      tick: 1n,
      lot: 1n,
      calendar: '24x7',
      updatedAt: 1,
    });
    ledger.recordBot({
      id: text,
      name: text,
      strategy: 's',
      strategyVersion: 1,
      codeHash: '',
      account: 'paper',
      timeframeMs: 1,
      capitalE8: 1n,
      instruments: [],
      params: '{}',
      state: 'RUNNING',
      reason: '',
      updatedAt: 1,
    });
    ledger.recordOrder(order(), { at: 1, event: 'placed', fromStatus: null });
    ledger.recordTrade(trade({ reason: text, bot: text, instrument: 'X' }));
    ledger.close();
    const views = openViews(path);
    const [, fields = []] = parseCsv(everyLine(views, {}, 10));
    views.close();
    return fields;
  }
});

function everyLine(views: Views, filter: TradeFilter, limit: number): string {
  const pages = [CSV_HEADER];
  let after: TradeKey | null = null;
  for (let count = 0; count < 10_000; count += 1) {
    const page = views.tradesCsv.page(filter, after, limit);
    if (page === null) return pages.join('');
    pages.push(Buffer.from(page.bytes).toString('utf8'));
    after = page.last;
  }
  throw new Error('the export has no end');
}

function everyTrade(views: Views, filter: TradeFilter): readonly TradeRecord[] {
  const items: TradeRecord[] = [];
  let after: TradeKey | null = null;
  do {
    const page = views.trades.page(filter, after, 500);
    items.push(...page.items);
    after = page.next;
  } while (after !== null);
  return items;
}

/** The fields a trade should have, made the plain way. */
function fieldsOf(item: TradeRecord): readonly string[] {
  const day = String(item.day);
  return [
    new Date(item.at).toISOString(),
    `${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6)}`,
    item.account,
    item.mode,
    String(item.simulated),
    item.bot,
    item.exchange,
    item.symbol,
    item.side,
    decimal(item.quantity, item.quantityDecimals),
    decimal(item.price, item.priceDecimals),
    item.currency,
    decimal(item.notionalE8, 8),
    decimal(item.feeE8, 8),
    decimal(item.grossE8, 8),
    decimal(item.grossE8 - item.feeE8, 8),
    item.source,
    item.reason,
    item.order,
    String(item.id),
  ];
}

function decimal(scaled: bigint, decimals: number): string {
  const digits = (scaled < 0n ? -scaled : scaled).toString().padStart(decimals + 1, '0');
  const whole = digits.slice(0, digits.length - decimals);
  return `${scaled < 0n ? '-' : ''}${whole}${decimals === 0 ? '' : `.${digits.slice(-decimals)}`}`;
}
