import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadStrategies } from '../../../../daemon/adapters/strategy-files/load.ts';
import type { Fault } from '../../../../daemon/ports/refusal.ts';
import { ask } from '../../strategies/fake-view.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'strategies-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

const write = (name: string, text: string): Promise<void> => writeFile(join(folder, name), text);

/** A strategy file that holds for ever, with some of its text replaced. */
const source = (id: string, replaced = '', by = ''): string =>
  `export const strategy = ({ strategy }) => strategy({ id: '${id}', version: 1, title: 'Quiet', params: {}, indicators: () => ({}), on({ wait }) { wait('quiet'); } });\n`.replace(
    replaced,
    by,
  );

async function faultOf(text: string, name = 'mine.mjs'): Promise<Fault> {
  await write(name, text);
  const { strategies, faults } = await loadStrategies(folder);
  if (strategies.length > 0 || faults.length !== 1 || faults[0] === undefined)
    throw new Error(`expected one fault: ${JSON.stringify(faults)}`);
  expect(faults[0].path).toBe(join(folder, name));
  expect(faults[0].remedy).not.toBe('');
  return faults[0];
}

describe('loadStrategies', () => {
  it('loads files by name, each with the hash of its bytes', async () => {
    await write('b.mjs', source('second'));
    await write('a.js', source('first'));

    const { strategies, faults } = await loadStrategies(folder);

    expect(faults).toEqual([]);
    expect(strategies.map(({ strategy, file }) => [strategy.id, file])).toEqual([
      ['first', join(folder, 'a.js')],
      ['second', join(folder, 'b.mjs')],
    ]);
    expect(strategies[0]?.codeHash).toBe(createHash('sha256').update(source('first')).digest('hex'));
  });

  it('takes a default export', async () => {
    await write('a.mjs', source('first').replace('export const strategy =', 'export default'));

    expect((await loadStrategies(folder)).strategies.map(({ strategy }) => strategy.id)).toEqual(['first']);
  });

  it('gives the file every tool it is promised', async () => {
    const tools = 'strategy, int, num, pct, optionalPct, bool, pick, sma, ema, rsi, atr, macd, bollinger, buy, sell';
    await write(
      'a.mjs',
      `export default (box) => {\n  if (Object.keys(box).join() !== '${tools}'.replaceAll(' ', '')) throw new Error(Object.keys(box));\n  return (${source('first').slice(24, -2)})(box);\n};\n`,
    );

    expect((await loadStrategies(folder)).faults).toEqual([]);
  });

  it('sees a file that has changed since it was last loaded', async () => {
    await write('a.mjs', source('before'));
    await loadStrategies(folder);
    await write('a.mjs', source('after'));

    expect((await loadStrategies(folder)).strategies.map(({ strategy }) => strategy.id)).toEqual(['after']);
  });

  it('leaves alone what is no strategy file', async () => {
    await write('README.md', 'words');
    await write('types.d.ts', 'export {};');
    await write('.hidden.mjs', 'throw new Error();');
    await mkdir(join(folder, 'folder.js'));

    expect(await loadStrategies(folder)).toEqual({ strategies: [], faults: [] });
  });

  it('refuses a file that throws, and loads the others', async () => {
    await write('a.mjs', `throw new TypeError('no such exchange');`);
    await write('b.mjs', source('second'));

    const { strategies, faults } = await loadStrategies(folder);

    expect(strategies.map(({ strategy }) => strategy.id)).toEqual(['second']);
    expect(faults).toEqual([
      {
        path: join(folder, 'a.mjs'),
        found: 'TypeError: no such exchange',
        expected: 'a file that loads without an error',
        remedy: 'mend the error in the file, or move it out of the folder',
      },
    ]);
  });

  it.each([
    ['a function that throws', `export default () => { throw new RangeError('bad number'); };`, 'RangeError: bad number'],
    [
      'an impossible default',
      source('x', 'params: {}', `params: { n: ({ }) }`)
        .replace('({ strategy })', '({ strategy, int })')
        .replace('({ })', `int(1, { min: 2, max: 3, label: 'N' })`),
      'RangeError: parameter "N"',
    ],
    [
      'an impossible period',
      source('x', 'indicators: () => ({})', 'indicators: () => ({ r: rsi(0) })').replace('({ strategy })', '({ strategy, rsi })'),
      'RangeError: rsi',
    ],
  ])('names the error of %s', async (_, text, found) => {
    expect((await faultOf(text)).found).toContain(found);
  });

  it.each([
    ['no export', 'export const other = 1;', 'no such export', 'an exported function called strategy'],
    ['an export that is no function', 'export const strategy = { id: 1 };', 'no such export', 'an exported function called strategy'],
    ['nothing returned', 'export default () => undefined;', 'nothing', 'a strategy'],
    ['a promise of a strategy', source('x').replace('({ strategy }) =>', 'async ({ strategy }) =>'), 'nothing', 'an id in kebab-case'],
    ['an id with a space', source('my strategy'), 'my strategy', 'an id in kebab-case'],
    ['no version', source('x', 'version: 1', 'version: 0'), 0, 'a version'],
    ['no title', source('x', `'Quiet'`, `''`), '', 'a title'],
    ['no params', source('x', 'params: {}', 'params: null'), null, 'params'],
    ['a bare number for a parameter', source('x', 'params: {}', 'params: { n: 14 }'), 14, 'params.n made by int'],
    ['no indicators', source('x', 'indicators: () => ({})', 'indicators: null'), null, 'indicators: a function'],
    ['indicators of nothing', source('x', 'indicators: () => ({})', 'indicators: () => null'), null, 'indicators that returns an object'],
    ['an indicator that is none', source('x', 'indicators: () => ({})', 'indicators: () => ({ r: 14 })'), 14, 'indicators.r made by sma'],
    ['no on', source('x', 'on(', 'off('), 'nothing', 'on: a function'],
  ])('refuses %s', async (_, text, found, expected) => {
    const fault = await faultOf(text);

    expect(fault.found).toEqual(found);
    expect(fault.expected).toContain(expected);
  });

  it('refuses a default that its own declaration would not admit', async () => {
    expect(await faultOf(source('x', 'params: {}', `params: { n: { kind: 'int', default: 1, min: 2, max: 3 } }`))).toMatchObject({
      found: 1,
      expected: 'params.n with a default it admits',
    });
  });

  it('refuses an id that another file or a built-in strategy has', async () => {
    await write('a.mjs', source('mine'));
    await write('b.mjs', source('mine'));
    await write('c.mjs', source('ema-cross'));

    const { strategies, faults } = await loadStrategies(folder, { taken: ['ema-cross'] });

    expect(strategies.map(({ file }) => file)).toEqual([join(folder, 'a.mjs')]);
    expect(faults).toEqual([
      {
        path: join(folder, 'b.mjs'),
        found: 'mine',
        expected: 'an id of its own; a.mjs is called mine',
        remedy: 'give this strategy another id',
      },
      {
        path: join(folder, 'c.mjs'),
        found: 'ema-cross',
        expected: 'an id of its own; a built-in strategy is called ema-cross',
        remedy: 'give this strategy another id',
      },
    ]);
  });

  it('refuses TypeScript where Node does not strip types', async () => {
    await write('typed.ts', source('typed'));

    const { strategies, faults } = await loadStrategies(folder, { typescript: false });

    expect(strategies).toEqual([]);
    expect(faults[0]).toMatchObject({
      path: join(folder, 'typed.ts'),
      found: `TypeScript on Node ${process.versions.node}`,
      remedy: 'compile it to a .js file',
    });
  });

  it.runIf(Boolean(Reflect.get(process.features, 'typescript')))('loads TypeScript where Node strips types', async () => {
    await write('typed.ts', source('typed').replace('({ strategy })', '({ strategy }: { strategy: (given: object) => object })'));

    expect((await loadStrategies(folder)).strategies.map(({ strategy }) => strategy.id)).toEqual(['typed']);
  });

  it('says so when the folder is not there', async () => {
    expect(await loadStrategies(join(folder, 'gone'))).toEqual({
      strategies: [],
      faults: [
        {
          path: join(folder, 'gone'),
          found: 'no folder that can be read',
          expected: 'a folder of strategy files',
          remedy: 'make the folder, or leave strategiesDir out of the settings',
        },
      ],
    });
  });
});

describe('the example of docs/strategies.md', () => {
  it('loads as it stands, buys under the lower band and sells at the middle one', async () => {
    const page = await readFile(new URL('../../../../docs/strategies.md', import.meta.url), 'utf8');
    const [, example = ''] = /```js\n(.*?)```/s.exec(page) ?? [];
    await write('band-bounce.mjs', example);
    const { strategies, faults } = await loadStrategies(folder);
    const bounce = strategies[0]?.strategy;
    if (bounce === undefined) throw new Error(`the example did not load: ${JSON.stringify(faults)}`);
    const band = (v: number, lower: number): object => ({ v, upper: 2 * v - lower, lower });

    expect(bounce.id).toBe('band-bounce');
    expect(bounce.indicators({ period: 20, width: 2, sizePct: 10 })['band']?.name).toBe('BB 20 2');
    expect(ask(bounce, { band: { v: 60, ...band(60, 51) } }).target).toEqual({ quantity: 20, reason: 'close 50 under the lower band' });
    expect(ask(bounce, { band: { v: 52, ...band(52, 48) } }).waiting).toBe('no buy: 50 not under 48.00');
    expect(ask(bounce, { band: { v: 52, ...band(52, 48) } }, { quantity: 20, average: 49, percent: 2, breakEven: 49.1 })).toEqual({
      target: null,
      wants: { take: { side: 'SELL', type: 'limit', quantity: 20, price: 52, reduceOnly: true, reason: 'back at the middle band' } },
      waiting: 'hold: 50 below 52.00',
    });
  });
});
