import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Fact } from '../../../../daemon/core/model/fact.ts';
import { instant } from '../../../../daemon/core/model/instant.ts';
import type { Ledger } from '../../../../daemon/ports/ledger.ts';
import { aConfig, scripted } from '../../../support/engine.ts';
import { type LedgerFile, type Row, WALL, ledgerFile } from '../../../support/ledger-file.ts';
import { AT, BOT, COIN, ORDER, aBotState, aDecision, aLatch, aPrice, anAlert, anEquityPoint } from './facts.ts';

let file: LedgerFile;
let ledger: Ledger;
beforeEach(() => {
  file = ledgerFile(aConfig({ strategy: scripted(() => undefined), bots: 2 }));
  ledger = file.begin().ledger;
});
afterEach(() => {
  file.remove();
});

const commit = (...facts: readonly Fact[]): void => {
  ledger.commit({ at: instant(AT), facts, state: new Map(), place: null });
};
const all = (table: string): readonly Row[] => file.rows(`SELECT * FROM ${table}`);

describe('what follows the market, written without a word to the dashboard', () => {
  afterEach(() => {
    expect(all('events')).toEqual([]);
  });

  it('a decision, with what the strategy saw, what the rules said and the orders it led to', () => {
    commit(aDecision());

    expect(all('decisions')).toEqual([
      {
        ...{ id: 1, at: AT + 6, bot: BOT, instrument: COIN, close: 10_305, outcome: 'refused', reason: 'too much at once' },
        inputs: '{"rsi":28.4,"ema":101.25}',
        rules: '[{"rule":"max-position","verdict":"shrunk","text":"to 20 %"},{"rule":"daily-loss","verdict":"passed","text":null}]',
        orders: `["${ORDER}"]`,
      },
    ]);
  });

  it('a worth, in steps of a minute, an hour and a day, with the extremes of each', () => {
    commit(anEquityPoint(AT + 1, 1_000n), anEquityPoint(AT + 2, 900n), anEquityPoint(AT + 60_000, 1_100n));

    const step = { bot: BOT, day: 20260105, unrealised_e8: -20, realised_e8: 300, fees_e8: 4 };
    const wide = { ...step, equity_e8: 1_100, low_e8: 900, high_e8: 1_100 };
    expect(all('equity')).toEqual([
      { ...step, resolution: 60, at: AT, equity_e8: 900, low_e8: 900, high_e8: 1_000 },
      { ...step, resolution: 60, at: AT + 60_000, equity_e8: 1_100, low_e8: 1_100, high_e8: 1_100 },
      { ...wide, resolution: 3600, at: AT },
      { ...wide, resolution: 86400, at: Date.UTC(2026, 0, 5) },
    ]);
  });

  it('a price, the newest beside the first of its day', () => {
    commit(aPrice(AT, 10_306n), aPrice(AT + 1, 10_307n));

    expect(all('prices')).toEqual([
      { instrument: COIN, at: AT + 1, wall_at: WALL, price: 10_307, day: 20260105, day_open: 10_306, revision: 2 },
    ]);
  });

  it('a latch, until it is lifted, and no other with it', () => {
    const latch = {
      ...{ id: 1, scope: 'bot', key: BOT, rule: 'daily-loss', reason: 'lost 3 %' },
      ...{ since: AT + 7, until_day: 20260106, lifted_at: null },
    };
    commit(aLatch(), aLatch(null, 'own-fault'));
    expect(all('latches')).toEqual([latch, { ...latch, id: 2, rule: 'own-fault' }]);

    commit(aLatch(AT + 99));
    expect(all('latches')).toEqual([{ ...latch, lifted_at: AT + 99 }, { ...latch, id: 2, rule: 'own-fault' }]);
  });
});

describe('what people are told, each with an event', () => {
  it('how a bot stands, as of the time of the machine', () => {
    commit(aBotState());

    expect(file.rows('SELECT id, state, reason, updated_at FROM bots')).toEqual([
      { id: BOT, state: 'HALTED', reason: 'lost 3 %', updated_at: WALL },
      { id: 'bot-2', state: 'WARMING', reason: 'starting', updated_at: WALL },
    ]);
    expect(all('events')).toEqual([
      { seq: 1, at: AT + 8, recorded_at: WALL, type: 'status_change', bot: BOT, body: '{"state":"HALTED","reason":"lost 3 %"}' },
    ]);
  });

  it('an alert, the same trouble as one that counts', () => {
    commit(anAlert());
    commit(anAlert(AT + 19, 'The day is still over'));

    expect(all('alerts')).toEqual([
      {
        ...{ id: 1, key: 'daily-loss:paper', severity: 'critical', bot: BOT, title: 'The day is still over' },
        ...{ body: 'lost 3 % of the day’s capital', first_at: AT + 9, last_at: AT + 19, count: 2, resolved_at: null },
      },
    ]);
    const told = { recorded_at: WALL, type: 'alert', bot: BOT, body: '{"alert":1}' };
    expect(all('events')).toEqual([{ ...told, seq: 1, at: AT + 9 }, { ...told, seq: 2, at: AT + 19 }]);
  });
});
