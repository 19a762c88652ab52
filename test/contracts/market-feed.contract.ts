import { describe, expect, it } from 'vitest';
import type { FeedItem, MarketFeed } from '../../daemon/ports/market-feed.ts';

/** Pulls up to so many events, or to the end. */
export async function pull(feed: MarketFeed, limit = Number.POSITIVE_INFINITY): Promise<readonly FeedItem[]> {
  const { signal } = new AbortController();
  const items: FeedItem[] = [];
  while (items.length < limit) {
    const item = await feed.next(signal);
    if (item === null) break;
    items.push(item);
  }
  return items;
}

/** What every feed must do; `make` gives a new feed with the same settings, of at least 200 events, that does not wait. */
export function marketFeedContract(name: string, make: () => MarketFeed): void {
  const first = async (count: number, place = 0): Promise<readonly FeedItem[]> => {
    const feed = make();
    await feed.open(place);
    const items = await pull(feed, count);
    await feed.close();
    return items;
  };

  describe(`${name} as a market feed`, () => {
    it('counts its places one by one', async () => {
      expect((await first(200)).map((item) => item.place)).toEqual(Array.from({ length: 200 }, (_, index) => index + 1));
    });

    it('gives the same events each time', async () => {
      expect(await first(200)).toEqual(await first(200));
      expect(make().description).toEqual(make().description);
    });

    it('goes on after any place with the very events that an uninterrupted run has there', async () => {
      const whole = await first(200);

      for (let place = 0; place < 190; place += 7) expect(await first(10, place)).toEqual(whole.slice(place, place + 10));
    });

    it('never goes back in market time', async () => {
      const times = (await first(200)).map((item) => item.event.at);

      expect(times).toEqual([...times].sort((a, b) => a - b));
    });

    it('opens a live bar before it closes it, at the price it opens with', async () => {
      const open = new Map<string, bigint>();
      let closed = 0;
      for (const { event, warmup } of await first(200)) {
        if (event.kind === 'candle-opened') open.set(event.instrument, event.price);
        else if (!warmup) {
          expect(event.candle.open).toBe(open.get(event.instrument));
          closed += 1;
        }
      }

      expect(closed).toBeGreaterThan(0);
    });

    it('tells of each bar only when it is whole', async () => {
      for (const { event } of await first(200)) {
        if (event.kind === 'candle-closed') expect(event.at).toBeGreaterThanOrEqual(event.candle.openAt + event.candle.timeframeMs);
      }
    });

    it('keeps high and low around open and close', async () => {
      for (const { event } of await first(200)) {
        if (event.kind !== 'candle-closed') continue;
        const { open, high, low, close } = event.candle;
        expect(low > 0n && low <= open && low <= close && high >= open && high >= close).toBe(true);
      }
    });

    it('gives nothing once the signal has aborted, and loses nothing by it', async () => {
      const feed = make();
      await feed.open(0);
      const aborted = new AbortController();
      aborted.abort();

      expect(await feed.next(aborted.signal)).toBeNull();
      expect(await pull(feed, 1)).toEqual(await first(1));
      await feed.close();
    });

    it('can be opened again at another place', async () => {
      const feed = make();
      await feed.open(50);
      await pull(feed, 3);
      await feed.open(10);

      expect(await pull(feed, 5)).toEqual((await first(15)).slice(10));
      await feed.close();
    });
  });
}
