import type { LedgerWriter } from '../ledger-writer.ts';
import type { Writer } from '../open.ts';
import { DatabaseRefusal } from '../refusal.ts';
import type { AccountRow, BotRow, InstrumentRow } from '../rows.ts';

/** Writes who and what the rows speak of: accounts, instruments, bots. */
export function identityWriter(
  db: Writer,
): Pick<LedgerWriter, 'recordAccount' | 'recordInstrument' | 'recordBot' | 'keepBots' | 'recordBotState'> {
  const upsertAccount = db.prepare(UPSERT_ACCOUNT);
  const upsertInstrument = db.prepare(UPSERT_INSTRUMENT);
  const upsertBot = db.prepare<[object], number>(UPSERT_BOT).pluck();
  const deactivate = db.prepare('UPDATE bots SET active = 0 WHERE active = 1 AND id NOT IN (SELECT value FROM json_each(?))');
  const setBotState = db.prepare('UPDATE bots SET state = ?, reason = ?, updated_at = ? WHERE id = ?');

  return {
    recordAccount: (row) => {
      const { changes } = upsertAccount.run({ ...row, simulated: row.simulated ? 1 : 0 });
      if (changes === 0) throw accountChanged(db.name, row);
    },
    recordInstrument: (row) => {
      if (upsertInstrument.run(row).changes === 0) throw instrumentChanged(db.name, row);
    },
    recordBot: (row) => {
      const number = upsertBot.get({ ...row, instruments: JSON.stringify(row.instruments) });
      if (number === undefined) throw botMoved(db.name, row);
      return number;
    },
    keepBots: (ids) => {
      deactivate.run(JSON.stringify(ids));
    },
    recordBotState: (bot, state, reason, at) => {
      setBotState.run(state, reason, at, bot);
    },
  };
}

function accountChanged(path: string, row: AccountRow): DatabaseRefusal {
  return new DatabaseRefusal(
    'ledger.account-changed',
    path,
    `account ${row.id} has a history in another mode, currency or kind of price than ${row.mode}, ${row.currency}, ${row.simulated ? 'simulated' : 'real'}`,
    'Give the new account (and its bots) an id of its own in the settings, or name a fresh data folder: what was earned on paper is never added to what is real.',
  );
}

function instrumentChanged(path: string, row: InstrumentRow): DatabaseRefusal {
  return new DatabaseRefusal(
    'ledger.instrument-changed',
    path,
    `instrument ${row.id} has a history with other decimals or in another currency than ${row.priceDecimals}, ${row.quantityDecimals}, ${row.quote}`,
    'Put priceDecimals, quantityDecimals and quote back, or name a fresh data folder: every price and quantity in the ledger is scaled by them. Tick and lot may change.',
  );
}

function botMoved(path: string, row: BotRow): DatabaseRefusal {
  return new DatabaseRefusal(
    'ledger.bot-moved',
    path,
    `bot ${row.id} has a history on another account than ${row.account}`,
    'Give the bot on its new account an id of its own in the settings: positions and profit stay with the account they were made on.',
  );
}

/** Changes nothing where the mode, the currency or the kind of price would change: the account's history would change meaning under it. */
const UPSERT_ACCOUNT = `
  INSERT INTO accounts(id, venue, mode, simulated, currency, capital_e8, time_zone, updated_at)
  VALUES (@id, @venue, @mode, @simulated, @currency, @capitalE8, @timeZone, @updatedAt)
  ON CONFLICT(id) DO UPDATE SET
    venue = excluded.venue, capital_e8 = excluded.capital_e8, time_zone = excluded.time_zone, updated_at = excluded.updated_at
  WHERE mode = excluded.mode AND simulated = excluded.simulated AND currency = excluded.currency`;

/** Changes nothing where the scale or the currency would change: every stored price, quantity and profit would change with it. */
const UPSERT_INSTRUMENT = `
  INSERT INTO instruments(id, exchange, symbol, base, quote, price_decimals, quantity_decimals, tick, lot, calendar, updated_at)
  VALUES (@id, @exchange, @symbol, @base, @quote, @priceDecimals, @quantityDecimals, @tick, @lot, @calendar, @updatedAt)
  ON CONFLICT(id) DO UPDATE SET
    exchange = excluded.exchange, symbol = excluded.symbol, base = excluded.base, tick = excluded.tick,
    lot = excluded.lot, calendar = excluded.calendar, updated_at = excluded.updated_at
  WHERE price_decimals = excluded.price_decimals AND quantity_decimals = excluded.quantity_decimals AND quote = excluded.quote`;

/** Returns no row where the bot would move to another account, and its positions with it. */
const UPSERT_BOT = `
  INSERT INTO bots(id, number, name, strategy, strategy_version, code_hash, account, timeframe_ms, capital_e8, instruments, params,
                   state, reason, active, updated_at)
  VALUES (@id, (SELECT coalesce(max(number), 0) + 1 FROM bots), @name, @strategy, @strategyVersion, @codeHash, @account, @timeframeMs,
          @capitalE8, @instruments, @params, @state, @reason, 1, @updatedAt)
  ON CONFLICT(id) DO UPDATE SET
    name = excluded.name, strategy = excluded.strategy, strategy_version = excluded.strategy_version, code_hash = excluded.code_hash,
    timeframe_ms = excluded.timeframe_ms, capital_e8 = excluded.capital_e8,
    instruments = excluded.instruments, params = excluded.params, state = excluded.state, reason = excluded.reason, active = 1,
    updated_at = excluded.updated_at
  WHERE account = excluded.account
  RETURNING number`;
