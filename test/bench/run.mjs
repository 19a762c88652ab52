/**
 * Measures the program on this machine: `npm run bench [-- --write] [-- name …]`, all benches or those named.
 * A bench is no test: figures over their limit are printed as such, and the exit code is 0 unless a bench itself breaks.
 * `--write` puts the table of the run into docs/benchmarks.md.
 */
import { fork, spawnSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { writePage } from './page.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const here = join(root, 'test/bench');

/** In this order, quick ones first; `dist`: measures the processes as they are shipped, so those are built first. */
const BENCHES = [
  { name: 'core' },
  { name: 'commits' },
  { name: 'pages' },
  { name: 'csv', dist: true },
  { name: 'logs' },
  { name: 'routes', dist: true },
  { name: 'live', dist: true },
  { name: 'start', dist: true },
];
/** Programs that a bench starts beside itself. */
const PARTS = ['parts/export-csv', 'parts/bare-server', 'parts/write-trades', 'parts/search-log'];
const LONGEST_MS = 150_000;
const CLEANING_UP_MS = 15_000;

process.exitCode = await main(process.argv.slice(2));

async function main(args) {
  const names = args.filter((arg) => arg !== '--write');
  const unknown = names.filter((name) => !BENCHES.some((bench) => bench.name === name));
  if (unknown.length > 0) {
    process.stderr.write(
      `bench: ${unknown.join(' ')} is not known; there are ${BENCHES.map(({ name }) => name).join(', ')}, and --write\n`,
    );
    return 64;
  }
  const chosen = BENCHES.filter(({ name }) => names.length === 0 || names.includes(name));
  if (
    chosen.some(({ dist }) => dist) &&
    spawnSync(process.execPath, [join(root, '.config/build.mjs'), '--if-stale'], { stdio: 'inherit' }).status !== 0
  )
    return 1;
  return runAll(chosen, args.includes('--write'));
}

async function runAll(chosen, write) {
  const cache = join(root, 'node_modules/.cache/bot-daemon');
  await mkdir(cache, { recursive: true });
  // Inside the project, so that a bundle finds better-sqlite3; the data lies where temporary files do.
  const bundles = await mkdtemp(join(cache, 'bench-'));
  const folder = await mkdtemp(join(tmpdir(), 'bot-daemon-bench-'));
  const rows = [];
  const busy = loadavg()[0];
  const broken = [];
  // The bench that runs hears of it too and cleans up; what is left here is to begin no other.
  let interrupted = false;
  process.on('SIGINT', () => (interrupted = true));
  try {
    await bundle(bundles);
    process.stdout.write('name | figure | beside | ratio | limit | ok/over\n');
    for (const { name } of chosen) {
      if (interrupted) break;
      const fault = await runOne(name, { bundles, folder }, rows);
      if (fault === null) continue;
      broken.push(name);
      process.stderr.write(`bench ${name} broke: ${fault}\n`);
    }
  } finally {
    await rm(bundles, { recursive: true, force: true });
    await rm(folder, { recursive: true, force: true });
  }
  const over = rows.filter((row) => row.verdict === 'over');
  process.stdout.write(
    over.length === 0
      ? '\nno limit is missed\n'
      : `\nmissed limits:\n${over.map((row) => `  ${row.name}: ${row.ratio ?? row.figure}, limit ${row.limit}\n`).join('')}`,
  );
  if (write && broken.length === 0 && !interrupted) await writePage(join(root, 'docs/benchmarks.md'), rows, [busy, loadavg()[0]]);
  return broken.length === 0 && !interrupted ? 0 : 1;
}

async function bundle(outdir) {
  await build({
    absWorkingDir: here,
    entryPoints: [...BENCHES.map(({ name }) => `${name}.ts`), ...PARTS.map((part) => `${part}.ts`)],
    outdir,
    outbase: here,
    entryNames: '[name]',
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    external: ['better-sqlite3', 'playwright-core', 'esbuild'],
    // CommonJS packages inside an ES module bundle still call require for Node's own modules.
    banner: { js: "import { createRequire as createRequireHere } from 'node:module'; const require = createRequireHere(import.meta.url);" },
    logLevel: 'error',
  });
  await cp(join(root, 'db/migrations'), join(outdir, 'migrations'), { recursive: true });
}

/** Runs one bench in a process of its own; answers what broke it, or null. */
function runOne(name, { bundles, folder }, rows) {
  return new Promise((resolve) => {
    const env = { ...process.env, BENCH_FOLDER: folder, BENCH_ROOT: root };
    const child = fork(join(bundles, `${name}.js`), [], { env, execArgv: ['--expose-gc'], stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    let slow = false;
    const asked = setTimeout(() => {
      slow = true;
      child.kill('SIGTERM');
    }, LONGEST_MS);
    const forced = setTimeout(() => child.kill('SIGKILL'), LONGEST_MS + CLEANING_UP_MS);
    child.on('message', (row) => rows.push(row));
    child.on('error', (error) => resolve(error.message));
    child.on('close', (code, signal) => {
      clearTimeout(asked);
      clearTimeout(forced);
      if (slow) resolve(`it took longer than ${LONGEST_MS / 1000} s`);
      else resolve(code === 0 ? null : `it ended with ${code ?? signal}`);
    });
  });
}
