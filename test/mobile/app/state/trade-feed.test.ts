import { describe, expect, it } from 'vitest';
import type { TradeItem } from '../../../../mobile/contract/index.ts';
import { NO_TRADES, toldSince, withTold } from '../../../../mobile/app/state/trade-feed.ts';
import type { TradeFeed } from '../../../../mobile/app/state/trade-feed.ts';
import { cannedTrades } from '../canned.ts';

const [ONE] = cannedTrades({ now: 0, beatAt: 0, everySeconds: 1, text: null, empty: false });

function trade(id: number): TradeItem {
  if (ONE === undefined) throw new Error('there are canned trades');
  return { ...ONE, id };
}

/** One message a trade, as the stream tells them. */
function told(count: number, from: TradeFeed = NO_TRADES): TradeFeed {
  return Array.from({ length: count }, (_, index) => trade(from.told + index + 1)).reduce((feed, one) => withTold(feed, [one]), from);
}

const idsOf = (trades: readonly TradeItem[] | null): readonly number[] | undefined => trades?.map((one) => one.id);

describe('the feed of trades', () => {
  it('keeps all that came between two looks, however many messages they were', () => {
    const before = told(3);
    const after = told(4, before);

    expect(idsOf(toldSince(after, before.told))).toEqual([4, 5, 6, 7]);
    expect(idsOf(toldSince(after, after.told))).toEqual([]);
    expect(idsOf(after.newest)).toEqual([7, 6, 5, 4, 3, 2, 1]);
  });

  it('says that it no longer knows when more came than it keeps', () => {
    expect(toldSince(told(500), 0)).toHaveLength(500);
    expect(toldSince(told(501), 0)).toBeNull();
    expect(toldSince(told(2), 9)).toBeNull();
  });
});
