import type { BotCard, Figures, Home, LogLine, Logs, PositionItem, PositionPage, Positions, SettingsView, SystemStatus, TradeItem, Trades } from '../../../mobile/contract/index.ts';

/** The market's day in everything canned: Friday, 21 November 2025, in India. */
export const DAY = '2025-11-21';
const MARKET = '2025-11-21T09:02:08.000Z';

/** How a canned daemon differs from a healthy one. Instants are milliseconds. */
export interface CannedState {
  readonly now: number;
  readonly beatAt: number;
  readonly everySeconds: number;
  /** Put in every place where a name or a sentence of someone else can stand. */
  readonly text: string | null;
  readonly empty: boolean;
}

export function cannedStatus(state: CannedState): SystemStatus {
  return {
    link: 'online',
    state: 'RUNNING',
    reason: null,
    crashLoop: null,
    name: state.text ?? 'My bots',
    version: '0.1.0',
    startedAt: iso(state.now - 11_520_000),
    beatAt: iso(state.beatAt),
    beatEverySeconds: state.everySeconds,
    serverNow: iso(state.now),
    marketAt: MARKET,
    feedHeardAt: iso(state.now - 900),
    feed: { kind: 'simulated', label: 'Simulated market, seed 7', simulated: true, speed: 60, faults: 0 },
    cycle: 1284,
    timeZone: 'Asia/Kolkata',
    seq: 40,
  };
}

export function cannedHome(state: CannedState): Home {
  return {
    status: cannedStatus(state),
    figures: state.empty ? [figures('INR', [])] : [figures('INR', curve()), usdt()],
    sentiment: { value: null, word: 'no data', note: 'No source of market sentiment is connected.', at: null },
    bots: state.empty ? [bot(state, { openPositions: 0 })] : [bot(state, {}), bot(state, { id: 'orb', name: 'Opening Range', instruments: ['NSE:BANKNIFTY'], todayNet: '-1206.75', totalNet: '-842.1', spark: ['5', '4', '4.4', '3', '3.2', '2'], state: 'HALTED', reason: 'daily loss limit reached: 5.02 % of 5 %' })],
    lastTrades: state.empty ? [] : cannedTrades(state).slice(0, 10),
  };
}

export function cannedPositions(state: CannedState): Positions {
  if (state.empty) return { items: [], totals: [] };
  const items = [
    position(state, {}),
    position(state, { id: 2, symbol: 'HDFCBANK', quantity: '55', entry: '968.4', current: '981.15', profit: '701.25', profitPercent: 1.32, stop: '949', target: '1002', cost: '53262', value: '53963.25' }),
    position(state, { id: 3, symbol: 'INFY', quantity: '60', entry: '1498', current: '1489.2', profit: '-528', profitPercent: -0.59, stop: '1468', target: '1556', source: 'MANUAL', botName: 'by you', cost: '89880', value: '89352' }),
    position(state, { id: 4, symbol: 'BTCUSDT', exchange: 'BINANCE', currency: 'USDT', quantity: '0.0142', entry: '97310.20', current: '97644.10', profit: '4.74138', profitPercent: 0.34, stop: '94800.00', target: null, instrument: 'BINANCE:BTCUSDT', botName: 'BTC Grid', cost: '1381.80484', value: '1386.54622' }),
  ];
  return {
    items,
    totals: [
      { currency: 'INR', mode: 'paper', simulated: true, positions: 3, cost: '199634', value: '200589.25', profit: '955.25', profitPercent: 0.48 },
      { currency: 'USDT', mode: 'paper', simulated: true, positions: 1, cost: '1381.80484', value: '1386.54622', profit: '4.74138', profitPercent: 0.34 },
    ],
  };
}

export function cannedPositionPage(state: CannedState, id: number): PositionPage | null {
  const item = cannedPositions(state).items.find((one) => one.id === id);
  if (item === undefined) return null;
  return {
    position: item,
    entryReason: state.text ?? 'RSI 31.4 is below 35',
    closedAt: null,
    net: '-28.25',
    currency: item.currency,
    symbol: item.symbol,
    exchange: item.exchange,
    lots: [{ number: 1, openedAt: '2025-11-21T05:30:00.000Z', quantity: item.quantity, price: item.entry }],
    orders: [
      { id: 'rsi-dip-12', slot: 'entry', side: 'BUY', type: 'market', quantity: item.quantity, filled: item.quantity, limit: null, trigger: null, status: 'filled', reason: state.text ?? 'RSI 31.4 is below 35', outcome: null, createdAt: '2025-11-21T05:30:00.000Z', updatedAt: '2025-11-21T05:30:01.000Z' },
      { id: 'rsi-dip-13', slot: 'stop', side: 'SELL', type: 'stop', quantity: item.quantity, filled: '0', limit: null, trigger: item.stop, status: 'working', reason: 'stop-loss 5 %', outcome: null, createdAt: '2025-11-21T05:30:01.000Z', updatedAt: '2025-11-21T05:30:01.000Z' },
    ],
    trades: cannedTrades(state).filter((trade) => trade.roundTrip === id).slice(0, 3),
  };
}

const ROWS: readonly (readonly [at: string, symbol: string, side: 'BUY' | 'SELL', quantity: string, price: string, net: string, source: 'BOT' | 'MANUAL'])[] = [
  ['2025-11-21T09:01:00.000Z', 'TATAMOTORS', 'SELL', '120', '742.6', '1548', 'BOT'],
  ['2025-11-21T08:48:00.000Z', 'INFY', 'BUY', '60', '1498', '-21.4', 'MANUAL'],
  ['2025-11-21T08:25:00.000Z', 'BANKNIFTY 56900 PE', 'SELL', '35', '241.05', '-2412.5', 'BOT'],
  ['2025-11-21T07:32:00.000Z', 'AXISBANK', 'SELL', '75', '1204.4', '986.25', 'BOT'],
  ['2025-11-21T06:17:00.000Z', 'BTCUSDT', 'SELL', '0.0088', '97702.50', '18.42', 'BOT'],
  ['2025-11-20T09:44:00.000Z', 'SBIN', 'SELL', '90', '871.15', '-2140.95', 'BOT'],
  ['2025-11-20T04:52:00.000Z', 'WIPRO', 'SELL', '160', '241.85', '0', 'MANUAL'],
];

/** Newest first: the rows above, then enough older ones for three pages. */
export function cannedTrades(state: CannedState): readonly TradeItem[] {
  if (state.empty) return [];
  const told = ROWS.map((row, index) => trade(state, 300 - index, row));
  const older = Array.from({ length: 230 }, (_, index) => {
    const at = new Date(Date.UTC(2025, 10, 19, 9) - index * 1_800_000).toISOString();
    return trade(state, 293 - index, [at, 'RELIANCE', index % 2 === 0 ? 'SELL' : 'BUY', '40', '1412.3', index % 2 === 0 ? '12.5' : '-3.5', 'BOT']);
  });
  return [...told, ...older];
}

/** A page under a filter as the server would answer. */
export function cannedTradePage(state: CannedState, query: URLSearchParams): Trades {
  const is = (name: string, value: string): boolean => (query.get(name) ?? value) === value;
  const all = cannedTrades(state);
  const found = all.filter((one) => is('side', one.side) && is('source', one.source) && is('symbol', one.instrument) && one.day >= (query.get('from') ?? '') && one.day <= (query.get('to') ?? '9'));
  const cursor = query.get('cursor');
  const from = cursor === null ? 0 : Number(cursor);
  const limit = Number(query.get('limit') ?? 100);
  const items = found.slice(from, from + limit);
  const sum = (rows: readonly TradeItem[]): string => String(Math.round(rows.reduce((total, one) => total + Number(one.net) * 100, 0)) / 100);
  const totalOf = (rows: readonly TradeItem[]): Trades['days'][number]['totals'] =>
    ['INR', 'USDT'].flatMap((currency) => {
      const own = rows.filter((one) => one.currency === currency);
      return own.length === 0 ? [] : [{ currency, mode: 'paper' as const, trades: own.length, net: sum(own) }];
    });
  const days = [...new Set(items.map((one) => one.day))];
  return {
    items,
    next: from + limit < found.length ? String(from + limit) : null,
    summary: cursor === null ? { count: found.length, totals: totalOf(found).map((one) => ({ ...one, notional: '0', gross: one.net, fees: '0' })) } : null,
    total: cursor === null ? all.length : null,
    days: days.map((day) => ({ day, totals: totalOf(found.filter((one) => one.day === day)) })),
    symbols: [...new Map(all.map((one) => [one.instrument, { instrument: one.instrument, symbol: one.symbol, exchange: one.exchange }])).values()],
  };
}

export function cannedLogs(state: CannedState, query: URLSearchParams): Logs {
  const lines: LogLine[] = Array.from({ length: 60 }, (_, index) => ({
    at: iso(state.now - (60 - index) * 1000),
    level: index === 52 ? 'error' : index % 17 === 16 ? 'warn' : 'info',
    process: 'trader',
    message: state.text ?? (index === 52 ? 'quote refused, retry 1 of 3 in 2 s' : index % 17 === 16 ? 'rate limit 9 of 10, waiting 210 ms' : index % 5 === 4 ? 'SELL TATAMOTORS 120 @ 742.60 filled' : 'candle closed'),
    fields: `instrument=NSE:RELIANCE bar=${index} close=1431.85`,
  }));
  const rank = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'];
  const least = rank.indexOf(query.get('level') ?? 'trace');
  const word = query.get('q') ?? '';
  return { lines: lines.filter((line) => rank.indexOf(line.level) >= least && `${line.message} ${line.fields}`.includes(word)), truncated: false, file: 'daemon.log', bytes: 9000 };
}

export function cannedSettings(state: CannedState): SettingsView {
  const item = (path: string, label: string, value: string, source: 'file' | 'default' = 'file') => ({ path, label, value: state.text ?? value, source });
  return {
    at: iso(state.now - 60_000),
    file: 'settings.json',
    groups: [
      { id: 'capital', title: 'Capital', items: [item('accounts.paper.capital', 'Capital of paper', '7,50,000.00 INR')] },
      { id: 'risk', title: 'Risk', items: [item('risk.maxOpenPositions', 'Most open positions', '10'), item('risk.dailyLossLimitPct', 'Daily loss limit', '5 %'), item('risk.trailingStopPct', 'Trailing stop', 'off', 'default')] },
      { id: 'broker', title: 'Broker', items: [item('accounts.paper.venue', 'Venue of paper', 'paper')] },
      { id: 'strategies', title: 'Strategies', items: [item('bots.rsi-dip', 'RSI Dip', 'rsi-mean-reversion on NSE:RELIANCE, 1h')] },
    ],
  };
}

function figures(currency: string, points: Figures['curve']): Figures {
  const isIdle = points.length === 0;
  return {
    currency,
    mode: 'paper',
    simulated: true,
    day: DAY,
    todayNet: isIdle ? '0' : '6284.35',
    todayRealised: isIdle ? '0' : '4123.35',
    todayOpen: isIdle ? '0' : '2161',
    todayPercent: isIdle ? 0 : 0.84,
    tradesToday: isIdle ? 0 : 6,
    tradesTodayBot: isIdle ? 0 : 5,
    tradesTodayManual: isIdle ? 0 : 1,
    winsToday: isIdle ? 0 : 4,
    lossesToday: isIdle ? 0 : 1,
    closedToday: isIdle ? 0 : 5,
    activePositions: isIdle ? 0 : 3,
    capitalUsed: isIdle ? '0' : '210779.75',
    capital: '750000',
    capitalUsedPercent: isIdle ? 0 : 28.1,
    openProfit: isIdle ? '0' : '955.25',
    equity: '756284.35',
    curve: points,
  };
}

function usdt(): Figures {
  return { ...figures('USDT', curve().map((point) => ({ ...point, net: String(-Number(point.net) / 500) }))), todayNet: '-12.5687', todayRealised: '18.42', todayOpen: '-30.9887', todayPercent: -0.12, activePositions: 1, capitalUsed: '1381.8', capitalUsedPercent: 13.8 };
}

function curve(): Figures['curve'] {
  return Array.from({ length: 90 }, (_, index) => ({
    at: new Date(Date.UTC(2025, 10, 21, 3, 45) + index * 210_000).toISOString(),
    net: (6284.35 * (index / 89) ** 1.3 + Math.sin(index / 4) * 420 * (1 - index / 120) - (index > 8 && index < 20 ? 500 : 0)).toFixed(2),
  }));
}

function bot(state: CannedState, own: Partial<BotCard>): BotCard {
  return {
    id: 'rsi-dip',
    name: state.text ?? 'RSI Dip',
    strategy: 'rsi-mean-reversion',
    account: 'paper',
    mode: 'paper',
    simulated: true,
    currency: 'INR',
    instruments: ['NSE:RELIANCE', 'NSE:HDFCBANK'],
    timeframe: '5m',
    state: 'RUNNING',
    reason: '',
    openPositions: 2,
    todayNet: '8019.1',
    totalNet: '15210.4',
    capital: '500000',
    equity: '515210.4',
    spark: ['1', '1.4', '1.2', '2', '2.6', '2.4', '3'],
    updatedAt: iso(state.now),
    ...own,
  };
}

function position(state: CannedState, own: Partial<PositionItem>): PositionItem {
  return {
    id: 1,
    bot: 'rsi-dip',
    botName: state.text ?? 'RSI Dip',
    account: 'paper',
    mode: 'paper',
    simulated: true,
    instrument: `NSE:${own.symbol ?? 'RELIANCE'}`,
    symbol: state.text ?? 'RELIANCE',
    exchange: 'NSE',
    currency: 'INR',
    direction: 'long',
    quantity: '40',
    entry: '1412.30',
    current: '1431.85',
    currentAt: MARKET,
    currentHeardAt: iso(state.now - 900),
    cost: '56492',
    value: '57274',
    profit: '782',
    profitPercent: 1.38,
    stop: '1385',
    target: '1460',
    source: 'BOT',
    openedAt: '2025-11-21T05:30:00.000Z',
    ...own,
  };
}

function trade(state: CannedState, id: number, [at, symbol, side, quantity, price, net, source]: (typeof ROWS)[number]): TradeItem {
  const isCrypto = symbol === 'BTCUSDT';
  return {
    id,
    at,
    day: new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Kolkata' }).format(new Date(at)),
    account: 'paper',
    mode: 'paper',
    simulated: true,
    bot: 'rsi-dip',
    botName: 'RSI Dip',
    instrument: isCrypto ? 'BINANCE:BTCUSDT' : `NSE:${symbol}`,
    symbol: state.text ?? symbol,
    exchange: isCrypto ? 'BINANCE' : 'NSE',
    currency: isCrypto ? 'USDT' : 'INR',
    side,
    quantity,
    price,
    notional: '1000',
    fee: '21.4',
    source,
    reason: state.text ?? 'RSI 66.1 is above 65',
    gross: net,
    net,
    closes: side === 'SELL',
    positionAfter: side === 'SELL' ? '0' : quantity,
    order: `order-${id}`,
    roundTrip: symbol === 'INFY' ? 3 : symbol === 'RELIANCE' ? 1 : null,
    roundTripNet: symbol === 'TATAMOTORS' ? '-12.35' : null,
  };
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
