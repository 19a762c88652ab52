import type { z } from 'zod';
import type { Checkable } from './checkable.ts';
import { type BotSettings, type InstrumentSettings, parts, type RiskSettings } from './schema.ts';

/** What could be read of a broken file, so that faults only a strategy can tell are told at the same time as the others. */
export interface Salvaged {
  readonly bots: readonly { readonly index: number; readonly bot: BotSettings }[];
  /** The common limits; their defaults while they are themselves at fault. */
  readonly risk: RiskSettings;
  readonly strategiesDir: string | null;
}

/** Nothing: of a file that could not be read at all. */
export const NOTHING: Salvaged = { bots: [], risk: parts.risk.parse({}), strategiesDir: null };

/** The bots and limits that are sound on their own. */
export function salvage(raw: unknown): Salvaged {
  const risk = parts.risk.safeParse(field(raw, 'risk') ?? {});
  const strategiesDir = field(raw, 'strategiesDir');
  return {
    bots: entries(raw, 'bots', parts.bot).flatMap((bot, index) => (bot === null ? [] : [{ index, bot }])),
    risk: risk.success ? risk.data : NOTHING.risk,
    strategiesDir: typeof strategiesDir === 'string' ? strategiesDir : null,
  };
}

/** The entries that are sound on their own, the others null at their place, for the checks between entries. */
export function soundParts(raw: unknown): Checkable {
  const feed = parts.simulatedFeed.or(parts.replayFeed).safeParse(field(raw, 'feed') ?? { kind: 'simulated' });
  const risk = parts.risk.safeParse(field(raw, 'risk') ?? {});
  const currency = field(raw, 'currency');
  return {
    currency: typeof currency === 'string' ? currency : undefined,
    feed: feed.success ? feed.data : null,
    instruments: entries(raw, 'instruments', parts.instrument),
    accounts: entries(raw, 'accounts', parts.account),
    bots: entries(raw, 'bots', parts.bot),
    risk: risk.success ? risk.data : null,
    broken: { instruments: ids(raw, 'instruments'), accounts: ids(raw, 'accounts'), instrumentParts: instrumentParts(raw) },
  };
}

function entries<Entry>(raw: unknown, key: string, schema: z.ZodType<Entry>): (Entry | null)[] {
  const list = field(raw, key);
  if (!Array.isArray(list)) return [];
  return list.map((entry) => {
    const read = schema.safeParse(entry);
    return read.success ? read.data : null;
  });
}

/** Of each instrument those values that are sound on their own: one that is not must not hide what is wrong with its neighbours. */
function instrumentParts(raw: unknown): readonly Partial<InstrumentSettings>[] {
  const list = field(raw, 'instruments');
  if (!Array.isArray(list)) return [];
  return list.map((entry) => {
    const sound = Object.entries(parts.instrument.shape).flatMap(([key, schema]) => {
      const value = field(entry, key);
      const read = value === undefined ? null : schema.safeParse(value);
      return read?.success === true ? [[key, read.data] as const] : [];
    });
    return Object.fromEntries(sound);
  });
}

/** Every id written down, of broken entries too: a bot that names one of those is not at fault itself. */
function ids(raw: unknown, key: string): readonly string[] {
  const list = field(raw, key);
  if (!Array.isArray(list)) return [];
  return list.map((entry) => field(entry, 'id')).filter((id) => typeof id === 'string');
}

function field(raw: unknown, key: string): unknown {
  return typeof raw === 'object' && raw !== null && Object.hasOwn(raw, key) ? Reflect.get(raw, key) : undefined;
}
