import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

/** The test runner has a module loader of its own; what a user's file meets is Node's, in the bundle that is shipped. */
let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'strategies-'));
  const entry = fileURLToPath(new URL('../../../../daemon/adapters/strategy-files/load.ts', import.meta.url));
  await build({ entryPoints: [entry], outfile: join(folder, 'load.mjs'), bundle: true, format: 'esm', platform: 'node', target: 'node20' });
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

interface Heard {
  readonly ids: readonly string[];
  readonly found: readonly unknown[];
  readonly stderr: string;
}

/** Loads a folder of the given files twice in a fresh Node, rewriting one of them in between when asked to. */
async function loadInNode(
  name: string,
  files: Readonly<Record<string, string>>,
  rewritten: Readonly<Record<string, string>> = {},
): Promise<Heard> {
  const place = join(folder, name);
  await mkdir(place);
  for (const [file, text] of Object.entries(files)) await writeFile(join(place, file), text);
  const script = `
    import { writeFileSync } from 'node:fs';
    import { loadStrategies } from ${JSON.stringify(join(folder, 'load.mjs'))};
    await loadStrategies(${JSON.stringify(place)});
    for (const [path, text] of ${JSON.stringify(Object.entries(rewritten).map(([file, text]) => [join(place, file), text]))}) writeFileSync(path, text);
    const { strategies, faults } = await loadStrategies(${JSON.stringify(place)});
    console.log(JSON.stringify({ ids: strategies.map(({ strategy }) => strategy.id), found: faults.map((fault) => fault.found) }));`;
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    encoding: 'utf8',
    timeout: 30_000,
  });
  if (status !== 0) throw new Error(stderr);
  return { ...(JSON.parse(stdout) as Omit<Heard, 'stderr'>), stderr };
}

const body = (id: string): string =>
  `({ strategy }) => strategy({ id: '${id}', version: 1, title: 'Mine', params: {}, indicators: () => ({}), on() {} });\n`;

describe('loadStrategies in plain Node', () => {
  it('loads an ES module, a default export and CommonJS', async () => {
    const heard = await loadInNode('forms', {
      'a.mjs': `export const strategy = ${body('named')}`,
      'b.js': `export default ${body('preset')}`,
      'c.js': `module.exports = ${body('common')}`,
      'd.js': `exports.strategy = ${body('common-named')}`,
    });

    expect(heard).toMatchObject({ ids: ['named', 'preset', 'common', 'common-named'], found: [] });
  });

  it('names a syntax error', async () => {
    expect(await loadInNode('syntax', { 'a.mjs': 'export const strategy = (' })).toMatchObject({
      ids: [],
      found: ['SyntaxError: Unexpected end of input'],
    });
  });

  it('sees a file that has changed since it was last loaded, whatever its form', async () => {
    const files = { 'a.mjs': `export const strategy = ${body('before')}`, 'b.js': `module.exports = ${body('common-before')}` };
    const rewritten = { 'a.mjs': `export const strategy = ${body('after')}`, 'b.js': `module.exports = ${body('common-after')}` };

    expect((await loadInNode('changed', files, rewritten)).ids).toEqual(['after', 'common-after']);
  });
});
