import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { candlesOf } from '../../daemon/adapters/feed-replay/candle-file.ts';
import type { EngineConfig } from '../../daemon/core/engine/config.ts';
import type { Candle } from '../../daemon/core/model/candle.ts';
import { HOUR, MINUTE, instant } from '../../daemon/core/model/instant.ts';
import { price, quantity } from '../../daemon/core/model/money.ts';
import { emaCross } from '../../daemon/strategies/ema-cross.ts';
import { rsiMeanReversion } from '../../daemon/strategies/rsi-mean-reversion.ts';
import { START, aConfig, anInstrument } from '../support/engine.ts';
import { projectRoot } from './harness.ts';

/** What the bots of the benches trade. */
export const INSTRUMENT = anInstrument();
/** What filling costs on paper, as in the settings' defaults. */
export const PAPER = { instruments: [INSTRUMENT], slippagePct: 0.02, spreadPct: 0, maxShare: 0.1 };

/** An RSI and an EMA bot on one instrument, with the parameters a newcomer gets. */
export function twoBots(timeframeMs: number): EngineConfig {
  const base = aConfig({ strategy: rsiMeanReversion, bots: 2, instruments: [INSTRUMENT], capital: '100000', accountCapital: '200000' });
  const strategies = [
    {
      strategy: rsiMeanReversion,
      params: { period: 14, buyBelow: 35, sellAbove: 65, sizePct: 20, stopPct: null, takePct: null, neverSellAtLoss: false },
    },
    { strategy: emaCross, params: { fast: 12, slow: 26, sizePct: 20 } },
  ];
  return {
    ...base,
    bots: base.bots.map((bot, n) => ({ ...bot, timeframeMs, ...strategies[n], limits: { ...bot.limits, catastrophicStopPct: 20 } })),
  };
}

/** A seeded walk of minutes that stays near where it began, so that both strategies trade all along. */
export function minuteWalk(count: number): readonly Candle[] {
  let seed = 42;
  const random = (): number => (seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fffffff) / 0x7fffffff;
  const at = (value: number) => price(BigInt(value));
  let last = 6_000_000;
  return Array.from({ length: count }, (_, n) => {
    const open = last;
    const close = Math.round(open * (1 + (random() - 0.5) * 0.002) + (6_000_000 - open) * 0.000_5);
    const [high, low] = [Math.max(open, close) + Math.floor(random() * 2_000), Math.min(open, close) - Math.floor(random() * 2_000)];
    last = close;
    const volume = quantity(BigInt(Math.floor(random() * 20_000_000)));
    return {
      openAt: instant(START + n * MINUTE),
      timeframeMs: MINUTE,
      open: at(open),
      high: at(high),
      low: at(low),
      close: at(close),
      volume,
    };
  });
}

/** The hours of BTC in the shared data, or null where that is not at hand. */
export async function realHours(): Promise<readonly Candle[] | null> {
  const data = process.env['SHARED_DATA'] ?? join(projectRoot(), '../shared/data');
  const path = join(data, 'candles/crypto/BTCUSDT_binance-spot_1h_2017-08_2022-10.csv.gz');
  if (!existsSync(path)) {
    process.stdout.write(`there is no ${path}, so the real bars are left out\n`);
    return null;
  }
  const found: Candle[] = [];
  for await (const batch of candlesOf({ instrument: INSTRUMENT, timeframeMs: HOUR, path }, true, () => undefined)) found.push(...batch);
  return found;
}
