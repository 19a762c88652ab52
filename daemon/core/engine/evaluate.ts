import type { Reading } from '../indicators/indicator.ts';
import { type Candle, closeOf } from '../model/candle.ts';
import { feeCeilingPpm } from '../market/fee-ceiling.ts';
import { MONEY_DECIMALS, averagePrice, toNumber } from '../model/money.ts';
import type { Bar, Holding, Wanted } from '../strategy/strategy.ts';
import { unrealised } from './apply-fill.ts';
import { type Intent, intentOf, toLots } from './intent.ts';
import type { Cell } from './state.ts';

/** What a strategy said when it was asked, not yet quantised against what is working. */
export interface Said {
  /** Net quantity to go to at market; null: it did not say. */
  readonly target: { readonly quantity: bigint; readonly reason: string; /** It was less than one lot. */ readonly tooSmall: boolean } | null;
  readonly wants: readonly Intent[];
  readonly waiting: string | null;
}

/** Asks the cell's strategy what it wants now. All indicators must have a reading. */
export function ask(cell: Cell, candle: Candle): Said {
  const readings = readingsOf(cell);
  if (readings === null) throw new Error(`${cell.key}: asked before its indicators were ready`);
  const bar = barOf(candle, cell);
  const capital = toNumber(cell.bot.capital, MONEY_DECIMALS);
  let target: Said['target'] = null;
  let waiting: string | null = null;
  const wants: Intent[] = [];
  cell.bot.strategy.on({
    p: cell.bot.params,
    i: readings,
    bar,
    position: holdingOf(cell),
    capital,
    memory: cell.memory,
    size: (percent) => (capital * percent) / 100 / bar.close,
    target: (amount, reason) => {
      const quantity = toLots(amount, cell);
      target = { quantity, reason, tooSmall: quantity === 0n && amount !== 0 };
    },
    want: (slot: string, order: Wanted) => {
      wants.push(intentOf(`want:${slot}`, order, cell));
    },
    wait: (reason) => {
      waiting = reason;
    },
  });
  return { target, wants, waiting };
}

/** The readings of all indicators, or null while one of them has none. */
export function readingsOf(cell: Cell): Record<string, Reading> | null {
  const readings: Record<string, Reading> = {};
  for (const { name, indicator, state } of cell.indicators) {
    const reading = indicator.read(state);
    if (reading === null) return null;
    readings[name] = reading;
  }
  return readings;
}

/** Indicator values as the decisions view shows them: `rsi`, and `macd.signal` for further lines. */
export function inputsOf(readings: Readonly<Record<string, Reading>>): Record<string, number> {
  const inputs: Record<string, number> = {};
  for (const [name, reading] of Object.entries(readings)) {
    for (const [line, value] of Object.entries(reading)) inputs[line === 'v' ? name : `${name}.${line}`] = value;
  }
  return inputs;
}

/** Feeds a closed bar to the cell's indicators. */
export function pushBar(cell: Cell, candle: Candle): void {
  const bar = barOf(candle, cell);
  for (const { indicator, state } of cell.indicators) indicator.push(state, bar);
  cell.bars += 1;
}

/** Bars the cell must have seen before its strategy is asked. */
export function barsNeeded(cell: Cell): number {
  const seeded = Math.max(1, ...cell.indicators.map(({ indicator }) => indicator.warmup));
  if (cell.bot.warmupBars !== null) return Math.max(seeded, cell.bot.warmupBars);
  return Math.max(seeded, ...cell.indicators.map(({ indicator }) => indicator.settle));
}

function barOf(candle: Candle, cell: Cell): Bar {
  const { priceDecimals, quantityDecimals } = cell.instrument;
  return {
    at: closeOf(candle),
    open: toNumber(candle.open, priceDecimals),
    high: toNumber(candle.high, priceDecimals),
    low: toNumber(candle.low, priceDecimals),
    close: toNumber(candle.close, priceDecimals),
    volume: toNumber(candle.volume, quantityDecimals),
  };
}

function holdingOf(cell: Cell): Holding {
  const { position, instrument, price } = cell;
  if (position.quantity === 0n) return { quantity: 0, average: 0, percent: 0, breakEven: 0 };
  const open = Number(unrealised(position, price, instrument));
  const average = toNumber(averagePrice(position.cost, position.quantity, instrument), instrument.priceDecimals);
  const side = position.quantity > 0n ? 1 : -1;
  const paid = position.cost === 0n ? 0 : Number(cell.trip?.fees ?? 0n) / Number(position.cost);
  return {
    quantity: toNumber(position.quantity, instrument.quantityDecimals),
    average,
    breakEven: average * (1 + side * paid) * (1 + side * (feeCeilingPpm(instrument) / 1_000_000)),
    percent: position.cost === 0n ? 0 : (open / Number(position.cost)) * 100,
  };
}
