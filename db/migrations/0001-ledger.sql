-- The ledger. Times are UTC milliseconds; `at` is market time, `recorded_at` and `wall_*` are the machine's.
-- Money is in 1e-8 of its currency (`_e8`); prices and quantities are in the decimals of their instrument. A `day` is
-- YYYYMMDD in the account's time zone. Ids are the words of the settings file, so that a row explains itself.

CREATE TABLE meta(
  key   TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE accounts(
  id         TEXT NOT NULL PRIMARY KEY,
  venue      TEXT NOT NULL,
  mode       TEXT NOT NULL CHECK (mode IN ('paper', 'live')),
  simulated  INTEGER NOT NULL CHECK (simulated IN (0, 1)),  -- 1: its prices come from a generator
  currency   TEXT NOT NULL,
  capital_e8 INTEGER NOT NULL,
  time_zone  TEXT NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE instruments(
  id                TEXT NOT NULL PRIMARY KEY,
  exchange          TEXT NOT NULL,
  symbol            TEXT NOT NULL,
  base              TEXT NOT NULL,
  quote             TEXT NOT NULL,
  price_decimals    INTEGER NOT NULL,
  quantity_decimals INTEGER NOT NULL,
  tick              INTEGER NOT NULL CHECK (tick > 0),
  lot               INTEGER NOT NULL CHECK (lot > 0),
  calendar          TEXT NOT NULL,
  updated_at        INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE bots(
  id               TEXT NOT NULL PRIMARY KEY,
  number           INTEGER NOT NULL UNIQUE,   -- fixed at first sight; its base-32 form is part of every order id
  name             TEXT NOT NULL,
  strategy         TEXT NOT NULL,
  strategy_version INTEGER NOT NULL,
  code_hash        TEXT NOT NULL,
  account          TEXT NOT NULL REFERENCES accounts(id),
  timeframe_ms     INTEGER NOT NULL,
  capital_e8       INTEGER NOT NULL,
  instruments      TEXT NOT NULL,             -- JSON array of instrument ids
  params           TEXT NOT NULL,             -- JSON
  state            TEXT NOT NULL CHECK (state IN ('WARMING', 'RUNNING', 'HALTED', 'STOPPING')),
  reason           TEXT NOT NULL,
  active           INTEGER NOT NULL CHECK (active IN (0, 1)),  -- 0: no longer in the settings
  updated_at       INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE runs(
  id         INTEGER PRIMARY KEY,
  pid        INTEGER NOT NULL,
  version    TEXT NOT NULL,
  started_at INTEGER NOT NULL,
  ended_at   INTEGER,
  end_reason TEXT
) STRICT;

CREATE TABLE orders(
  client_id          TEXT NOT NULL PRIMARY KEY,
  venue_id           TEXT,
  bot                TEXT NOT NULL REFERENCES bots(id),
  account            TEXT NOT NULL REFERENCES accounts(id),
  instrument         TEXT NOT NULL REFERENCES instruments(id),
  run                INTEGER NOT NULL REFERENCES runs(id),
  slot               TEXT NOT NULL,
  side               TEXT NOT NULL CHECK (side IN ('BUY', 'SELL')),
  type               TEXT NOT NULL CHECK (type IN ('market', 'limit', 'stop')),
  reduce_only        INTEGER NOT NULL CHECK (reduce_only IN (0, 1)),
  quantity           INTEGER NOT NULL CHECK (quantity > 0),
  limit_price        INTEGER,
  trigger_price      INTEGER,
  arrival_price      INTEGER NOT NULL,
  filled             INTEGER NOT NULL CHECK (filled >= 0 AND filled <= quantity),
  filled_notional_e8 INTEGER NOT NULL,
  status             TEXT NOT NULL,
  source             TEXT NOT NULL CHECK (source IN ('BOT', 'MANUAL')),
  reason             TEXT NOT NULL,
  outcome            TEXT,
  created_at         INTEGER NOT NULL,
  updated_at         INTEGER NOT NULL,
  closed_at          INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX orders_open ON orders(bot, instrument) WHERE closed_at IS NULL;
CREATE INDEX orders_of_instrument ON orders(bot, instrument, created_at);

CREATE TABLE order_events(
  id          INTEGER PRIMARY KEY,
  client_id   TEXT NOT NULL REFERENCES orders(client_id),
  at          INTEGER NOT NULL,
  event       TEXT NOT NULL,
  from_status TEXT,
  to_status   TEXT NOT NULL
) STRICT;
CREATE INDEX order_events_of_order ON order_events(client_id, id);

-- One execution each; append-only; the only source of positions and profit.
CREATE TABLE trades(
  id             INTEGER PRIMARY KEY,
  at             INTEGER NOT NULL,
  recorded_at    INTEGER NOT NULL,
  day            INTEGER NOT NULL,
  account        TEXT NOT NULL REFERENCES accounts(id),
  bot            TEXT NOT NULL REFERENCES bots(id),
  instrument     TEXT NOT NULL REFERENCES instruments(id),
  mode           TEXT NOT NULL CHECK (mode IN ('paper', 'live')),
  simulated      INTEGER NOT NULL CHECK (simulated IN (0, 1)),
  client_id      TEXT NOT NULL REFERENCES orders(client_id),
  venue_fill_id  TEXT NOT NULL,
  side           TEXT NOT NULL CHECK (side IN ('BUY', 'SELL')),
  quantity       INTEGER NOT NULL CHECK (quantity > 0),
  price          INTEGER NOT NULL CHECK (price > 0),
  notional_e8    INTEGER NOT NULL,
  fee_e8         INTEGER NOT NULL,
  fee_parts      TEXT NOT NULL,              -- JSON object: name → decimal string
  liquidity      TEXT NOT NULL CHECK (liquidity IN ('maker', 'taker')),
  source         TEXT NOT NULL CHECK (source IN ('BOT', 'MANUAL')),
  reason         TEXT NOT NULL,
  gross_e8       INTEGER NOT NULL,           -- realised by this execution against the average cost, before fees
  position_after INTEGER NOT NULL,
  round_trip     INTEGER REFERENCES round_trips(id),
  UNIQUE (account, instrument, venue_fill_id)
) STRICT;
CREATE INDEX trades_at ON trades(at, id);
CREATE INDEX trades_of_instrument ON trades(instrument, at, id);
CREATE INDEX trades_of_bot ON trades(bot, at, id);
CREATE INDEX trades_of_order ON trades(client_id);
CREATE INDEX trades_of_round_trip ON trades(round_trip);
CREATE INDEX trades_manual ON trades(at, id) WHERE source = 'MANUAL';

-- Sums over trades, kept in the trade's own transaction, so that no summary reads the history.
CREATE TABLE trade_days(
  day         INTEGER NOT NULL,
  account     TEXT NOT NULL,
  bot         TEXT NOT NULL,
  instrument  TEXT NOT NULL,
  side        TEXT NOT NULL,
  source      TEXT NOT NULL,
  trades      INTEGER NOT NULL,
  notional_e8 INTEGER NOT NULL,
  gross_e8    INTEGER NOT NULL,
  fees_e8     INTEGER NOT NULL,
  PRIMARY KEY (day, account, bot, instrument, side, source)
) STRICT, WITHOUT ROWID;

-- The same by month (YYYYMM), so that a year is not read day by day.
CREATE TABLE trade_months(
  month       INTEGER NOT NULL,
  account     TEXT NOT NULL,
  bot         TEXT NOT NULL,
  instrument  TEXT NOT NULL,
  side        TEXT NOT NULL,
  source      TEXT NOT NULL,
  trades      INTEGER NOT NULL,
  notional_e8 INTEGER NOT NULL,
  gross_e8    INTEGER NOT NULL,
  fees_e8     INTEGER NOT NULL,
  PRIMARY KEY (month, account, bot, instrument, side, source)
) STRICT, WITHOUT ROWID;

-- The same over all time. Turnover has no bound that the scale respects (92 billion), so it is kept in whole units and 1e-8 parts.
CREATE TABLE trade_totals(
  account        TEXT NOT NULL,
  bot            TEXT NOT NULL,
  instrument     TEXT NOT NULL,
  side           TEXT NOT NULL,
  source         TEXT NOT NULL,
  trades         INTEGER NOT NULL,
  notional_units INTEGER NOT NULL,
  notional_e8    INTEGER NOT NULL,             -- below one unit
  gross_e8       INTEGER NOT NULL,
  fees_e8        INTEGER NOT NULL,
  PRIMARY KEY (account, bot, instrument, side, source)
) STRICT, WITHOUT ROWID;

CREATE TABLE round_trips(
  id                INTEGER PRIMARY KEY,
  number            INTEGER NOT NULL,
  account           TEXT NOT NULL REFERENCES accounts(id),
  bot               TEXT NOT NULL REFERENCES bots(id),
  instrument        TEXT NOT NULL REFERENCES instruments(id),
  direction         TEXT NOT NULL CHECK (direction IN ('long', 'short')),
  opened_at         INTEGER NOT NULL,
  closed_at         INTEGER,
  closed_day        INTEGER,
  peak_quantity     INTEGER NOT NULL,
  entry_notional_e8 INTEGER NOT NULL,
  exit_notional_e8  INTEGER NOT NULL,
  gross_e8          INTEGER NOT NULL,
  fees_e8           INTEGER NOT NULL,
  net_e8            INTEGER GENERATED ALWAYS AS (gross_e8 - fees_e8) STORED,
  adverse_e8        INTEGER NOT NULL,
  favourable_e8     INTEGER NOT NULL,
  entry_reason      TEXT NOT NULL,
  exit_reason       TEXT,
  UNIQUE (bot, instrument, number)
) STRICT;
CREATE INDEX round_trips_closed ON round_trips(closed_at, id) WHERE closed_at IS NOT NULL;
CREATE INDEX round_trips_of_bot ON round_trips(bot, closed_at, id) WHERE closed_at IS NOT NULL;

CREATE TABLE round_trip_days(
  day     INTEGER NOT NULL,
  account TEXT NOT NULL,
  bot     TEXT NOT NULL,
  closed  INTEGER NOT NULL,
  wins    INTEGER NOT NULL,   -- net > 0
  losses  INTEGER NOT NULL,   -- net < 0
  won_e8  INTEGER NOT NULL,
  lost_e8 INTEGER NOT NULL,   -- not negative
  PRIMARY KEY (day, account, bot)
) STRICT, WITHOUT ROWID;

-- What each bot holds now. A flat row stays, for its life's realised profit and fees.
CREATE TABLE positions(
  bot          TEXT NOT NULL REFERENCES bots(id),
  instrument   TEXT NOT NULL REFERENCES instruments(id),
  account      TEXT NOT NULL REFERENCES accounts(id),
  quantity     INTEGER NOT NULL,               -- signed
  cost_e8      INTEGER NOT NULL CHECK (cost_e8 >= 0),
  realised_e8  INTEGER NOT NULL,
  fees_e8      INTEGER NOT NULL,
  stop_price   INTEGER,
  target_price INTEGER,
  round_trip   INTEGER REFERENCES round_trips(id),  -- the open one
  opened_at    INTEGER,
  updated_at   INTEGER NOT NULL,
  PRIMARY KEY (bot, instrument)
) STRICT, WITHOUT ROWID;
CREATE INDEX positions_open ON positions(account) WHERE quantity <> 0;

-- Open parcels, first in first out, and what closed them: the tax file's view beside the average cost.
CREATE TABLE lots(
  bot        TEXT NOT NULL,
  instrument TEXT NOT NULL,
  number     INTEGER NOT NULL,
  opened_at  INTEGER NOT NULL,
  quantity   INTEGER NOT NULL,                 -- signed, what is left of it; never 0
  price      INTEGER NOT NULL,
  PRIMARY KEY (bot, instrument, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE lot_closures(
  id          INTEGER PRIMARY KEY,
  bot         TEXT NOT NULL,
  instrument  TEXT NOT NULL,
  lot         INTEGER NOT NULL,
  trade       INTEGER NOT NULL REFERENCES trades(id),
  opened_at   INTEGER NOT NULL,
  closed_at   INTEGER NOT NULL,
  quantity    INTEGER NOT NULL CHECK (quantity > 0),
  open_price  INTEGER NOT NULL,
  close_price INTEGER NOT NULL,
  gross_e8    INTEGER NOT NULL
) STRICT;
CREATE INDEX lot_closures_of_trade ON lot_closures(trade);

CREATE TABLE decisions(
  id         INTEGER PRIMARY KEY,
  at         INTEGER NOT NULL,
  bot        TEXT NOT NULL,
  instrument TEXT NOT NULL,
  close      INTEGER NOT NULL,
  outcome    TEXT NOT NULL CHECK (outcome IN ('buy', 'sell', 'wait', 'hold', 'refused', 'warming', 'halted')),
  reason     TEXT NOT NULL,
  inputs     TEXT NOT NULL,   -- JSON object: indicator → number
  rules      TEXT NOT NULL,   -- JSON array of {rule, verdict, text}
  orders     TEXT NOT NULL    -- JSON array of client ids
) STRICT;
CREATE INDEX decisions_of_bot ON decisions(bot, instrument, id);

-- Worth of each bot in steps of 60, 3600 and 86400 s of market time: the last value and the extremes of each step.
CREATE TABLE equity(
  bot           TEXT NOT NULL,
  resolution    INTEGER NOT NULL CHECK (resolution IN (60, 3600, 86400)),
  at            INTEGER NOT NULL,              -- start of the step; of a day, 00:00 UTC of its calendar date
  day           INTEGER NOT NULL,
  equity_e8     INTEGER NOT NULL,
  low_e8        INTEGER NOT NULL,
  high_e8       INTEGER NOT NULL,
  unrealised_e8 INTEGER NOT NULL,
  realised_e8   INTEGER NOT NULL,
  fees_e8       INTEGER NOT NULL,
  PRIMARY KEY (bot, resolution, at)
) STRICT, WITHOUT ROWID;

CREATE TABLE prices(
  instrument TEXT NOT NULL PRIMARY KEY,
  at         INTEGER NOT NULL,
  wall_at    INTEGER NOT NULL,
  price      INTEGER NOT NULL,
  day        INTEGER NOT NULL,
  day_open   INTEGER NOT NULL,
  revision   INTEGER NOT NULL                  -- grows over all instruments, so that a follower sees what is new
) STRICT, WITHOUT ROWID;
CREATE INDEX prices_by_revision ON prices(revision);

CREATE TABLE latches(
  id        INTEGER PRIMARY KEY,
  scope     TEXT NOT NULL CHECK (scope IN ('account', 'bot', 'instrument')),
  key       TEXT NOT NULL,
  rule      TEXT NOT NULL,
  reason    TEXT NOT NULL,
  since     INTEGER NOT NULL,
  until_day INTEGER,
  lifted_at INTEGER
) STRICT;
CREATE UNIQUE INDEX latches_active ON latches(scope, key, rule) WHERE lifted_at IS NULL;

CREATE TABLE alerts(
  id          INTEGER PRIMARY KEY,
  key         TEXT NOT NULL,
  severity    TEXT NOT NULL CHECK (severity IN ('info', 'warn', 'error', 'critical')),
  bot         TEXT,
  title       TEXT NOT NULL,
  body        TEXT NOT NULL,
  first_at    INTEGER NOT NULL,
  last_at     INTEGER NOT NULL,
  count       INTEGER NOT NULL,
  resolved_at INTEGER
) STRICT;
CREATE UNIQUE INDEX alerts_open ON alerts(key) WHERE resolved_at IS NULL;

-- What the dashboard follows: every row is written in the transaction of what it tells.
CREATE TABLE events(
  seq         INTEGER PRIMARY KEY,
  at          INTEGER NOT NULL,
  recorded_at INTEGER NOT NULL,
  type        TEXT NOT NULL,   -- trade_executed, position_update, status_change, order_update, alert
  bot         TEXT,
  body        TEXT NOT NULL    -- JSON: ids of what to read, and the few facts a toast needs
) STRICT;

CREATE TABLE heartbeat(
  id            INTEGER PRIMARY KEY CHECK (id = 1),
  run           INTEGER NOT NULL,
  pid           INTEGER NOT NULL,
  started_at    INTEGER NOT NULL,
  at            INTEGER NOT NULL,             -- wall time of the beat
  market_at     INTEGER,
  cycle         INTEGER NOT NULL,
  state         TEXT NOT NULL,
  reason        TEXT,
  feed_heard_at INTEGER,
  loop_lag_ms   REAL NOT NULL
) STRICT;

-- The feed's identity and the place it goes on from; one row, written in the transaction of each step.
CREATE TABLE feed(
  id          INTEGER PRIMARY KEY CHECK (id = 1),
  kind        TEXT NOT NULL,
  label       TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  simulated   INTEGER NOT NULL CHECK (simulated IN (0, 1)),
  speed       REAL,                           -- market seconds per second; null: as fast as it is read
  place       INTEGER NOT NULL,
  at          INTEGER NOT NULL,
  faults      INTEGER NOT NULL,
  first_faults TEXT NOT NULL                  -- JSON array of {where, found, reason}
) STRICT;

-- The engine's own state by key, JSON; with `feed` it is where a new life goes on.
CREATE TABLE engine_state(
  key  TEXT NOT NULL PRIMARY KEY,
  body TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- What the Settings view may show: allow-listed and redacted by the trader; one row a change is the history.
CREATE TABLE settings_in_force(
  id   INTEGER PRIMARY KEY,
  at   INTEGER NOT NULL,
  hash TEXT NOT NULL,
  body TEXT NOT NULL
) STRICT;
