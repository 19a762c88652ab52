import type { MarketEvent } from '../../daemon/core/model/event.ts';
import { instant } from '../../daemon/core/model/instant.ts';
import type { Instrument } from '../../daemon/core/model/instrument.ts';
import { price, quantity } from '../../daemon/core/model/money.ts';
import type { MarketFeed } from '../../daemon/ports/market-feed.ts';
import { MINUTE, START } from './engine.ts';

/** A seeded walk of minute bars with thin volume, so that orders fill in parts. */
export function walk(instruments: readonly Instrument[], bars: number): readonly MarketEvent[] {
  let seed = 42;
  const random = (): number => (seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fffffff) / 0x7fffffff;
  const last = new Map(instruments.map(({ id }) => [id, 10_000]));
  const events: MarketEvent[] = [];
  for (let n = 0; n < bars; n += 1) {
    const openAt = instant(START + n * MINUTE);
    const closes: MarketEvent[] = [];
    for (const { id } of instruments) {
      const open = last.get(id) ?? 10_000;
      const close = Math.max(5_000, Math.round(open * (1 + (random() - 0.5) * 0.02) + (10_000 - open) * 0.02));
      const [high, low] = [Math.max(open, close) + Math.floor(random() * 40), Math.min(open, close) - Math.floor(random() * 40)];
      last.set(id, close);
      const volume = quantity(BigInt(Math.floor(random() * 20_000_000)));
      const scaled = { open: price(BigInt(open)), high: price(BigInt(high)), low: price(BigInt(low)), close: price(BigInt(close)) };
      events.push({ kind: 'candle-opened', at: openAt, instrument: id, timeframeMs: MINUTE, price: scaled.open, previousVolume: volume });
      closes.push({ kind: 'candle-closed', at: instant(openAt + MINUTE), instrument: id, candle: { openAt, timeframeMs: MINUTE, ...scaled, volume } });
    }
    events.push(...closes);
  }
  return events;
}

/** A feed over a list of events; it counts how far it was pulled. */
export function listFeed(events: readonly MarketEvent[], warmup = 0): MarketFeed & { readonly pulled: () => number } {
  let place = 0;
  return {
    description: { kind: 'replay', label: 'a list', fingerprint: 'list', speed: Number.POSITIVE_INFINITY },
    open: (from) => {
      place = from;
      return Promise.resolve();
    },
    pass: (until) => {
      while ((events[place]?.at ?? Infinity) <= until) place += 1;
      return Promise.resolve();
    },
    next: (signal) => {
      const event = events[place];
      if (event === undefined || signal.aborted) return Promise.resolve(null);
      place += 1;
      return Promise.resolve({ event, place, warmup: place <= warmup });
    },
    faults: () => ({ count: 0, first: [] }),
    endsAt: () => null,
    close: () => Promise.resolve(),
    pulled: () => place,
  };
}

export const silentLog = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  child: () => silentLog,
};
