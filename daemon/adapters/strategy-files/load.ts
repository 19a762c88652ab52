import { createHash } from 'node:crypto';
import { readFile, readdir, realpath } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { extname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Strategy } from '../../core/strategy/strategy.ts';
import type { Fault } from '../../ports/refusal.ts';
import { shapeFault } from './shape.ts';
import { toolbox } from './toolbox.ts';

/** A strategy of the user's and the file it came from. */
export interface LoadedStrategy {
  readonly strategy: Strategy;
  /** Absolute path. */
  readonly file: string;
  /** SHA-256 of the file's bytes in hex: the code a run was made with. */
  readonly codeHash: string;
}

export interface LoadedStrategies {
  readonly strategies: readonly LoadedStrategy[];
  readonly faults: readonly Fault[];
}

export interface LoadOptions {
  /** Ids that a file may not take, because the built-in strategies have them. */
  readonly taken?: readonly string[];
  /** Whether this Node runs TypeScript by itself; asked of Node unless it is told. */
  readonly typescript?: boolean;
}

/**
 * Loads every strategy file of a folder, in the order of their names: each `.js` or `.mjs` file (and `.ts` where Node strips
 * types) must export a function, called `strategy` or the default, that takes the toolbox and returns a strategy. A file
 * that cannot be used is a fault and does not keep the others from loading. The code runs in this process with all its
 * rights: a folder is as trusted as the program.
 */
export async function loadStrategies(folder: string, options: LoadOptions = {}): Promise<LoadedStrategies> {
  const names = await strategyFiles(folder);
  if (names === null) {
    const remedy = 'make the folder, or leave strategiesDir out of the settings';
    return {
      strategies: [],
      faults: [{ path: folder, found: 'no folder that can be read', expected: 'a folder of strategy files', remedy }],
    };
  }
  const owners = new Map((options.taken ?? []).map((id) => [id, 'a built-in strategy']));
  const strategies: LoadedStrategy[] = [];
  const faults: Fault[] = [];
  for (const name of names) {
    const file = join(folder, name);
    const read = await loadFile(file, options.typescript ?? nodeStripsTypes());
    if (!read.ok) {
      faults.push(read.fault);
      continue;
    }
    const { id } = read.loaded.strategy;
    const owner = owners.get(id);
    if (owner === undefined) {
      owners.set(id, name);
      strategies.push(read.loaded);
    } else
      faults.push({
        path: file,
        found: id,
        expected: `an id of its own; ${owner} is called ${id}`,
        remedy: 'give this strategy another id',
      });
  }
  return { strategies, faults };
}

const TYPED = new Set(['.ts', '.mts']);
const LOADABLE = new Set(['.js', '.mjs', ...TYPED]);

async function strategyFiles(folder: string): Promise<readonly string[] | null> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    const names = entries.filter((entry) => !entry.isDirectory()).map((entry) => entry.name);
    return names.filter((name) => !name.startsWith('.') && !name.endsWith('.d.ts') && LOADABLE.has(extname(name))).sort();
  } catch {
    return null;
  }
}

type Read = { readonly ok: true; readonly loaded: LoadedStrategy } | { readonly ok: false; readonly fault: Fault };

async function loadFile(file: string, typescript: boolean): Promise<Read> {
  const refuse = (found: unknown, expected: string, remedy: string): Read => ({
    ok: false,
    fault: { path: file, found, expected, remedy },
  });
  if (TYPED.has(extname(file)) && !typescript) {
    return refuse(
      `TypeScript on Node ${process.versions.node}`,
      'JavaScript, or a Node that runs TypeScript (22.18 or newer)',
      'compile it to a .js file',
    );
  }
  try {
    const codeHash = createHash('sha256')
      .update(await readFile(file))
      .digest('hex');
    const make = factoryOf(await freshModule(file, codeHash));
    if (make === null)
      return refuse('no such export', 'an exported function called strategy, or a default one', 'see docs/strategies.md for an example');
    const made: unknown = make(toolbox);
    const wrong = shapeFault(made);
    if (wrong !== null) return refuse(wrong.found, wrong.expected, wrong.remedy);
    return { ok: true, loaded: { strategy: made as Strategy, file, codeHash } };
  } catch (error) {
    const found = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    return refuse(found, 'a file that loads without an error', 'mend the error in the file, or move it out of the folder');
  }
}

/**
 * The file's module as its bytes are now. The hash in the address makes a changed file a new module; a CommonJS file is also
 * kept by its path, so it is forgotten first. Otherwise the hash could be that of another code than the one that runs.
 */
async function freshModule(file: string, codeHash: string): Promise<unknown> {
  Reflect.deleteProperty(createRequire(import.meta.url).cache, await realpath(file));
  return import(/* @vite-ignore */ `${pathToFileURL(file).href}?sha256=${codeHash}`);
}

function factoryOf(module: unknown): ((given: typeof toolbox) => unknown) | null {
  if (typeof module !== 'object' || module === null) return null;
  const named: unknown = Reflect.get(module, 'strategy') ?? Reflect.get(module, 'default');
  return typeof named === 'function' ? (given) => Reflect.apply(named, undefined, [given]) as unknown : null;
}

/** Node says `strip` or `transform` from 22.10 on; older ones say nothing. */
const nodeStripsTypes = (): boolean => Boolean(Reflect.get(process.features, 'typescript'));
