/** One hash over the content of the named files and folders (relative to `root`, which ends in `/`) and over the Node that reads them. */
export function stampOf(root: string, names: readonly string[]): Promise<string>;
