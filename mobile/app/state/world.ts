import type { Home, Message, PositionItem, Positions, PriceItem, TradeItem } from '../../contract/index.ts';
import { add, multiply, percentOf, subtract } from '../lib/decimals.ts';

/** All that the stream has told and the pages show. */
export interface World {
  /** Ledger sequence number up to which this is told. */
  readonly seq: number;
  readonly home: Home;
  readonly positions: Positions;
}

/** What a message made of the world. */
export interface Received {
  readonly world: World | null;
  /** Trades not known before, newest first. */
  readonly trades: readonly TradeItem[];
  /** The message tells a change of something never told: only a whole snapshot helps. */
  readonly needsSnapshot: boolean;
}

const LAST_TRADES = 10;

/**
 * Takes one message in. A snapshot replaces everything, also when its number is lower (the ledger was replaced). A trade told twice is
 * one trade. An update older than what is shown is dropped.
 */
export function receive(world: World | null, message: Message): Received {
  if (message.type === 'snapshot') return told({ seq: message.seq, home: message.data.home, positions: message.data.positions });
  if (message.type === 'log' || message.type === 'alert') return told(world);
  if (message.type === 'position_update') {
    const isOlder = world !== null && message.seq < world.seq;
    return told(isOlder ? world : { seq: message.seq, home: message.data.home, positions: message.data.positions });
  }
  if (world === null) return { world: null, trades: [], needsSnapshot: true };
  const seq = Math.max(world.seq, message.seq);
  switch (message.type) {
    case 'trade_executed':
      return withTrade({ ...world, seq }, message.data);
    case 'status_change':
      return told({ ...world, seq, home: { ...world.home, status: message.data } });
    case 'price_update':
      return told({ ...world, seq, positions: withPrices(world.positions, message.data.prices) });
  }
}

function told(world: World | null): Received {
  return { world, trades: [], needsSnapshot: false };
}

function withTrade(world: World, trade: TradeItem): Received {
  const known = world.home.lastTrades;
  if (known.some((one) => one.id === trade.id)) return told(world);
  const lastTrades = [trade, ...known].sort((a, b) => b.id - a.id).slice(0, Math.max(LAST_TRADES, known.length));
  return { world: { ...world, home: { ...world.home, lastTrades } }, trades: [trade], needsSnapshot: false };
}

/** New prices in the open positions: value and result follow exactly, and so do the totals, so that no two figures disagree. */
function withPrices(positions: Positions, prices: readonly PriceItem[]): Positions {
  const byInstrument = new Map(prices.map((one) => [one.instrument, one]));
  if (!positions.items.some((item) => byInstrument.has(item.instrument))) return positions;
  const items = positions.items.map((item) => {
    const price = byInstrument.get(item.instrument);
    return price === undefined ? item : priced(item, price);
  });
  const totals = positions.totals.map((total) => {
    const own = items.filter((item) => item.currency === total.currency && item.mode === total.mode && item.simulated === total.simulated);
    if (own.length !== total.positions) return total;
    const profit = own.reduce((sum, item) => add(sum, item.profit ?? '0'), '0');
    const value = own.reduce((sum, item) => add(sum, item.value ?? '0'), '0');
    return { ...total, profit, value, profitPercent: percentOf(profit, total.cost) };
  });
  return { items, totals };
}

function priced(item: PositionItem, price: PriceItem): PositionItem {
  const value = multiply(price.price, item.quantity);
  const profit = item.direction === 'long' ? subtract(value, item.cost) : subtract(item.cost, value);
  return { ...item, current: price.price, currentAt: price.at, currentHeardAt: price.heardAt, value, profit, profitPercent: percentOf(profit, item.cost) };
}
