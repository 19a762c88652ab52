import type { RuleVerdict } from '../model/decision.ts';
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
 * Takes an intent past every rule in order. A reduce-only intent passes untouched: no limit may trap a position. The
 * only maker of `Approved`, so that nothing reaches a venue around it.
 */
export function vet(intent: Intent, view: GateView): Vetted {
  if (intent.reduceOnly) return { approved: approve(intent), verdicts: [] };
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

const approve = (intent: Intent): Approved<Intent> => intent as Approved<Intent>;
