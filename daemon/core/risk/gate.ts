import type { RuleVerdict } from '../model/decision.ts';
import { absolute, quantity } from '../model/money.ts';
import type { Approved } from '../model/order.ts';
import type { Intent } from '../engine/intent.ts';
import type { GateView } from './rule.ts';
import { ENTRY_RULES } from './rules.ts';

export interface Vetted {
  /** What may leave, perhaps smaller than it was asked for; null when a rule refused it. */
  readonly approved: Approved<Intent> | null;
  readonly verdicts: readonly RuleVerdict[];
}

/**
 * Takes an intent past every rule in order. A reduce-only intent passes no entry rule, because no limit may trap a
 * position; but it must reduce: never the wrong way, never more than is held. The only maker of `Approved`, so that
 * nothing reaches a venue around it.
 */
export function vet(intent: Intent, view: GateView): Vetted {
  if (intent.reduceOnly) return vetReduction(intent, view);
  let asked = intent;
  const verdicts: RuleVerdict[] = [];
  for (const { code, rule } of ENTRY_RULES) {
    const ruling = rule(asked, view);
    if (ruling.kind === 'refuse') {
      verdicts.push({ rule: code, verdict: 'refused', text: ruling.text });
      return { approved: null, verdicts };
    }
    if (ruling.kind === 'shrink') {
      asked = { ...asked, quantity: ruling.quantity };
      verdicts.push({ rule: code, verdict: 'shrunk', text: ruling.text });
    } else {
      verdicts.push({ rule: code, verdict: 'passed', text: null });
    }
  }
  return { approved: approve(asked), verdicts };
}

function vetReduction(intent: Intent, { cell }: GateView): Vetted {
  const held = cell.position.quantity;
  const reduces = held !== 0n && held > 0n === (intent.side === 'SELL') && intent.quantity > 0n;
  if (!reduces) return { approved: null, verdicts: [{ rule: 'REDUCE_ONLY', verdict: 'refused', text: 'there is no position that it would reduce' }] };
  const size = quantity(absolute(held));
  if (intent.quantity <= size) return { approved: approve(intent), verdicts: [] };
  const verdict: RuleVerdict = { rule: 'REDUCE_ONLY', verdict: 'shrunk', text: 'cut to what is held' };
  return { approved: approve({ ...intent, quantity: size }), verdicts: [verdict] };
}

const approve = (intent: Intent): Approved<Intent> => intent as Approved<Intent>;
