import { resolve } from 'node:path';
import type { Registry } from '../core/strategy/registry.ts';
import { EXIT, type Fault, Refusal } from '../ports/refusal.ts';
import { type Compiled, compileSettings } from './compile.ts';
import { type Defaults, readSettings } from './read.ts';
import type { Settings } from './schema.ts';
import { checkStrategy } from './strategy-faults.ts';

/** The strategies there are: the built-in ones and those of the user's folder, with what is wrong with its files. */
export interface FoundStrategies {
  readonly registry: Registry;
  readonly faults: readonly Fault[];
}

export type Loaded<Found extends FoundStrategies = FoundStrategies> =
  | { readonly ok: true; readonly settings: Settings; readonly defaults: Defaults; readonly compiled: Compiled; readonly strategies: Found }
  | { readonly ok: false; readonly faults: readonly Fault[] };

/**
 * Reads, checks and compiles a settings file; every fault of the file and of its bots' strategies at once.
 *
 * @param path absolute path of the settings file
 * @param findStrategies given the absolute path of the user's strategies folder, or null where none is set
 */
export async function loadSettings<Found extends FoundStrategies>(
  path: string,
  findStrategies: (folder: string | null) => Promise<Found>,
): Promise<Loaded<Found>> {
  const read = readSettings(path);
  const folder = (read.ok ? read.settings.strategiesDir : read.salvaged.strategiesDir) ?? null;
  const found = await findStrategies(folder === null ? null : resolve(path, '..', folder));
  if (!read.ok) {
    const { bots, risk } = read.salvaged;
    const ofStrategies = bots.flatMap(({ bot, index }) => faultsOf(checkStrategy(bot, index, risk, found.registry)));
    return { ok: false, faults: [...read.faults, ...found.faults, ...ofStrategies] };
  }
  const result = compileSettings(read.settings, found.registry, path);
  if (result.ok && found.faults.length === 0) return { ...result, settings: read.settings, defaults: read.defaults, strategies: found };
  return { ok: false, faults: [...found.faults, ...faultsOf(result)] };
}

/** The refusal of a settings file, exit 78, with every fault. */
export function settingsRefusal(path: string, faults: readonly Fault[]): Refusal {
  const count = faults.length === 1 ? 'one fault' : `${faults.length} faults`;
  return new Refusal('SETTINGS_REFUSED', EXIT.refused, `The settings file ${path} has ${count}.`, faults);
}

function faultsOf(result: { readonly ok: true } | { readonly ok: false; readonly faults: readonly Fault[] }): readonly Fault[] {
  return result.ok ? [] : result.faults;
}
