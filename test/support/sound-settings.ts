/** A sound settings file as plain JSON, to be spoilt by tests. */
export function soundSettings() {
  return {
    name: 'Test',
    timezone: 'Asia/Kolkata',
    feed: { kind: 'simulated', seed: 1, speed: 60, timeframe: '1m' },
    instruments: [
      {
        id: 'SIM:BTCUSDT',
        base: 'BTC',
        quote: 'USDT',
        priceDecimals: 2,
        quantityDecimals: 5,
        tick: '0.01',
        lot: '0.00001',
        minNotional: '5',
      },
      { id: 'SIM:INFY', base: 'INFY', quote: 'INR', priceDecimals: 2, quantityDecimals: 0, tick: '0.05', lot: '1', calendar: 'NSE' },
    ],
    accounts: [
      { id: 'coins', venue: 'paper', mode: 'paper', capital: '100000' },
      { id: 'shares', venue: 'paper', mode: 'paper', capital: 500_000 },
    ],
    bots: [
      {
        id: 'rsi',
        strategy: 'rsi-mean-reversion',
        account: 'coins',
        instruments: ['SIM:BTCUSDT'],
        timeframe: '1m',
        capital: '50000',
        params: { period: 14 },
      },
      { id: 'ema', strategy: 'ema-cross', account: 'shares', instruments: ['SIM:INFY'], timeframe: '1m', capital: '50000' },
    ],
    risk: { maxOpenPositions: 10 },
    mobile: { host: '127.0.0.1', port: 0 },
    log: { level: 'info' },
  };
}

/** Values by path, `bots.0.capital`; undefined takes the key away. */
export type Changes = Readonly<Record<string, unknown>>;

/** The sound settings with some values changed. */
export function spoilt(changes: Changes): object {
  const settings = soundSettings();
  for (const [path, value] of Object.entries(changes)) {
    const keys = path.split('.');
    const last = keys.pop() ?? '';
    const holder = keys.reduce<object>((at, key) => Reflect.get(at, key) as object, settings);
    if (value === undefined) Reflect.deleteProperty(holder, last);
    else Reflect.set(holder, last, value);
  }
  return settings;
}
