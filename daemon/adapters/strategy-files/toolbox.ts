import { atr } from '../../core/indicators/atr.ts';
import { bollinger } from '../../core/indicators/bollinger.ts';
import { ema } from '../../core/indicators/ema.ts';
import { macd } from '../../core/indicators/macd.ts';
import { rsi } from '../../core/indicators/rsi.ts';
import { sma } from '../../core/indicators/sma.ts';
import { buy, sell } from '../../core/strategy/orders.ts';
import { bool, int, num, optionalPct, pct, pick } from '../../core/strategy/params.ts';
import { strategy } from '../../core/strategy/strategy.ts';

/** All that a strategy file is given: it stands outside the package and cannot import from it. */
export const toolbox = Object.freeze({
  strategy,
  int,
  num,
  pct,
  optionalPct,
  bool,
  pick,
  sma,
  ema,
  rsi,
  atr,
  macd,
  bollinger,
  buy,
  sell,
});
export type Toolbox = typeof toolbox;
