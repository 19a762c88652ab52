import { MONEY_DECIMALS, parseDecimal } from '../core/model/money.ts';
import type { Fault } from '../ports/refusal.ts';
import type { Checkable } from './checkable.ts';
import type { InstrumentSettings } from './schema.ts';

/** The ledger keeps amounts as 64-bit integers of 1e-8; ten thousand million leaves room for a ninefold gain. */
const MOST_MONEY = '10000000000';

/** Faults of an instrument's grain, e.g. a tick finer than its prices are written; of a broken entry, in those values that could be read. */
export function instrumentFaults(entry: Partial<InstrumentSettings>, path: string): Fault[] {
  const { priceDecimals = null, quantityDecimals = null, tick, lot, minQuantity, maxQuantity, minNotional } = entry;
  const faults = [
    ...grain(tick, priceDecimals, `${path}.tick`, 'priceDecimals'),
    ...grain(lot, quantityDecimals, `${path}.lot`, 'quantityDecimals'),
    ...grain(minQuantity, quantityDecimals, `${path}.minQuantity`, 'quantityDecimals'),
    ...grain(maxQuantity, quantityDecimals, `${path}.maxQuantity`, 'quantityDecimals'),
    ...amount(minNotional, `${path}.minNotional`),
  ];
  if (quantityDecimals === null) return faults;
  const smallest = scaled(minQuantity ?? lot, quantityDecimals) ?? 1n;
  const largest = scaled(maxQuantity, quantityDecimals);
  if (largest !== null && largest < smallest) {
    faults.push({
      path: `${path}.maxQuantity`,
      found: maxQuantity,
      expected: 'at least minQuantity',
      remedy: 'raise maxQuantity or lower minQuantity',
    });
  }
  return faults;
}

/** Faults of the amounts of money. */
export function moneyFaults(settings: Checkable): Fault[] {
  return [
    ...settings.accounts.flatMap((account, index) => amount(account?.capital, `accounts[${index}].capital`)),
    ...settings.bots.flatMap((bot, index) => [
      ...amount(bot?.capital, `bots[${index}].capital`),
      ...amount(bot?.risk.maxPositionAmount, `bots[${index}].risk.maxPositionAmount`),
    ]),
    ...amount(settings.risk?.maxPositionAmount, 'risk.maxPositionAmount'),
  ];
}

/** A decimal that must be a multiple of 10^-decimals; nothing to say where either is not there. */
export function grain(text: string | null | undefined, decimals: number | null, path: string, key: string): Fault[] {
  if (text === null || text === undefined || decimals === null) return [];
  const parsed = parseDecimal(text, decimals);
  if (!parsed.ok)
    return [
      { path, found: text, expected: `at most ${decimals} decimals, as ${key} says`, remedy: `raise ${key}, or write fewer decimals` },
    ];
  if (parsed.value <= 10n ** 17n) return [];
  return [{ path, found: text, expected: `at most ${10n ** BigInt(17 - decimals)}`, remedy: 'lower it, or keep fewer decimals' }];
}

function amount(text: string | null | undefined, path: string): Fault[] {
  if (text === null || text === undefined) return [];
  const parsed = parseDecimal(text, MONEY_DECIMALS);
  if (!parsed.ok) return [{ path, found: text, expected: `at most ${MONEY_DECIMALS} decimals`, remedy: 'write fewer decimals' }];
  if (parsed.value <= BigInt(MOST_MONEY) * 10n ** BigInt(MONEY_DECIMALS)) return [];
  return [{ path, found: text, expected: `at most ${MOST_MONEY}`, remedy: 'lower it; larger amounts do not fit the ledger' }];
}

function scaled(text: string | null | undefined, decimals: number): bigint | null {
  const parsed = text === null || text === undefined ? null : parseDecimal(text, decimals);
  return parsed?.ok === true ? parsed.value : null;
}
