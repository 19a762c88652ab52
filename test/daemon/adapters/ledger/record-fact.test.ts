import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Fact } from '../../../../daemon/core/model/fact.ts';
import { instrumentId } from '../../../../daemon/core/model/ids.ts';
import { instant } from '../../../../daemon/core/model/instant.ts';
import { money, quantity } from '../../../../daemon/core/model/money.ts';
import type { Ledger } from '../../../../daemon/ports/ledger.ts';
import { aConfig, anInstrument, scripted } from '../../../support/engine.ts';
import { type LedgerFile, type Row, WALL, ledgerFile } from '../../../support/ledger-file.ts';
import {
  AT,
  BOT,
  COIN,
  EARLIER_TRIPS,
  ORDER,
  aBotState,
  aClosure,
  aDecision,
  aLatch,
  aPosition,
  aPrice,
  aTrade,
  aTrip,
  anAlert,
  anEquityPoint,
  anOrder,
  day,
} from './facts.ts';

const TWO = instrumentId('TEST:TWO');
const CONFIG = aConfig({ strategy: scripted(() => undefined), bots: 2, instruments: [anInstrument(), anInstrument({ id: TWO, symbol: 'TWO' })] });

let file: LedgerFile;
let ledger: Ledger;
beforeEach(() => {
  file = ledgerFile(CONFIG);
  ledger = file.begin().ledger;
});
afterEach(() => {
  file.remove();
});

const commit = (...facts: readonly Fact[]): void => {
  ledger.commit({ at: instant(AT), facts, state: new Map(), place: null });
};
const all = (table: string): readonly Row[] => file.rows(`SELECT * FROM ${table}`);
const event = (seq: number, at: number, type: string, body: object): Row => ({ seq, at, recorded_at: WALL, type, bot: BOT, body: JSON.stringify(body) });

describe('an order', () => {
  it('is written as it stands, with what moved it and an event', () => {
    commit(anOrder());

    expect(all('orders')).toEqual([
      {
        ...{ client_id: ORDER, venue_id: 'paper-1', bot: BOT, account: 'paper', instrument: COIN, run: 1, slot: 'entry', side: 'BUY' },
        ...{ type: 'stop', reduce_only: 1, quantity: 900, limit_price: 10_101, trigger_price: 10_202, arrival_price: 10_303 },
        ...{ filled: 400, filled_notional_e8: 41_000, status: 'PARTIALLY_FILLED', source: 'BOT', reason: 'RSI 28.4 ≤ 35' },
        ...{ outcome: null, created_at: AT + 1, updated_at: AT + 2, closed_at: null },
      },
    ]);
    expect(all('order_events')).toEqual([
      { id: 1, client_id: ORDER, at: AT + 3, event: 'fill', from_status: 'ACCEPTED', to_status: 'PARTIALLY_FILLED' },
    ]);
    expect(all('events')).toEqual([event(1, AT + 3, 'order_update', { order: ORDER, status: 'PARTIALLY_FILLED' })]);
  });

  it('is closed when its last change closed it, and keeps the life that made it', () => {
    commit(anOrder());
    ledger = file.begin().ledger;
    commit(anOrder({ status: 'CANCELED', outcome: 'asked for', updatedAt: instant(AT + 20) }));

    expect(file.rows('SELECT run, status, outcome, updated_at, closed_at FROM orders')).toEqual([
      { run: 1, status: 'CANCELED', outcome: 'asked for', updated_at: AT + 20, closed_at: AT + 20 },
    ]);
    expect(file.rows('SELECT to_status FROM order_events')).toEqual([{ to_status: 'PARTIALLY_FILLED' }, { to_status: 'CANCELED' }]);
  });
});

describe('a trade', () => {
  beforeEach(() => {
    commit(...EARLIER_TRIPS, aTrip());
    ledger.commit({ at: instant(AT), facts: [anOrder()], state: new Map(), place: null });
  });
  const trip = (): unknown => file.rows(`SELECT id FROM round_trips WHERE bot = '${BOT}' AND number = 2`)[0]?.['id'];

  it('is written whole, with its fee by parts, its round trip by id, and an event', () => {
    commit(aTrade());

    expect(trip()).not.toBe(2);
    expect(all('trades')).toEqual([
      {
        ...{ id: 1, at: AT + 4, recorded_at: WALL, day: 20260105, account: 'paper', bot: BOT, instrument: COIN, mode: 'paper', simulated: 0 },
        ...{ client_id: ORDER, venue_fill_id: 'f-1', side: 'BUY', quantity: 400, price: 10_304, notional_e8: 4_121_600_000 },
        ...{ fee_e8: 150_000_001, fee_parts: '{"brokerage":"1.00000001","stt":"0.5"}', liquidity: 'maker', source: 'MANUAL' },
        ...{ reason: 'by hand', gross_e8: -12_345, position_after: -330, round_trip: trip() },
      },
    ]);
    expect(all('lot_closures')).toEqual([]);
    expect(all('events').slice(1)).toEqual([event(2, AT + 4, 'trade_executed', { trade: 1 })]);
  });

  it('brings the pieces of lots that it closed', () => {
    commit(aTrade({}, { closures: [aClosure(), aClosure({ lot: 4, quantity: quantity(5n), gross: money(-9n) })] }));

    const closure = {
      ...{ id: 1, bot: BOT, instrument: COIN, lot: 3, trade: 1, opened_at: AT - 60_000, closed_at: AT + 4 },
      ...{ quantity: 70, open_price: 9_900, close_price: 10_310, gross_e8: 28_700 },
    };
    expect(all('lot_closures')).toEqual([closure, { ...closure, id: 2, lot: 4, quantity: 5, gross_e8: -9 }]);
  });

  it('is added to the sums of its day', () => {
    commit(aTrade(), aTrade({ venueFillId: 'f-2' }));

    expect(all('trade_days')).toEqual([
      {
        ...{ day: 20260105, account: 'paper', bot: BOT, instrument: COIN, side: 'BUY', source: 'MANUAL' },
        ...{ trades: 2, notional_e8: 8_243_200_000, gross_e8: -24_690, fees_e8: 300_000_002 },
      },
    ]);
  });

  it('writes nothing twice when its fill is told again', () => {
    const fill = aTrade({}, { closures: [aClosure()] });
    commit(fill);
    const before = file.dump();

    commit(fill);

    expect(before['trades']).toHaveLength(1);
    expect(before['lot_closures']).toHaveLength(1);
    expect(file.dump()).toEqual(before);
  });
});

describe('a position', () => {
  it('is written with its levels, its round trip by id, its lots, and an event', () => {
    commit(...EARLIER_TRIPS, aTrip(), aPosition());

    expect(all('positions')).toEqual([
      {
        ...{ bot: BOT, instrument: COIN, account: 'paper', quantity: 330, cost_e8: 3_399_000, realised_e8: -555, fees_e8: 777 },
        ...{ stop_price: 9_800, target_price: 11_000, round_trip: 5, opened_at: AT - 5, updated_at: AT + 5 },
      },
    ]);
    expect(file.rows('SELECT bot, number FROM round_trips WHERE id = 5')).toEqual([{ bot: BOT, number: 2 }]);
    expect(all('lots')).toEqual([
      { bot: BOT, instrument: COIN, number: 4, opened_at: AT - 4, quantity: 300, price: 10_290 },
      { bot: BOT, instrument: COIN, number: 5, opened_at: AT - 3, quantity: 30, price: 10_400 },
    ]);
    expect(all('events')).toEqual([event(1, AT + 5, 'position_update', { instrument: COIN })]);
  });

  it('that is flat again has no lots and no round trip, and leaves the lots of others alone', () => {
    commit(...EARLIER_TRIPS, aTrip(), aTrip({ instrument: TWO }), aPosition(), aPosition({ instrument: TWO }));
    commit(aPosition({ quantity: quantity(0n), cost: money(0n), openedAt: null, lots: [] }, null));

    expect(file.rows(`SELECT quantity, cost_e8, opened_at, round_trip FROM positions WHERE instrument = '${COIN}'`)).toEqual([
      { quantity: 0, cost_e8: 0, opened_at: null, round_trip: null },
    ]);
    expect(file.rows('SELECT instrument, number FROM lots')).toEqual([{ instrument: TWO, number: 4 }, { instrument: TWO, number: 5 }]);
  });
});

describe('a round trip', () => {
  const trip = {
    ...{ id: 1, number: 2, account: 'paper', bot: BOT, instrument: COIN, direction: 'long', opened_at: AT - 5, closed_at: null },
    ...{ closed_day: null, peak_quantity: 800, entry_notional_e8: 8_000, exit_notional_e8: 4_000, gross_e8: 600, fees_e8: 70, net_e8: 530 },
    ...{ adverse_e8: -30, favourable_e8: 90, entry_reason: 'RSI 28.4 ≤ 35', exit_reason: null },
  };

  it('is written as it stands, without a word to the dashboard', () => {
    commit(aTrip());

    expect(all('round_trips')).toEqual([trip]);
    expect(all('events')).toEqual([]);
  });

  it('is closed in its own row and counted in its day', () => {
    commit(aTrip());
    commit(aTrip({ closedAt: instant(AT + 30), closedDay: day(20260106), exitReason: 'stop' }));

    expect(all('round_trips')).toEqual([{ ...trip, closed_at: AT + 30, closed_day: 20260106, exit_reason: 'stop' }]);
    expect(all('round_trip_days')).toEqual([
      { day: 20260106, account: 'paper', bot: BOT, closed: 1, wins: 1, losses: 0, won_e8: 530, lost_e8: 0 },
    ]);
  });
});

/** Each kind of fact, by the table that holds it. */
const KINDS: readonly (readonly [string, Fact])[] = [
  ['orders', anOrder({ status: 'FILLED' })],
  ['trades', aTrade({}, { closures: [aClosure()] })],
  ['positions', aPosition()],
  ['round_trips', aTrip({ closedAt: instant(AT + 30), closedDay: day(20260106), exitReason: 'stop' })],
  ['decisions', aDecision()],
  ['equity', anEquityPoint()],
  ['prices', aPrice()],
  ['latches', aLatch()],
  ['bots', aBotState()],
  ['alerts', anAlert()],
];

describe('a cycle', () => {
  it.each(KINDS)('whose third fact breaks a constraint leaves nothing of the two before it, here in %s: no row, no event, no state, no place', (table, fact) => {
    commit(anOrder());
    const before = file.dump();
    const whole = { at: instant(AT + 60_000), facts: [anOrder(), fact], state: new Map([['cell', '{}']]), place: 9 };

    expect(() => {
      ledger.commit({ ...whole, facts: [...whole.facts, aPosition({ cost: money(-1n) })] });
    }).toThrow(/CHECK constraint failed: cost_e8/);
    expect(file.dump()).toEqual(before);

    ledger.commit(whole);
    const after = file.dump();
    expect(after[table]).not.toEqual(before[table]);
    expect(after['events']?.length).toBeGreaterThan(before['events']?.length ?? 0);
    expect(after['engine_state']).toEqual([{ key: 'cell', body: '{}' }]);
    expect(after['feed']).toMatchObject([{ place: 9, at: AT + 60_000 }]);
  });
});
