import type { BotStanding } from '../../../db/views/bots.ts';
import type { DecisionStanding } from '../../../db/views/decisions.ts';
import type { BotCard, DecisionItem } from '../../contract/index.ts';
import { moneyText, priceText } from './decimal.ts';
import { jsonArray, jsonObject } from './json.ts';
import { iso, timeframeText } from './time.ts';

/** A bot as a card. One that is no longer in the settings is OFF, whatever it said last. */
export function presentBot(bot: BotStanding, spark: readonly bigint[]): BotCard {
  return {
    id: bot.id,
    name: bot.name,
    strategy: bot.strategy,
    account: bot.account,
    mode: bot.mode,
    simulated: bot.simulated,
    currency: bot.currency,
    instruments: bot.instruments,
    timeframe: timeframeText(bot.timeframeMs),
    state: bot.active ? bot.state : 'OFF',
    reason: bot.active ? bot.reason : 'no longer in the settings',
    openPositions: bot.openPositions,
    todayNet: moneyText(bot.todayNetE8),
    totalNet: moneyText(bot.totalNetE8),
    capital: moneyText(bot.capitalE8),
    equity: moneyText(bot.equityE8),
    spark: spark.map(moneyText),
    updatedAt: iso(bot.updatedAt),
  };
}

/** A bot's parameters; values that are no plain ones are left out. */
export function presentParams(json: string): Readonly<Record<string, number | boolean | string | null>> {
  const params: Record<string, number | boolean | string | null> = {};
  for (const [key, value] of Object.entries(jsonObject(json))) {
    if (value === null || typeof value === 'number' || typeof value === 'boolean' || typeof value === 'string') params[key] = value;
  }
  return params;
}

/** Why a bar led to what it did. */
export function presentDecision(row: DecisionStanding): DecisionItem {
  return {
    id: row.id,
    at: iso(row.at),
    bot: row.bot,
    instrument: row.instrument,
    symbol: row.symbol,
    close: priceText(row.close, row.priceDecimals),
    outcome: row.outcome,
    reason: row.reason,
    inputs: inputs(row.inputs),
    rules: jsonArray(row.rules).flatMap(rule),
  };
}

function inputs(json: string): Readonly<Record<string, number>> {
  return Object.fromEntries(Object.entries(jsonObject(json)).filter((entry): entry is [string, number] => typeof entry[1] === 'number'));
}

function rule(value: unknown): DecisionItem['rules'] {
  if (typeof value !== 'object' || value === null) return [];
  const { rule: name, verdict, text } = value as Record<string, unknown>;
  if (typeof name !== 'string' || (verdict !== 'passed' && verdict !== 'shrunk' && verdict !== 'refused')) return [];
  return [{ rule: name, verdict, text: typeof text === 'string' ? text : null }];
}
