import { describe, expect, it } from 'vitest';
import type { Message, TradeItem } from '../../../../mobile/contract/index.ts';
import { receive } from '../../../../mobile/app/state/world.ts';
import type { World } from '../../../../mobile/app/state/world.ts';
import { cannedHome, cannedPositions, cannedStatus, cannedTrades } from '../canned.ts';

const STATE = { now: Date.parse('2025-11-21T09:00:00Z'), beatAt: Date.parse('2025-11-21T09:00:00Z'), everySeconds: 1, text: null, empty: false };
const TRADES = cannedTrades(STATE);
const SNAPSHOT: Message = { type: 'snapshot', seq: 40, data: { home: cannedHome(STATE), positions: cannedPositions(STATE) } };

function begun(): World {
  const { world } = receive(null, SNAPSHOT);
  if (world === null) throw new Error('a snapshot makes a world');
  return world;
}

function trade(id: number): TradeItem {
  const [first] = TRADES;
  if (first === undefined) throw new Error('there are canned trades');
  return { ...first, id };
}

function price(value: string): Message {
  return { type: 'price_update', seq: 40, data: { prices: [{ instrument: 'NSE:RELIANCE', symbol: 'RELIANCE', price: value, at: '2025-11-21T09:03:00.000Z', heardAt: '2025-11-21T09:03:00.100Z' }] } };
}

describe('a stream message', () => {
  it('asks for a snapshot when it changes what was never told', () => {
    expect(receive(null, { type: 'trade_executed', seq: 7, data: trade(400) })).toEqual({ world: null, trades: [], needsSnapshot: true });
    expect(receive(null, price('1')).needsSnapshot).toBe(true);
  });

  it('needs no snapshot when it brings all figures itself', () => {
    const received = receive(null, { type: 'position_update', seq: 41, data: { home: cannedHome(STATE), positions: cannedPositions(STATE) } });
    expect(received.world?.seq).toBe(41);
    expect(received.needsSnapshot).toBe(false);
  });

  it('adds a trade once, however often it is told', () => {
    const once = receive(begun(), { type: 'trade_executed', seq: 41, data: trade(400) });
    const twice = receive(once.world, { type: 'trade_executed', seq: 41, data: trade(400) });
    expect(once.trades.map((one) => one.id)).toEqual([400]);
    expect(twice.trades).toEqual([]);
    expect(twice.world?.home.lastTrades.filter((one) => one.id === 400)).toHaveLength(1);
  });

  it('keeps trades newest first when they come out of order', () => {
    const first = receive(begun(), { type: 'trade_executed', seq: 42, data: trade(402) });
    const second = receive(first.world, { type: 'trade_executed', seq: 41, data: trade(401) });
    expect(second.world?.home.lastTrades.slice(0, 2).map((one) => one.id)).toEqual([402, 401]);
    expect(second.world?.seq).toBe(42);
  });

  it('drops figures older than those shown', () => {
    const empty = { ...STATE, empty: true };
    const late = receive(begun(), { type: 'position_update', seq: 39, data: { home: cannedHome(empty), positions: cannedPositions(empty) } });
    expect(late.world?.positions.items).toHaveLength(4);
  });

  it('takes a snapshot with a lower number too: the ledger was replaced', () => {
    const empty = { ...STATE, empty: true };
    const replaced = receive(begun(), { type: 'snapshot', seq: 2, data: { home: cannedHome(empty), positions: cannedPositions(empty) } });
    expect(replaced.world).toMatchObject({ seq: 2, positions: { items: [] } });
  });

  it('changes the status and nothing else', () => {
    const world = begun();
    const status = { ...cannedStatus(STATE), state: 'PAUSED' as const };
    const paused = receive(world, { type: 'status_change', seq: 40, data: status }).world;
    expect(paused?.home.status.state).toBe('PAUSED');
    expect(paused?.home.figures).toBe(world.home.figures);
  });
});

describe('a new price', () => {
  it('moves value, result and percentage of its positions exactly', () => {
    const item = receive(begun(), price('1400.05')).world?.positions.items[0];
    expect(item).toMatchObject({ current: '1400.05', value: '56002', profit: '-490', currentHeardAt: '2025-11-21T09:03:00.100Z' });
    expect(item?.profitPercent).toBeCloseTo(-0.8673, 4);
  });

  it('moves the total of its own currency and no other', () => {
    const totals = receive(begun(), price('1400.05')).world?.positions.totals;
    expect(totals?.[0]).toMatchObject({ currency: 'INR', profit: '-316.75', value: '199317.25' });
    expect(totals?.[1]).toMatchObject({ currency: 'USDT', profit: '4.74138' });
  });

  it('turns its sign for a short position', () => {
    const world = begun();
    const short: World = { ...world, positions: { ...world.positions, items: world.positions.items.map((one) => ({ ...one, direction: 'short' as const })) } };
    expect(receive(short, price('1400.05')).world?.positions.items[0]?.profit).toBe('490');
  });

  it('leaves everything as it is where nothing of it is held', () => {
    const world = begun();
    const other: Message = { type: 'price_update', seq: 40, data: { prices: [{ instrument: 'NSE:TCS', symbol: 'TCS', price: '1', at: '', heardAt: '' }] } };
    expect(receive(world, other).world?.positions).toBe(world.positions);
  });
});
