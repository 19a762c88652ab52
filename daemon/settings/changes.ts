import { pathText } from './faults.ts';

/** The paths at which two settings differ, e.g. `risk.maxPositionPct`; a list that grew or shrank is one path. */
export function changedPaths(before: unknown, after: unknown, path: readonly PropertyKey[] = []): string[] {
  if (Object.is(before, after)) return [];
  if (!isNested(before) || !isNested(after)) return [pathText(path)];
  if (Array.isArray(before) !== Array.isArray(after) || (Array.isArray(before) && Object.keys(before).length !== Object.keys(after).length))
    return [pathText(path)];
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  const part = (key: string): PropertyKey => (Array.isArray(before) ? Number(key) : key);
  return [...keys].flatMap((key) => changedPaths(Reflect.get(before, key), Reflect.get(after, key), [...path, part(key)]));
}

function isNested(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
