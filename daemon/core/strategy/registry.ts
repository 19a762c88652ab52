import type { Strategy } from './strategy.ts';

/** The strategies that bots may name. */
export interface Registry {
  /** The ids in the order they were given. */
  readonly ids: readonly string[];
  get(id: string): Strategy | null;
}

/** Collects strategies under their ids; RangeError where two share one, because a bot could not say which it means. */
export function registry(strategies: readonly Strategy[]): Registry {
  const byId = new Map<string, Strategy>();
  for (const strategy of strategies) {
    if (byId.has(strategy.id)) throw new RangeError(`registry: two strategies are called "${strategy.id}"; give one of them another id`);
    byId.set(strategy.id, strategy);
  }
  return { ids: [...byId.keys()], get: (id) => byId.get(id) ?? null };
}
