import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findStrategies } from '../../../../daemon/adapters/strategy-files/find-strategies.ts';
import { builtIns } from '../../../../daemon/strategies/index.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'strategies-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

const named = (id: string): string =>
  `export default ({ strategy }) => strategy({ id: '${id}', version: 1, title: 'Mine', params: {}, indicators: () => ({}), on() {} });\n`;

describe('findStrategies', () => {
  it('finds the built-in strategies where no folder is named', async () => {
    const found = await findStrategies(builtIns)(null);

    expect(found.registry.ids).toEqual(['rsi-mean-reversion', 'ema-cross']);
    expect(found.faults).toEqual([]);
    expect(found.codeHash('ema-cross')).toBeNull();
  });

  it('finds those of the folder beside them, with the hash of their files', async () => {
    await writeFile(join(folder, 'mine.mjs'), named('mine'));

    const found = await findStrategies(builtIns)(folder);

    expect(found.registry.ids).toEqual(['rsi-mean-reversion', 'ema-cross', 'mine']);
    expect(found.codeHash('mine')).toMatch(/^[0-9a-f]{64}$/);
  });

  it('keeps the built-in strategy where a file takes its id, and says so', async () => {
    await writeFile(join(folder, 'mine.mjs'), named('ema-cross'));

    const found = await findStrategies(builtIns)(folder);

    expect(found.registry.get('ema-cross')).toBe(builtIns[1]);
    expect(found.faults.map((fault) => fault.found)).toEqual(['ema-cross']);
  });
});
