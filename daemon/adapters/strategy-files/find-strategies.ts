import { type Registry, registry } from '../../core/strategy/registry.ts';
import type { Strategy } from '../../core/strategy/strategy.ts';
import type { Fault } from '../../ports/refusal.ts';
import { loadStrategies } from './load.ts';

/** All strategies a bot may name, and what is wrong with the user's files. */
export interface FoundStrategies {
  readonly registry: Registry;
  readonly faults: readonly Fault[];
  /** SHA-256 of the file a strategy came from; null for a built-in one. */
  codeHash(id: string): string | null;
}

/** Makes the finder of strategies: the built-in ones, and those of the user's folder where one is named. */
export function findStrategies(builtIns: readonly Strategy[]): (folder: string | null) => Promise<FoundStrategies> {
  const taken = builtIns.map((strategy) => strategy.id);
  return async (folder) => {
    const { strategies, faults } = folder === null ? { strategies: [], faults: [] } : await loadStrategies(folder, { taken });
    const hashes = new Map(strategies.map(({ strategy, codeHash }) => [strategy.id, codeHash]));
    const all = registry([...builtIns, ...strategies.map(({ strategy }) => strategy)]);
    return { registry: all, faults, codeHash: (id) => hashes.get(id) ?? null };
  };
}
