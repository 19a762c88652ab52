import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TradeItem } from '../../../../mobile/contract/index.ts';
import { byDay, filterOf, passes, queryOf, withFirstPage, withNewTrade, withOlderPage } from '../../../../mobile/app/state/trade-list.ts';
import { cannedTradePage, cannedTrades } from '../canned.ts';

const STATE = { now: 0, beatAt: 0, everySeconds: 1, text: null, empty: false };
const ALL = cannedTrades(STATE);
const page = (query: string): ReturnType<typeof cannedTradePage> => cannedTradePage(STATE, new URLSearchParams(query));
const NONE = filterOf('');

function fresh(own: Partial<TradeItem>): TradeItem {
  const [first] = ALL;
  if (first === undefined) throw new Error('there are canned trades');
  return { ...first, id: 301, ...own };
}

describe('the filter', () => {
  it('survives the way through the URL, with nothing written for what is not set', () => {
    const text = fc.constantFrom('', 'NSE:M&M', 'a=b&c', 'BUY', '2025-11-21');
    fc.assert(
      fc.property(fc.record({ from: text, to: text, symbol: text, side: text, source: text }), (filter) => {
        expect(filterOf(queryOf(filter))).toEqual(filter);
      }),
    );
    expect(queryOf(NONE)).toBe('');
  });

  it('combines: every part must hold', () => {
    const filter = filterOf('side=SELL&source=BOT&from=2025-11-20&to=2025-11-20&symbol=NSE:SBIN');
    expect(ALL.filter((one) => passes(filter, one)).map((one) => one.symbol)).toEqual(['SBIN']);
    for (const [name, value] of [['side', 'BUY'], ['source', 'MANUAL'], ['from', '2025-11-21'], ['to', '2025-11-19'], ['symbol', 'NSE:WIPRO']] as const) {
      expect(ALL.filter((one) => passes({ ...filter, [name]: value }, one)).some((one) => one.symbol === 'SBIN')).toBe(false);
    }
  });
});

describe('a new trade', () => {
  it('comes in front and moves count, net and day with it', () => {
    const before = page('limit=100');
    const after = withNewTrade(before, fresh({ net: '0.1', fee: '0.2', gross: '0.3', notional: '10' }), NONE);
    expect(after.items[0]?.id).toBe(301);
    expect(after.summary?.count).toBe(238);
    expect(after.total).toBe(238);
    expect(after.summary?.totals[0]?.net).toBe('-1005.5');
    expect(after.days[0]).toMatchObject({ day: '2025-11-21', totals: [{ currency: 'INR', net: '100.45' }, { currency: 'USDT' }] });
  });

  it('changes nothing when it is known', () => {
    const before = page('limit=100');
    expect(withNewTrade(before, fresh({ id: 300 }), NONE)).toBe(before);
  });

  it('counts in the whole only when the filter leaves it out', () => {
    const before = page('limit=100&side=BUY');
    const after = withNewTrade(before, fresh({}), filterOf('side=BUY'));
    expect(after.items).toBe(before.items);
    expect(after.total).toBe(238);
    expect(after.summary).toBe(before.summary);
  });

  it('never adds paper to live, or rupees to tether', () => {
    const after = withNewTrade(page('limit=100'), fresh({ mode: 'live', simulated: false, net: '5' }), NONE);
    expect(after.summary?.totals.map((one) => [one.currency, one.mode, one.net])).toEqual([
      ['INR', 'paper', '-1005.6'],
      ['USDT', 'paper', '18.42'],
      ['INR', 'live', '5'],
    ]);
  });

  it('opens a day that had no trade yet', () => {
    const after = withNewTrade(page('limit=100'), fresh({ day: '2025-11-22', net: '-1' }), NONE);
    expect(byDay(after)[0]).toMatchObject({ day: '2025-11-22', net: { totals: [{ net: '-1', trades: 1 }] } });
  });
});

describe('pages', () => {
  it('join without a gap or a double', () => {
    let list = page('limit=100');
    while (list.next !== null) list = withOlderPage(list, page(`limit=100&cursor=${list.next}`));
    expect(list.items.map((one) => one.id)).toEqual(ALL.map((one) => one.id));
    expect(byDay(list).every((group) => group.net !== null)).toBe(true);
  });

  it('keep what was read when the first is read anew', () => {
    const two = withOlderPage(page('limit=100'), page('limit=100&cursor=100'));
    const again = withFirstPage(two, page('limit=100'));
    expect(again.items.map((one) => one.id)).toEqual(two.items.map((one) => one.id));
    expect(again.next).toBe(two.next);
  });

  it('begin anew when more happened than a page holds', () => {
    const old = page('limit=100&cursor=100');
    expect(withFirstPage(old, page('limit=50'))).toEqual(page('limit=50'));
  });

  it('keep in front what was told after the first was read, and count it', () => {
    const read = page('limit=100');
    const told = withNewTrade(withNewTrade(read, fresh({ id: 301, net: '1' }), NONE), fresh({ id: 302, net: '2' }), NONE);

    const again = withFirstPage(told, read);

    expect(again.items.slice(0, 3).map((one) => one.id)).toEqual([302, 301, 300]);
    expect(again).toEqual(told);
    expect(again.summary?.count).toBe(239);
    expect(withFirstPage(again, { ...told, next: read.next })).toEqual(again);
  });

  it('count once what was told while the first was under way', () => {
    const read = page('limit=100');

    expect(withNewTrade(read, fresh({ id: 1 }), NONE)).toBe(read);
  });
});
