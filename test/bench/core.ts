import { paperVenue } from '../../daemon/adapters/venue-paper/venue-paper.ts';
import { startEngine } from '../../daemon/core/engine/state.ts';
import { step } from '../../daemon/core/engine/step.ts';
import { type Candle, closeOf } from '../../daemon/core/model/candle.ts';
import type { MarketEvent, VenueEvent } from '../../daemon/core/model/event.ts';
import { HOUR, MINUTE } from '../../daemon/core/model/instant.ts';
import { alternate, atMost, bench, cpuOf, digits, report } from './harness.ts';
import { INSTRUMENT, PAPER, minuteWalk, realHours, twoBots } from './market.ts';

const SHORT = 20_000;
const LONG = 10 * SHORT;

await bench(async () => {
  const walk = minuteWalk(LONG);
  await besideALoop(`core, ${digits(LONG)} generated 1m bars`, walk, MINUTE);
  const beginning = walk.slice(0, SHORT);
  const { a, b, ratio } = await alternate(
    5,
    () => cpuOf(() => play(walk, MINUTE)),
    () => cpuOf(() => play(beginning, MINUTE)),
  );
  report('core, 10 × as many bars', `${digits(a)} ms CPU`, `${digits(b)} ms CPU`, ratio, atMost(ratio, 11));

  const hours = await realHours();
  if (hours !== null) await besideALoop(`core, ${digits(hours.length)} real 1h bars of BTC`, hours, HOUR);
});

async function besideALoop(name: string, bars: readonly Candle[], timeframeMs: number): Promise<void> {
  const closes = Float64Array.from(bars, (bar) => Number(bar.close) / 100);
  let made = 0;
  // A loop of a millisecond is measured a hundred times over; its sum is used, so that the compiler cannot leave it out.
  const loop = (): number => cpuOf(() => repeat(100, () => (made += smaCross(closes)))) / 100;
  const { a, b, ratio } = await alternate(5, () => cpuOf(() => play(bars, timeframeMs)), loop);
  if (made === 0) throw new Error('the loop made nothing');
  const rate = (ms: number): string => `${digits((bars.length / ms) * 1000)} bars/s`;
  report(name, rate(a), `bare loop, ${rate(b)}`, ratio, null);
}

/** The engine with both bots over the paper venue: a backtest that keeps nothing. Throws where nothing was traded. */
function play(bars: readonly Candle[], timeframeMs: number): void {
  const state = startEngine(twoBots(timeframeMs));
  const venue = paperVenue(PAPER);
  const inbox: VenueEvent[] = [];
  let trades = 0;
  void venue.open((event) => inbox.push(event), []);
  const take = (event: MarketEvent | VenueEvent): void => {
    const { facts, effects } = step(state, event);
    for (const fact of facts) if (fact.kind === 'trade') trades += 1;
    for (const effect of effects) {
      if (effect.kind === 'submit') venue.place(effect.order);
      else venue.cancel(effect.clientId);
    }
  };
  const settle = (): void => {
    for (let event = inbox.shift(); event !== undefined; event = inbox.shift()) take(event);
  };
  const hear = (event: MarketEvent): void => {
    venue.hear(event);
    settle();
    take(event);
    settle();
  };
  for (const candle of bars) {
    hear({
      kind: 'candle-opened',
      at: candle.openAt,
      instrument: INSTRUMENT.id,
      timeframeMs,
      price: candle.open,
      previousVolume: candle.volume,
    });
    hear({ kind: 'candle-closed', at: closeOf(candle), instrument: INSTRUMENT.id, candle });
  }
  if (trades < bars.length / 1000) throw new Error(`the engine made ${trades} trades, too few to have been at work`);
}

/** The cross of two simple averages over the closes: what the bars cost without an engine. */
function smaCross(closes: Float64Array): number {
  let [fast, slow, held, cash] = [0, 0, 0, 10_000];
  for (let n = 0; n < closes.length; n += 1) {
    const close = closes[n] ?? 0;
    fast += close - (n >= 20 ? (closes[n - 20] ?? 0) : 0);
    slow += close - (n >= 100 ? (closes[n - 100] ?? 0) : 0);
    if (n < 99) continue;
    const above = fast / 20 > slow / 100;
    if (above && held === 0) {
      held = cash / close;
      cash = 0;
    } else if (!above && held > 0) {
      cash = held * close;
      held = 0;
    }
  }
  return cash + held * (closes.at(-1) ?? 0);
}

function repeat(times: number, work: () => void): void {
  for (let n = 0; n < times; n += 1) work();
}
