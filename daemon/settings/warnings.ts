import { isIP } from 'node:net';
import { MONEY_DECIMALS, parseDecimal } from '../core/model/money.ts';
import { amountInWords } from './amount-words.ts';
import { accountCurrency } from './currency.ts';
import type { AccountSettings, BotSettings, Settings } from './schema.ts';

/** What is allowed in sound settings and perhaps not meant, each in one sentence. */
export function settingsWarnings(settings: Settings): readonly string[] {
  return [...settings.accounts.flatMap((account, index) => ofCapital(account, index, settings)), ...ofHost(settings.mobile.host)];
}

/** Bots may be given more than their account has: orders are then refused for want of cash, which looks like a bot at rest. */
function ofCapital(account: AccountSettings, index: number, settings: Settings): string[] {
  const bots = settings.bots.filter((bot) => bot.enabled && bot.account === account.id);
  const derived = accountCurrency(account, settings);
  const words = (amount: string): string => amountInWords(amount, derived.ok ? derived.currency : '');
  const has = units(account.capital);
  const tooLarge = (bot: BotSettings): boolean => units(bot.capital) > has;
  const single = settings.bots.flatMap((bot, at) =>
    bots.includes(bot) && tooLarge(bot)
      ? [`bots[${at}].capital: ${words(bot.capital)} is more than the ${words(account.capital)} of its account ${account.id}`]
      : [],
  );
  const sum = bots.reduce((total, bot) => total + units(bot.capital), 0n);
  if (sum <= has || single.length > 0) return single;
  const together = words(plain(sum));
  return [`accounts[${index}].capital: its bots are given ${together} together, the account ${account.id} has ${words(account.capital)}`];
}

function ofHost(host: string): string[] {
  if (host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'))) return [];
  return [
    `mobile.host: the dashboard is reached from other machines at ${host}, without HTTPS; leave it at 127.0.0.1 and put nginx before it`,
  ];
}

function units(amount: string): bigint {
  const parsed = parseDecimal(amount, MONEY_DECIMALS);
  if (!parsed.ok) throw new TypeError(`${amount}: the amount was not checked`);
  return parsed.value;
}

function plain(amount: bigint): string {
  const digits = String(amount).padStart(MONEY_DECIMALS + 1, '0');
  return `${digits.slice(0, -MONEY_DECIMALS)}.${digits.slice(-MONEY_DECIMALS)}`;
}
