import type { AccountSettings, Settings } from './schema.ts';

type Needed = Pick<Settings, 'bots' | 'instruments' | 'currency'>;

/**
 * The currency an account is kept in: the one written, else the single quote currency of its bots' instruments, else
 * (no bots) the currency of the installation. Not ok: several quotes and nothing written, or nothing to tell it from.
 */
export function accountCurrency(
  account: Pick<AccountSettings, 'id' | 'currency'>,
  { bots, instruments, currency }: Needed,
): { readonly ok: true; readonly currency: string } | { readonly ok: false; readonly quotes: readonly string[] } {
  if (account.currency !== undefined) return { ok: true, currency: account.currency };
  const traded = new Set(bots.filter((bot) => bot.account === account.id).flatMap((bot) => bot.instruments));
  const quotes = [...new Set(instruments.filter(({ id }) => traded.has(id)).map(({ quote }) => quote))];
  const [only] = quotes.length === 0 && currency !== undefined ? [currency] : quotes;
  return only !== undefined && quotes.length <= 1 ? { ok: true, currency: only } : { ok: false, quotes };
}

/** The currency shown first: the one written, else the first account's; empty while there is no account. */
export function displayCurrency(settings: Settings): string {
  const [first] = settings.accounts;
  if (settings.currency !== undefined || first === undefined) return settings.currency ?? '';
  const derived = accountCurrency(first, settings);
  return derived.ok ? derived.currency : '';
}
