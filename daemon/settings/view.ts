import type { ParamDeclarations } from '../core/strategy/params.ts';
import type { Registry } from '../core/strategy/registry.ts';
import { amountInWords } from './amount-words.ts';
import { accountCurrency, displayCurrency } from './currency.ts';
import type { Defaults } from './read.ts';
import type { AccountSettings, BotSettings, RiskSettings, Settings } from './schema.ts';

/** One value in force, and where it comes from. */
export interface ViewItem {
  readonly path: string;
  readonly label: string;
  readonly value: string;
  readonly source: 'file' | 'default';
}
export interface ViewGroup {
  readonly id: 'general' | 'capital' | 'risk' | 'broker' | 'strategies';
  readonly title: string;
  readonly items: readonly ViewItem[];
}
/** What people may see of the settings in force. */
export interface SettingsInForce {
  readonly file: string;
  readonly groups: readonly ViewGroup[];
}

/**
 * The settings in force as people may see them, in the groups of the dashboard's Settings page. An allow-list: each value
 * is named here one by one, so that a secret added to the schema later cannot get in by itself.
 *
 * @param strategies where given, parameters are called as their strategy labels them, else by their names
 */
export function settingsView(settings: Settings, defaults: Defaults, file: string, strategies: Registry | null = null): SettingsInForce {
  const item = (path: string, label: string, value: unknown): ViewItem => ({
    path,
    label,
    value: inWords(value),
    source: sourceOf(path, defaults),
  });
  return {
    file,
    groups: [
      { id: 'general', title: 'General', items: general(settings, item) },
      { id: 'capital', title: 'Capital', items: capital(settings, item) },
      { id: 'risk', title: 'Risk', items: risk(settings, item) },
      { id: 'broker', title: 'Broker and prices', items: broker(settings, item) },
      { id: 'strategies', title: 'Strategies', items: settings.bots.flatMap((bot, index) => strategy(bot, `bots[${index}]`, item, strategies)) },
    ],
  };
}

type Item = (path: string, label: string, value: unknown) => ViewItem;

function general(settings: Settings, item: Item): ViewItem[] {
  return [
    item('name', 'Name', settings.name),
    item('timezone', 'Time zone', settings.timezone),
    item('currency', 'Currency shown first', displayCurrency(settings)),
    item('mobile.host', 'Dashboard address', settings.mobile.host),
    item('mobile.port', 'Dashboard port', settings.mobile.port),
    item('mobile.trustedProxies', 'Trusted proxies', settings.mobile.trustedProxies),
    item('log.level', 'Log level', settings.log.level),
  ];
}

function capital(settings: Settings, item: Item): ViewItem[] {
  const accounts = settings.accounts.flatMap((account, index) => [
    item(`accounts[${index}].capital`, `Capital of ${account.id}`, amountInWords(account.capital, currencyOf(account, settings))),
  ]);
  const bots = settings.bots.map((bot, index) =>
    item(`bots[${index}].capital`, `Capital of ${bot.name ?? bot.id}`, amountInWords(bot.capital, currencyOfBot(bot, settings))),
  );
  return [...accounts, ...bots];
}

const LIMITS: readonly (readonly [keyof RiskSettings, string, string])[] = [
  ['maxOpenPositions', 'Most open positions', ''],
  ['maxPositionPct', 'Largest position', ' % of capital'],
  ['maxPositionAmount', 'Largest position, amount', ''],
  ['dailyLossLimitPct', 'Daily loss limit', ' %'],
  ['stopLossPct', 'Stop-loss', ' %'],
  ['takeProfitPct', 'Take-profit', ' %'],
  ['trailingStopPct', 'Trailing stop', ' %'],
  ['catastrophicStopPct', 'Catastrophic stop', ' %'],
  ['staleAfterBars', 'Prices are stale after', ' bars'],
  ['maxOrdersPerMinute', 'Most entry orders', ' a minute'],
];

function risk(settings: Settings, item: Item): ViewItem[] {
  const common = LIMITS.map(([key, label, unit]) => item(`risk.${key}`, label, limit(key, settings.risk[key], unit, '')));
  const own = settings.bots.flatMap((bot, index) =>
    LIMITS.flatMap(([key, label, unit]) => {
      const value = bot.risk[key];
      if (value === undefined) return [];
      const words = limit(key, value, unit, currencyOfBot(bot, settings));
      return [item(`bots[${index}].risk.${key}`, `${label}, ${bot.name ?? bot.id}`, words)];
    }),
  );
  return [...common, ...own];
}

function broker(settings: Settings, item: Item): ViewItem[] {
  const { feed } = settings;
  const feedItems =
    feed.kind === 'simulated'
      ? [
          item('feed.kind', 'Prices', 'SIMULATED'),
          item('feed.seed', 'Seed', feed.seed),
          item('feed.speed', 'Speed', `${feed.speed}×`),
          item('feed.timeframe', 'Bars', feed.timeframe),
        ]
      : [
          item('feed.kind', 'Prices', 'replay of files'),
          item('feed.speed', 'Speed', feed.speed === 'max' ? 'as fast as read' : `${feed.speed}×`),
          ...feed.files.map((entry, index) =>
            item(`feed.files[${index}].path`, `${entry.instrument} ${entry.timeframe}`, lastPart(entry.path)),
          ),
        ];
  const accounts = settings.accounts.flatMap((account, index) => [
    item(`accounts[${index}].venue`, `Venue of ${account.id}`, account.venue),
    item(`accounts[${index}].mode`, `Mode of ${account.id}`, account.mode),
    item(`accounts[${index}].slippagePct`, `Slippage of ${account.id}`, `${account.slippagePct} %`),
    item(`accounts[${index}].spreadPct`, `Spread of ${account.id}`, `${account.spreadPct} %`),
  ]);
  return [...feedItems, ...accounts];
}

function strategy(bot: BotSettings, path: string, item: Item, strategies: Registry | null): ViewItem[] {
  const name = bot.name ?? bot.id;
  const declared = strategies?.get(bot.strategy)?.params ?? {};
  return [
    item(`${path}.enabled`, name, bot.enabled ? 'on' : 'off'),
    item(`${path}.strategy`, `${name}: strategy`, bot.strategy),
    item(`${path}.account`, `${name}: account`, bot.account),
    item(`${path}.instruments`, `${name}: instruments`, bot.instruments),
    item(`${path}.timeframe`, `${name}: bars`, bot.timeframe),
    ...Object.entries(bot.params).map(([key, value]) => item(`${path}.params.${key}`, `${name}: ${labelOf(key, declared)}`, value)),
  ];
}

/** `Buy at or below (RSI)`; the bare name where nothing is declared. */
function labelOf(key: string, declared: ParamDeclarations): string {
  const { label = key, unit } = (Object.hasOwn(declared, key) ? declared[key] : undefined) ?? {};
  return unit === undefined ? label : `${label} (${unit})`;
}

/** @param currency empty where the limit holds in each account's own */
function limit(key: keyof RiskSettings, value: string | number | null, unit: string, currency: string): string {
  if (value === null) return 'off';
  return key === 'maxPositionAmount' ? amountInWords(String(value), currency) : `${value}${unit}`;
}

function currencyOfBot(bot: BotSettings, settings: Settings): string {
  const account = settings.accounts.find(({ id }) => id === bot.account);
  return account === undefined ? '' : currencyOf(account, settings);
}

function currencyOf(account: AccountSettings, settings: Settings): string {
  const derived = accountCurrency(account, settings);
  return derived.ok ? derived.currency : '';
}

function inWords(value: unknown): string {
  if (Array.isArray(value)) return value.map(String).join(', ');
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value);
}

/** A file's name without its folders, which are nobody's business on a phone. */
function lastPart(path: string): string {
  return path.split('/').at(-1) ?? path;
}

function sourceOf(path: string, defaults: Defaults): 'file' | 'default' {
  return defaults.has(path) ? 'default' : 'file';
}
