import type { Instant } from '../model/instant.ts';
import type { Quantity } from '../model/money.ts';
import type { Intent } from '../engine/intent.ts';
import type { AccountState, BotState, Cell } from '../engine/state.ts';

/** What a rule may look at. */
export interface GateView {
  readonly at: Instant;
  readonly cell: Cell;
  readonly bot: BotState;
  readonly account: AccountState;
  /** Milliseconds between the close of the bar and the instant it was learnt; null outside a bar. */
  readonly dataAgeMs: number | null;
  readonly stopping: boolean;
}

export type Ruling =
  | { readonly kind: 'pass' }
  | { readonly kind: 'shrink'; readonly quantity: Quantity; readonly text: string }
  | { readonly kind: 'refuse'; readonly text: string };

/** One rule on entries: pure, named by a stable code, with the reason in the words the phone shows. */
export interface EntryRule {
  readonly code: string;
  rule(intent: Intent, view: GateView): Ruling;
}
