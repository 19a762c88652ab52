import { describe, expect, it } from 'vitest';
import { cycles } from './cycles.ts';
import { importFaults, roomOf } from './imports.ts';
import { LIBRARIES, ROOMS } from './law.ts';
import { parseSource } from './source.ts';
import { wordFaults } from './words.ts';

const faultsOf = (path: string, text: string): string[] => importFaults(parseSource(path, text));
const wordsOf = (path: string, text: string): string[] => wordFaults(parseSource(path, text));

/** One import per line that the law must refuse: the file that asks, what it writes, why. */
const FORBIDDEN: readonly (readonly [path: string, text: string, why: RegExp])[] = [
  ['mobile/contract/home.ts', `import type { Money } from '../../daemon/core/model/money.ts'`, /mobile\/contract may not/],
  ['mobile/contract/home.ts', `import 'node:fs'`, /Node does not exist in mobile\/contract/],
  ['daemon/core/engine/step.ts', `import { readFile } from 'node:fs/promises'`, /Node does not exist in daemon\/core/],
  ['daemon/core/engine/step.ts', `import { z } from 'zod'`, /its home is daemon\/settings/],
  ['daemon/core/engine/step.ts', `import type { Clock } from '../../ports/clock.ts'`, /daemon\/core may not/],
  ['daemon/core/strategy/registry.ts', `import { builtIn } from '../../strategies/index.ts'`, /daemon\/core may not/],
  ['daemon/strategies/ema-cross.ts', `import type { Clock } from '../ports/clock.ts'`, /daemon\/strategies may not/],
  ['daemon/strategies/ema-cross.ts', `import 'node:crypto'`, /Node does not exist in daemon\/strategies/],
  ['daemon/ports/clock.ts', `import type { Settings } from '../settings/schema.ts'`, /daemon\/ports may not/],
  ['daemon/ports/clock.ts', `import { setTimeout } from 'node:timers/promises'`, /Node does not exist in daemon\/ports/],
  ['daemon/trader/cycle.ts', `import { wallClock } from '../adapters/clock/wall-clock.ts'`, /daemon\/trader.* may not/],
  ['daemon/trader/cycle.ts', `import { openLedgerWriter } from '../../db/ledger.ts'`, /daemon\/trader.* may not/],
  ['daemon/trader/cycle.ts', `import { compose } from './compose.ts'`, /imports more than types/],
  ['daemon/backtest/report.ts', `import { cycle } from '../trader/cycle.ts'`, /daemon\/trader.* may not/],
  ['daemon/trader/compose.ts', `import { supervise } from '../supervisor/supervise.ts'`, /composition roots may not/],
  ['daemon/trader/main.ts', `import { app } from '../../mobile/server/app.ts'`, /composition roots may not/],
  ['daemon/adapters/venue-paper/venue.ts', `import { replayFeed } from '../feed-replay/feed.ts'`, /daemon\/adapters may not/],
  ['daemon/adapters/venue-paper/venue.ts', `import { openLedgerWriter } from '../../../db/ledger.ts'`, /daemon\/adapters may not/],
  ['daemon/adapters/ledger/ledger.ts', `import { wallClock } from '../clock/wall-clock.ts'`, /daemon\/adapters\/ledger may not/],
  [
    'daemon/adapters/state-files/lock.ts',
    `import { openLedgerWriter } from '../../../db/ledger.ts'`,
    /daemon\/adapters\/state-files may not/,
  ],
  ['daemon/adapters/clock/clock.ts', `import type { Settings } from '../../settings/schema.ts'`, /daemon\/adapters may not/],
  ['daemon/adapters/clock/clock.ts', `import { pino } from 'pino'`, /its home is daemon\/adapters\/log/],
  ['daemon/settings/read.ts', `import { writeFileAtomic } from '../adapters/state-files/write.ts'`, /daemon\/settings may not/],
  ['daemon/settings/read.ts', `import { Command } from 'commander'`, /its home is daemon\/cli/],
  ['daemon/supervisor/supervise.ts', `import { step } from '../core/engine/step.ts'`, /daemon\/supervisor may not/],
  ['daemon/supervisor/supervise.ts', `import { openLedgerWriter } from '../../db/ledger.ts'`, /daemon\/supervisor may not/],
  ['daemon/cli/status.ts', `import { sessions } from '../../mobile/server/auth/sessions.ts'`, /daemon\/cli and main may not/],
  ['daemon/cli/status.ts', `import Database from 'better-sqlite3'`, /its home is db/],
  ['daemon/cli/run.ts', `import lockfile from 'proper-lockfile'`, /its home is daemon\/supervisor/],
  ['db/ledger.ts', `import type { Money } from '../daemon/core/model/money.ts'`, /db may not/],
  ['db/ledger.ts', `import { z } from 'zod'`, /its home is daemon\/settings/],
  ['db/ledger.ts', `import { readFile } from 'fs'`, /write node:fs/],
  ['mobile/server/routes/home.ts', `import { instant } from '../../../daemon/core/model/instant.ts'`, /mobile\/server may not/],
  ['mobile/server/routes/home.ts', `import { openLedgerWriter } from '../../../db/ledger.ts'`, /mobile\/server may not/],
  ['mobile/server/environment.ts', `import { z } from 'zod'`, /its home is daemon\/settings/],
  ['mobile/server/routes/home.ts', `import { pino } from 'pino'`, /its home is daemon\/adapters\/log/],
  ['mobile/notify/push.ts', `import { app } from '../server/app.ts'`, /mobile\/notify may not/],
  ['mobile/app/main.tsx', `import { toDecimal } from '../contract/decimal.ts'`, /imports more than types/],
  ['mobile/app/main.tsx', `import { type Home, toDecimal } from '../contract/index.ts'`, /imports more than types/],
  ['mobile/app/main.tsx', `import '../contract/index.ts'`, /imports more than types/],
  ['mobile/app/main.tsx', `import type { Session } from '../server/auth/sessions.ts'`, /mobile\/app may not/],
  ['mobile/app/main.tsx', `import 'node:fs'`, /Node does not exist in mobile\/app/],
  ['mobile/app/main.tsx', `import { buildApp } from './build.mjs'`, /mobile\/app may not/],
  ['mobile/app/main.tsx', `import { Hono } from 'hono'`, /its home is mobile\/server/],
  ['mobile/server/app.ts', `import { render } from 'preact'`, /its home is mobile\/app/],
  ['mobile/server/app.ts', `import { precache } from 'workbox-precaching'`, /its home is mobile\/app/],
  ['mobile/app/build/icons.mjs', `import { Hono } from 'hono'`, /its home is mobile\/server/],
  ['mobile/app/build.mjs', `import { render } from './main.tsx'`, /the build of mobile\/app may not/],
  ['mobile/server/app.ts', `import { build } from 'esbuild'`, /its home is mobile\/app\/build/],
  ['mobile/server/app.ts', `import _ from 'lodash'`, /it has no home yet/],
  ['daemon/other/x.ts', ``, /is in no room/],
];

/** What the law must let pass: a checker that refuses everything would be as useless as one that refuses nothing. */
const ALLOWED: readonly (readonly [path: string, text: string])[] = [
  ['daemon/core/engine/step.ts', `import { instant } from '../model/instant.ts'`],
  ['daemon/strategies/index.ts', `import { rsi } from './rsi.ts'; import { ema } from '../core/indicators/ema.ts'`],
  ['daemon/trader/cycle.ts', `import { step } from '../core/engine/step.ts'; import type { Clock } from '../ports/clock.ts'`],
  ['daemon/trader/cycle.ts', `import type { Composition } from './compose.ts'`],
  ['daemon/trader/compose.ts', `import { wallClock } from '../adapters/clock/wall-clock.ts'; import { open } from '../../db/ledger.ts'`],
  ['daemon/trader/main.ts', `import { compose } from './compose.ts'; import { cycle } from './cycle.ts'`],
  ['daemon/adapters/venue-paper/venue.ts', `import { fills } from './fills.ts'; import { fillsOn } from '../../core/market/fill-model.ts'`],
  ['daemon/adapters/ledger/ledger.ts', `import { openLedgerWriter } from '../../../db/ledger.ts'`],
  ['daemon/adapters/log/log.ts', `import { pino } from 'pino'`],
  ['daemon/cli/passwd.ts', `import { hashPassword } from '../../mobile/server/auth/hash-password.ts'`],
  ['daemon/main.ts', `const { status } = await import('./cli/status.ts')`],
  ['db/open.ts', `import Database from 'better-sqlite3'; import { join } from 'node:path'`],
  ['mobile/server/routes/home.ts', `import { home } from '../../../db/views/home.ts'; import type { Home } from '../../contract/index.ts'`],
  [
    'mobile/app/main.tsx',
    `import type { Home } from '../contract/index.ts'; import { useState } from 'preact/hooks'; import './styles/app.css'`,
  ],
  ['mobile/app/build.mjs', `import { build } from 'esbuild'; import { gzipSync } from 'node:zlib'`],
  ['daemon/adapters/strategy-files/load.ts', `export const load = (url: string) => import(url)`],
];

describe('the table of rooms', () => {
  it.each(FORBIDDEN)('refuses %s: %s', (path, text, why) => {
    expect(faultsOf(path, text)).toEqual([expect.stringMatching(why)]);
  });

  it.each(ALLOWED)('lets %s: %s', (path, text) => {
    expect(faultsOf(path, text)).toEqual([]);
  });

  it.each([
    `export { z } from 'zod'`,
    `export * from 'zod'`,
    `import type { ZodType } from 'zod'`,
    `export type { ZodType } from 'zod'`,
    `const { z } = await import('zod')`,
    `const { z } = require('zod')`,
    `let schema: import('zod').ZodType`,
    `import z = require('zod')`,
  ])('sees the import in: %s', (text) => {
    expect(faultsOf('daemon/core/x.ts', text)).toEqual([expect.stringContaining('imports zod')]);
  });

  it('names the line', () => {
    expect(faultsOf('db/x.ts', `// first\n\nimport 'zod'`)).toEqual([expect.stringMatching(/^db\/x\.ts:3 /)]);
  });

  it('refuses an import whose file is decided at run time', () => {
    expect(faultsOf('daemon/trader/main.ts', `await import(process.argv[2])`)).toEqual([expect.stringContaining('decides at run time')]);
  });

  it('has an example against every room', () => {
    const untried = ROOMS.filter((room) => !FORBIDDEN.some(([path]) => roomOf(path) === room));

    expect(untried.map((room) => room.name)).toEqual([]);
  });

  it('gives every library of the page and the daemon one line', () => {
    const names = LIBRARIES.flatMap((library) => library.packages);

    expect(new Set(names).size).toBe(names.length);
  });
});

describe('the law against circles', () => {
  it('finds a circle of three, types included', () => {
    const sources = [
      parseSource('db/a.ts', `import { b } from './b.ts'`),
      parseSource('db/b.ts', `import type { C } from './c/c.ts'`),
      parseSource('db/c/c.ts', `export { a } from '../a.ts'`),
    ];

    expect(cycles(sources)).toEqual(['db/a.ts → db/b.ts → db/c/c.ts → db/a.ts']);
  });

  it('lets two files share a third', () => {
    const sources = [
      parseSource('db/a.ts', `import './b.ts'; import './c.ts'`),
      parseSource('db/b.ts', `import './c.ts'`),
      parseSource('db/c.ts', ''),
    ];

    expect(cycles(sources)).toEqual([]);
  });
});

describe('the words of the core', () => {
  it.each([
    ['new Date(0)', 'Date reads a clock'],
    ['let at: Date', 'Date reads a clock'],
    ['Date.now()', 'Date reads a clock'],
    ['performance.now()', 'performance reads a clock'],
    ['Math.random()', 'Math.random makes chance'],
    [`Math['random']()`, 'Math.random makes chance'],
    ['const { random } = Math', 'Math.random makes chance'],
    ['crypto.randomUUID()', 'crypto makes chance'],
    ['setTimeout(() => {}, 1)', 'setTimeout waits'],
    ['setInterval(() => {}, 1)', 'setInterval waits'],
    ['const later = setImmediate', 'setImmediate waits'],
    ['queueMicrotask(f)', 'queueMicrotask waits'],
    ['console.log(1)', 'console writes'],
    ["fetch('/')", 'fetch has I/O'],
    ['process.env', 'process sees the machine'],
    ['globalThis.x', 'globalThis sees the machine'],
    ['await x', 'await waits'],
    ['for await (const x of y) x', 'await waits'],
    ['const f = async () => 1', 'async promises'],
    ['let x: Promise<number>', 'Promise waits'],
    ['new Intl.DateTimeFormat().format()', 'format() without an argument'],
  ])('refuse %s in the core and in a strategy', (text, why) => {
    expect(wordsOf('daemon/core/x.ts', text)).toContainEqual(expect.stringContaining(why));
    expect(wordsOf('daemon/strategies/x.ts', text)).toContainEqual(expect.stringContaining(why));
    expect(wordsOf('daemon/trader/x.ts', text)).toEqual([]);
  });

  it.each(['const isLive = 1', 'let paperVenue', 'x.backtest', `let mode: 'paper'`, 'function goLIVE() {}', 'interface LiveRun {}'])(
    'refuse %s in the core',
    (text) => {
      expect(wordsOf('daemon/core/x.ts', text)).toContainEqual(
        expect.stringMatching(/the core does not know how its orders are carried out/),
      );
      expect(wordsOf('daemon/trader/x.ts', text)).toEqual([]);
    },
  );

  it.each([
    'const alive = delivery',
    'x.process',
    'const y = { process: 1 }',
    'interface Z { readonly Date: 1 }',
    'Math.round(1)',
    'format.format(at)',
    '// live',
  ])('let %s pass', (text) => {
    expect(wordsOf('daemon/core/x.ts', text)).toEqual([]);
  });
});

describe('the words of every room', () => {
  it.each(['process.exit(1)', `process['exit'](1)`, 'process.abort()'])('let only a main.ts say %s', (text) => {
    expect(wordsOf('daemon/cli/stop.ts', text)).toEqual([expect.stringContaining('ends the process')]);
    expect(wordsOf('daemon/main.ts', text)).toEqual([]);
  });

  it.each(['export default 1', 'export default function f() {}', 'export default class {}', 'const x = 1; export { x as default }'])(
    'refuse %s',
    (text) => {
      expect(wordsOf('db/x.ts', text)).toEqual([expect.stringContaining('exports a default')]);
    },
  );

  it('let a switch have a default', () => {
    expect(wordsOf('db/x.ts', 'switch (x) { default: y() }')).toEqual([]);
  });
});
