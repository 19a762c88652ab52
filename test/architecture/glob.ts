/** Whether a path is held by one of the globs: `*` stays in one folder, `**` goes through all, `{a,b}` is a choice. */
export function heldBy(globs: readonly string[], path: string): boolean {
  return globs.some((glob) => expression(glob).test(path));
}

/** The part of `path` that a glob names before its `**`: the folder two files must share to be of one room. */
export function folderOf(glob: string, path: string): string {
  const depth = glob.split('/').indexOf('**');
  return depth === -1 ? path : path.split('/').slice(0, depth).join('/');
}

const known = new Map<string, RegExp>();

function expression(glob: string): RegExp {
  const found = known.get(glob);
  if (found !== undefined) return found;
  const source = glob
    .replace(/[.+^$()|[\]\\]/g, '\\$&')
    .replace(/\{([^}]*)\}/g, (_, choice: string) => `(${choice.replaceAll(',', '|')})`)
    .replace(/\*\*|\*/g, (star) => (star === '**' ? '.*' : '[^/]*'));
  const made = new RegExp(`^${source}$`);
  known.set(glob, made);
  return made;
}
