import type { Fault } from '../ports/refusal.ts';
import { instrumentFaults, moneyFaults } from './amount-faults.ts';
import { type Checkable, knownIds, unknownId } from './checkable.ts';
import { accountCurrency } from './currency.ts';
import { feedFaults } from './feed-faults.ts';
import type { AccountSettings, BotSettings } from './schema.ts';

/** Checks what no entry can tell of itself: references, doubles, currencies, what the feed offers, and the grain of amounts. */
export function crossCheck(settings: Checkable): Fault[] {
  return [
    ...doubles(settings.instruments, 'instruments'),
    ...doubles(settings.accounts, 'accounts'),
    ...doubles(settings.bots, 'bots'),
    ...settings.instruments.flatMap((entry, index) =>
      instrumentFaults(entry ?? settings.broken?.instrumentParts[index] ?? {}, `instruments[${index}]`),
    ),
    ...moneyFaults(settings),
    ...settings.bots.flatMap((bot, index) => (bot === null ? [] : referenceFaults(bot, `bots[${index}]`, settings))),
    ...settings.accounts.flatMap((account, index) => (account === null ? [] : currencyFaults(account, index, settings))),
    ...feedFaults(settings),
  ];
}

function doubles(list: readonly ({ readonly id: string } | null)[], name: string): Fault[] {
  const first = new Map<string, number>();
  return list.flatMap((entry, index) => {
    if (entry === null) return [];
    const earlier = first.get(entry.id);
    if (earlier === undefined) first.set(entry.id, index);
    if (earlier === undefined) return [];
    return [
      {
        path: `${name}[${index}].id`,
        found: entry.id,
        expected: 'an id of its own',
        remedy: `${name}[${earlier}] has it already; rename one of them`,
      },
    ];
  });
}

function referenceFaults(bot: BotSettings, path: string, settings: Checkable): Fault[] {
  const accounts = knownIds(settings, 'accounts');
  const instruments = knownIds(settings, 'instruments');
  const faults = accounts.includes(bot.account) ? [] : [unknownId(`${path}.account`, bot.account, accounts, 'accounts')];
  for (const [index, id] of bot.instruments.entries()) {
    const at = `${path}.instruments[${index}]`;
    if (!instruments.includes(id)) faults.push(unknownId(at, id, instruments, 'instruments'));
    else if (bot.instruments.indexOf(id) < index)
      faults.push({ path: at, found: id, expected: 'each instrument once', remedy: 'remove the second mention' });
  }
  return faults;
}

/** An account has one currency, and what its bots trade is quoted in it: sums over currencies would be invented numbers. */
function currencyFaults(account: AccountSettings, index: number, settings: Checkable): Fault[] {
  const instruments = settings.instruments.filter((entry) => entry !== null);
  const bots = settings.bots.filter((bot) => bot !== null);
  const derived = accountCurrency(account, { bots, instruments, currency: settings.currency });
  if (!derived.ok && derived.quotes.length === 0) {
    // A fault of its own names what is broken or misspelt; the currency may well follow from that.
    if (settings.bots.includes(null) || settings.instruments.includes(null) || settings.bots.some((bot) => isLost(bot, settings)))
      return [];
    return [
      {
        path: `accounts[${index}].currency`,
        found: 'nothing',
        expected: 'a currency, as no bot tells it',
        remedy: 'write it, e.g. "currency": "USDT"',
      },
    ];
  }
  if (!derived.ok) {
    const found = `instruments quoted in ${derived.quotes.join(' and ')}`;
    return [
      { path: `accounts[${index}].currency`, found, expected: 'one quote currency', remedy: 'give each currency an account of its own' },
    ];
  }
  const quoteOf = new Map(instruments.map(({ id, quote }) => [id, quote]));
  return settings.bots.flatMap((bot, botIndex) => {
    if (bot === null || bot.account !== account.id) return [];
    return bot.instruments.flatMap((id, at) => {
      const quote = quoteOf.get(id);
      if (quote === undefined || quote === derived.currency) return [];
      const remedy = `put the bot on an account in ${quote}`;
      return [
        {
          path: `bots[${botIndex}].instruments[${at}]`,
          found: `${id}, quoted in ${quote}`,
          expected: `an instrument quoted in ${derived.currency}, the currency of account ${account.id}`,
          remedy,
        },
      ];
    });
  });
}

/** Whether a bot refers to something that is not there. */
function isLost(bot: BotSettings | null, settings: Checkable): boolean {
  return bot !== null && referenceFaults(bot, '', settings).length > 0;
}
