import { appendFileSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { eventually } from '../../support/eventually.ts';
import { fakeProgram, type Home, type Program } from '../../support/fake-tree.ts';

let program: Program;
let home: Home;
beforeAll(async () => {
  program = await fakeProgram();
});
afterAll(() => program.remove());
beforeEach(() => {
  home = program.home();
});
afterEach(() => home.close());

const json = (text: string) => JSON.parse(text) as Record<string, unknown>;

describe('logs', () => {
  const line = (level: string, msg: string) =>
    JSON.stringify({ level, time: '2026-11-21T04:45:00.000Z', pid: 1, name: 'trader', bot: 'rsi', msg });
  const put = (lines: readonly string[]) => {
    mkdirSync(home.data);
    writeFileSync(join(home.data, 'daemon.log'), `${lines.join('\n')}\n`);
  };

  it('print the tail for a person, without a daemon', async () => {
    put(Array.from({ length: 300 }, (_, n) => line('info', `line ${n}`)));

    const { code, out } = await home.run(['logs', '-n', '2']);

    expect(code).toBe(0);
    expect(out).toBe(
      '2026-11-21 04:45:00.000Z INFO  trader     line 298  bot=rsi\n2026-11-21 04:45:00.000Z INFO  trader     line 299  bot=rsi\n',
    );
  });

  it('are filtered by level and by words before they are counted', async () => {
    put([
      line('warn', 'one APPLE'),
      line('info', 'two apple'),
      line('error', 'three apple'),
      'a crash left this apple',
      line('error', 'pear'),
    ]);

    const { out } = await home.run(['logs', '-n', '3', '--level', 'warn', '--grep', 'apple', '--json']);

    expect(out.trimEnd().split('\n')).toEqual([line('warn', 'one APPLE'), line('error', 'three apple'), 'a crash left this apple']);
  });

  it('do not steer the terminal', async () => {
    put([line('info', '\u001b[31mred\u001b[0m \u202eevil'), 'raw \u001b]0;title\u0007']);

    expect((await home.run(['logs'])).out).not.toMatch(/[\u001b\u0007\u202e]/);
  });

  it('follow through a rotation', async () => {
    put([line('info', 'first')]);
    const child = home.spawn(['logs', '-f', '--json']);
    let out = '';
    child.stdout?.setEncoding('utf8').on('data', (text: string) => (out += text));
    const path = join(home.data, 'daemon.log');
    await eventually('the first', () => out.includes('first'));

    appendFileSync(path, `${line('info', 'second')}\n`);
    renameSync(path, `${path}.1`);
    appendFileSync(`${path}.1`, `${line('info', 'third')}\n`);
    writeFileSync(path, `${line('info', 'fourth')}\n`);
    await eventually('the fourth', () => out.includes('fourth'));
    child.kill('SIGINT');

    expect(
      out
        .trimEnd()
        .split('\n')
        .map((text) => json(text)['msg']),
    ).toEqual(['first', 'second', 'third', 'fourth']);
  });

  it('say where they looked in vain', async () => {
    expect(await home.run(['logs'])).toMatchObject({ code: 1, err: expect.stringContaining(join(home.data, 'daemon.log')) });
  });
});
