/** What a room may ask for. Paths are globs relative to the repository: `*` stays in one folder, `**` goes through all. */
export interface Room {
  readonly name: string;
  /** The files it holds; the first room of the list that holds a file owns it. */
  readonly holds: readonly string[];
  /** Other rooms' files it may import. Its own folder it may always import. */
  readonly mayImport: readonly string[];
  /** Other rooms' files of which it may import types only. */
  readonly mayImportTypesOf?: readonly string[];
  /** Whether Node's own modules exist there. */
  readonly node: boolean;
  readonly reason: string;
}

/** A library and the only places that may import it. */
export interface Library {
  /** Package names; `workbox-*` stands for the family. */
  readonly packages: readonly string[];
  readonly homes: readonly string[];
  readonly reason: string;
}

const PURE = ['daemon/core/**', 'daemon/strategies/**'];
const INSIDE = [...PURE, 'daemon/ports/**', 'daemon/settings/**'];

const ROOTS = ['daemon/{trader,backtest,optimise}/{main,compose*}.ts'];

/** The rooms of docs/architecture.md, the narrower before the wider. */
export const ROOMS: readonly Room[] = [
  {
    name: 'mobile/contract',
    holds: ['mobile/contract/**'],
    mayImport: [],
    node: false,
    reason: 'the wire types are read by the app and by third parties, who have nothing else of ours',
  },
  {
    name: 'daemon/core',
    holds: ['daemon/core/**'],
    mayImport: [],
    node: false,
    reason: 'the core is a function of its input: what it could import, it could depend on',
  },
  {
    name: 'daemon/strategies',
    holds: ['daemon/strategies/**'],
    mayImport: ['daemon/core/**'],
    node: false,
    reason: 'a strategy sees what a backtest and a live run can both give it, and no more',
  },
  {
    name: 'daemon/ports',
    holds: ['daemon/ports/**'],
    mayImport: ['daemon/core/**'],
    node: false,
    reason: 'a port is an interface in the words of the core; whoever implements it knows the outside',
  },
  {
    name: 'composition roots',
    holds: ROOTS,
    mayImport: [...INSIDE, 'daemon/{trader,backtest,optimise}/**', 'daemon/adapters/**', 'db/**'],
    node: true,
    reason: 'one place in each process chooses the adapters',
  },
  {
    name: 'daemon/trader, backtest, optimise',
    holds: ['daemon/{trader,backtest,optimise}/**'],
    mayImport: INSIDE,
    mayImportTypesOf: ROOTS,
    node: true,
    reason: 'the loop speaks to ports; only its composition root (main.ts, compose*.ts) knows which adapter stands behind one',
  },
  {
    name: 'daemon/adapters/ledger',
    holds: ['daemon/adapters/ledger/**', 'daemon/adapters/candle-archive/**'],
    mayImport: ['daemon/core/**', 'daemon/ports/**', 'db/**'],
    node: true,
    reason: 'it maps the Ledger port onto rows, so it alone of the adapters knows rows',
  },
  {
    name: 'daemon/adapters/state-files',
    holds: ['daemon/adapters/state-files/**'],
    mayImport: ['daemon/core/**', 'daemon/ports/**', 'db/lock.ts'],
    node: true,
    reason: 'the single-instance lock is held by SQLite; rows are none of its business',
  },
  {
    name: 'daemon/adapters',
    holds: ['daemon/adapters/*/**'],
    mayImport: ['daemon/core/**', 'daemon/ports/**'],
    node: true,
    reason: 'an adapter knows one outside thing; two that know each other can no longer be exchanged one by one',
  },
  {
    name: 'daemon/settings',
    holds: ['daemon/settings/**'],
    mayImport: [...PURE, 'daemon/ports/**'],
    node: true,
    reason: 'settings are decoded once into the words of the core and handed down; nothing outside shapes them',
  },
  {
    name: 'daemon/supervisor',
    holds: ['daemon/supervisor/**'],
    mayImport: ['daemon/ports/**', 'daemon/settings/**', 'daemon/adapters/**', 'db/lock.ts'],
    node: true,
    reason: 'the supervisor stays small enough to be right: processes and signals, no trading and no rows',
  },
  {
    name: 'daemon/cli and main',
    holds: ['daemon/cli/**', 'daemon/main.ts'],
    mayImport: ['daemon/**', 'db/**', 'mobile/server/auth/hash-password.ts'],
    node: true,
    reason: 'the command line is a hand on everything in the daemon; of mobile it needs only how a password is hashed',
  },
  {
    name: 'db',
    holds: ['db/**'],
    mayImport: [],
    node: true,
    reason: 'rows, not domain: both processes stand on it, so it stands on neither',
  },
  {
    name: 'mobile/server',
    holds: ['mobile/server/**'],
    mayImport: ['mobile/contract/**', 'mobile/notify/**', 'db/views/**', 'db/open.ts', 'db/mobile.ts'],
    node: true,
    reason: 'it shows and never trades: it reads views of the ledger and keeps sessions of its own',
  },
  {
    name: 'mobile/notify',
    holds: ['mobile/notify/**'],
    mayImport: ['mobile/contract/**', 'db/views/**', 'db/open.ts', 'db/mobile.ts'],
    node: true,
    reason: 'it tells what the ledger says; it knows neither the web server nor the daemon',
  },
  {
    name: 'the build of mobile/app',
    holds: ['mobile/app/build.mjs', 'mobile/app/build/**'],
    mayImport: [],
    node: true,
    reason: 'the build runs on the developer’s machine and puts no code of the daemon into the page',
  },
  {
    name: 'mobile/app',
    holds: ['mobile/app/**'],
    mayImport: [],
    mayImportTypesOf: ['mobile/contract/**'],
    node: false,
    reason: 'the page runs in a browser and knows the server by its wire types alone',
  },
];

/** Each library's one home. A package without a line here may not be imported at all. */
export const LIBRARIES: readonly Library[] = [
  { packages: ['better-sqlite3'], homes: ['db/**'], reason: 'one room knows SQL, its pragmas and its errors' },
  {
    packages: ['hono', '@hono/node-server', 'bcryptjs'],
    homes: ['mobile/server/**'],
    reason: 'only the dashboard speaks HTTP and checks passwords',
  },
  { packages: ['commander'], homes: ['daemon/cli/**'], reason: 'only the command line reads arguments' },
  {
    packages: ['pino'],
    homes: ['daemon/adapters/log/**', 'mobile/server/log.ts', 'mobile/server/log/**'],
    reason: 'the rest logs through a port',
  },
  {
    packages: ['proper-lockfile'],
    homes: ['daemon/supervisor/**', 'daemon/settings/**'],
    reason: 'only files that two processes may write need it',
  },
  {
    packages: ['zod'],
    homes: ['daemon/settings/**'],
    reason: 'one schema, one decode; the dashboard checks its one JSON by hand and starts faster',
  },
  { packages: ['preact', '@preact/signals'], homes: ['mobile/app/**'], reason: 'only the page draws' },
  { packages: ['workbox-*'], homes: ['mobile/app/**'], reason: 'only the page has a service worker' },
  { packages: ['esbuild'], homes: ['mobile/app/build.mjs', 'mobile/app/build/**'], reason: 'nothing is compiled while trading' },
];

/** The only places where what is loaded may be decided at run time. */
export const LOADS_AT_RUN_TIME: readonly string[] = ['daemon/adapters/strategy-files/**', 'mobile/app/build.mjs'];

/** The only files that may end the process they run in. */
export const ENDS_THE_PROCESS: readonly string[] = ['daemon/main.ts', 'daemon/trader/main.ts', 'mobile/server/main.ts'];
