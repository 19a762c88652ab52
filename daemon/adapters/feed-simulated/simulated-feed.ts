import { fnv1a64 } from '../../core/model/ids.ts';
import { DAY } from '../../core/model/instant.ts';
import type { MarketEvent } from '../../core/model/event.ts';
import type { Clock } from '../../ports/clock.ts';
import type { MarketFeed } from '../../ports/market-feed.ts';
import { type Pacer, pacer } from '../../ports/pacer.ts';
import { EXIT, Refusal } from '../../ports/refusal.ts';
import { type MarketDay, type MarketSettings, marketDays } from './market-days.ts';

export interface SimulatedSettings extends Omit<MarketSettings, 'historyBars'> {
  /** Bars of each instrument before the start; 300 where nothing is said, enough for a 14-bar RSI to settle. */
  readonly historyBars?: number;
  /** Market seconds per wall second; Infinity plays as fast as it is drawn. */
  readonly speed: number;
  readonly clock: Clock;
}

const HISTORY_BARS = 300;
/** Part of the fingerprint: to be raised with any change that changes the prices of a seed. */
const GENERATOR = 1;

/**
 * An endless invented market, the same for the same seed: volatility that comes in clusters, fat tails, gaps between days
 * and a livelier beginning and end of each day. It is for seeing the program at work, and no judge of a strategy.
 */
export function simulatedFeed({ clock, speed, historyBars = HISTORY_BARS, ...given }: SimulatedSettings): MarketFeed {
  const settings = { ...given, historyBars };
  refuseImpossible(settings);
  let days: Iterator<MarketDay> = marketDays(settings);
  let today: readonly MarketEvent[] = [];
  let index = 0;
  let place = 0;
  let pace: Pacer = pacer(speed, clock);

  const nextDay = (): MarketDay => {
    const next = days.next();
    if (next.done === true) throw new Error('the simulated market has come to an end');
    return next.value;
  };

  return {
    description: { kind: 'simulated', label: `simulated, seed ${settings.seed}`, fingerprint: fingerprintOf(settings), speed },
    open(from) {
      days = marketDays(settings);
      pace = pacer(speed, clock);
      place = from;
      index = from;
      for (;;) {
        const day = nextDay();
        if (index < day.events) {
          today = day.draw();
          return Promise.resolve();
        }
        index -= day.events;
      }
    },
    pass(until) {
      for (;;) {
        while (index >= today.length) {
          today = nextDay().draw();
          index = 0;
        }
        const event = today[index];
        if (event === undefined || event.at > until) return Promise.resolve();
        index += 1;
        place += 1;
      }
    },
    async next(signal) {
      while (index >= today.length) {
        today = nextDay().draw();
        index = 0;
      }
      const event = today[index];
      if (event === undefined || signal.aborted) return null;
      const warmup = event.kind === 'candle-closed' && event.history === true;
      if (!warmup) await pace.until(event.at, signal);
      if (signal.aborted) return null;
      index += 1;
      place += 1;
      return { event, place, warmup };
    },
    faults: () => ({ count: 0, first: [] }),
    endsAt: () => null,
    close: () => Promise.resolve(),
  };
}

function refuseImpossible({ instruments, timeframeMs }: MarketSettings): void {
  if (instruments.length === 0) {
    const fault = { path: 'instruments', found: 'none', expected: 'at least one', remedy: 'name an instrument to invent prices for' };
    throw new Refusal('FEED_NO_INSTRUMENTS', EXIT.refused, 'the simulated feed has no instrument', [fault]);
  }
  if (timeframeMs > 0 && DAY % timeframeMs === 0) return;
  const fault = {
    path: 'feed.timeframe',
    found: `${timeframeMs} ms`,
    expected: 'a span that divides a day',
    remedy: 'take one of 1m, 5m, 15m, 1h, 4h, 1d',
  };
  throw new Refusal('FEED_TIMEFRAME', EXIT.refused, 'the simulated feed cannot make bars of this length', [fault]);
}

function fingerprintOf({ instruments, timeframeMs, seed, startAt, historyBars }: MarketSettings): string {
  const grain = instruments.map(({ instrument: { id, tick, lot, priceDecimals, quantityDecimals, calendar }, startPrice }) =>
    [id, tick, lot, priceDecimals, quantityDecimals, calendar, startPrice].join(' '),
  );
  return `simulated-${fnv1a64(JSON.stringify([GENERATOR, seed, timeframeMs, startAt, historyBars, ...grain])).toString(16)}`;
}
