import { didYouMean } from '../core/strategy/did-you-mean.ts';
import { type ParamValues, readParams } from '../core/strategy/params.ts';
import type { Registry } from '../core/strategy/registry.ts';
import type { ExitLimits, Strategy } from '../core/strategy/strategy.ts';
import type { Fault } from '../ports/refusal.ts';
import type { BotSettings, RiskSettings } from './schema.ts';

/** A bot's strategy and its parameters with every default filled in, or all that is wrong with them. */
export type StrategyCheck =
  | { readonly ok: true; readonly strategy: Strategy; readonly params: ParamValues }
  | { readonly ok: false; readonly faults: readonly Fault[] };

/**
 * Checks what only its strategy can tell of a bot: that there is such a strategy, that the parameters fit, and that its
 * promise and the exits put on the bot do not contradict each other.
 */
export function checkStrategy(bot: BotSettings, index: number, risk: RiskSettings, strategies: Registry): StrategyCheck {
  const path = `bots[${index}]`;
  const strategy = strategies.get(bot.strategy);
  if (strategy === null) return { ok: false, faults: [unknownStrategy(bot.strategy, `${path}.strategy`, strategies.ids)] };

  const read = readParams(strategy.params, bot.params, `${path}.params`);
  if (!read.ok)
    return { ok: false, faults: read.faults.map(({ path: at, found, expected, remedy }) => ({ path: at, found, expected, remedy })) };
  const contradictions = strategy.check(read.values, exitsOf(risk, bot.risk));
  if (contradictions.length === 0) return { ok: true, strategy, params: read.values };
  return { ok: false, faults: contradictions.map(({ param, ...fault }) => ({ path: `${path}.params.${param}`, ...fault })) };
}

function exitsOf(risk: RiskSettings, own: BotSettings['risk']): ExitLimits {
  const merged = (key: keyof ExitLimits): number | null => (own[key] === undefined ? risk[key] : own[key]);
  return { stopLossPct: merged('stopLossPct'), takeProfitPct: merged('takeProfitPct'), trailingStopPct: merged('trailingStopPct') };
}

function unknownStrategy(found: string, path: string, ids: readonly string[]): Fault {
  return {
    path,
    found,
    expected: `one of ${ids.join(', ')}`,
    remedy: didYouMean(found, ids) ?? 'name one of these, or put the strategy file into strategiesDir',
  };
}
