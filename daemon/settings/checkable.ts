import { didYouMean } from '../core/strategy/did-you-mean.ts';
import type { Fault } from '../ports/refusal.ts';
import type { AccountSettings, BotSettings, FeedSettings, InstrumentSettings, RiskSettings } from './schema.ts';

/** Settings whose every entry is sound on its own; null stands for an entry that is not. */
export interface Checkable {
  readonly currency?: string | undefined;
  readonly feed: FeedSettings | null;
  readonly instruments: readonly (InstrumentSettings | null)[];
  readonly accounts: readonly (AccountSettings | null)[];
  readonly bots: readonly (BotSettings | null)[];
  readonly risk: RiskSettings | null;
  readonly broken?: {
    /** Ids written down in the file, of entries that are not sound too. */
    readonly instruments: readonly string[];
    readonly accounts: readonly string[];
    /** Of each instrument those values that are sound on their own. */
    readonly instrumentParts: readonly Partial<InstrumentSettings>[];
  };
}

/** Ids that a bot or a file may refer to. */
export function knownIds(settings: Checkable, list: 'instruments' | 'accounts'): readonly string[] {
  return [...settings[list].flatMap((entry) => (entry === null ? [] : [entry.id])), ...(settings.broken?.[list] ?? [])];
}

/** The fault of a reference to an id that is not there. */
export function unknownId(path: string, found: string, known: readonly string[], what: string): Fault {
  const expected =
    known.length === 0 ? `the id of one of the ${what}; there are none` : `the id of one of the ${what}: ${[...new Set(known)].join(', ')}`;
  return { path, found, expected, remedy: didYouMean(found, known) ?? `add it to ${what}, or name one that is there` };
}
