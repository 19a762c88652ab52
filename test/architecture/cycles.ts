import { targetOf } from './imports.ts';
import type { Source } from './source.ts';

/** Every circle of imports, once, as `a.ts → b.ts → a.ts`. Types count: files that cannot be read one without the other are one file. */
export function cycles(sources: readonly Source[]): string[] {
  const graph = new Map(sources.map((source) => [source.path, targetsOf(source)]));
  const state = new Map<string, 'open' | 'done'>();
  const trail: string[] = [];
  const found: string[] = [];

  const visit = (path: string): void => {
    if (state.get(path) === 'done') return;
    if (state.get(path) === 'open') {
      found.push([...trail.slice(trail.indexOf(path)), path].join(' → '));
      return;
    }
    state.set(path, 'open');
    trail.push(path);
    for (const target of graph.get(path) ?? []) visit(target);
    trail.pop();
    state.set(path, 'done');
  };

  for (const path of graph.keys()) visit(path);
  return found;
}

function targetsOf(source: Source): string[] {
  const targets = source.imports.map(({ specifier }) => (specifier === null ? null : targetOf(source.path, specifier)));
  return [...new Set(targets.filter((target) => target !== null))];
}
