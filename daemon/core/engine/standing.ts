import type { BotRunState } from '../model/fact.ts';
import { barsNeeded } from './evaluate.ts';
import type { BotState, EngineState, Outcome } from './state.ts';

/** Tells how a bot stands when that has changed: the phone's word for it, and why. */
export function tellStanding(state: EngineState, bot: BotState, out: Outcome): void {
  const [runState, reason] = standingOf(state, bot);
  if (runState === bot.runState && reason === bot.runReason) return;
  bot.runState = runState;
  bot.runReason = reason;
  state.touched.add(`bot:${bot.config.id}`);
  out.facts.push({ kind: 'bot-state', at: state.at, bot: bot.config.id, state: runState, reason });
}

function standingOf(state: EngineState, bot: BotState): readonly [BotRunState, string] {
  if (state.stopping) return ['STOPPING', 'the daemon is stopping: no new positions'];
  if (bot.fault !== null) return ['HALTED', bot.fault];
  if (bot.latch !== null) return ['HALTED', bot.latch.reason];
  const warming = bot.cells.filter((cell) => cell.bars < barsNeeded(cell));
  if (warming.length === 0) return ['RUNNING', 'watching the market'];
  const needed = Math.max(...warming.map(barsNeeded));
  if (warming.length === bot.cells.length) return ['WARMING', `indicators need ${needed} bars before the first decision`];
  return ['RUNNING', `${warming.length} of ${bot.cells.length} instruments are still warming up`];
}
