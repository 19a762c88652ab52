/**
 * Types, lint and layers: `node .config/check.mjs [--fix] [--without-tests]`.
 * `--fix` first formats and mends what can be mended; `--without-tests` leaves the architecture test to a caller who runs all tests anyway.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const cache = join(root, 'node_modules/.cache/bot-daemon');
const FLAGS = ['--fix', '--without-tests'];

/** One compilation per set of globals: Node, none (the core and the wire), the browser. */
const PROJECTS = ['.', 'daemon/core', 'mobile/contract', 'mobile/app', 'test/mobile/app'];
const ESLINT = ['eslint', '-c', '.config/eslint.config.mjs', '.'];
const ARCHITECTURE = ['vitest', 'run', '--config', '.config/vitest.config.ts', 'test/architecture'];
const FORMAT = [
  'prettier',
  '--write',
  '--log-level',
  'warn',
  '{.config,daemon,db,mobile,test}/**/*.{ts,tsx,mjs,css}',
  '*.json',
  '!package-lock.json',
];

process.exitCode = await main(process.argv.slice(2));

async function main(flags) {
  const unknown = flags.filter((flag) => !FLAGS.includes(flag));
  if (unknown.length > 0) {
    process.stderr.write(`check: ${unknown.join(' ')} is not known; the flags are ${FLAGS.join(' and ')}\n`);
    return 64;
  }
  await mkdir(cache, { recursive: true });
  if (flags.includes('--fix')) {
    await run({ name: 'format', argv: FORMAT });
    await run({ name: 'mend', argv: [...ESLINT, '--fix'], quiet: true });
  }
  const jobs = PROJECTS.filter((project) => existsSync(join(root, project, 'tsconfig.json'))).map(typesOf);
  jobs.push({ name: 'lint', argv: ESLINT });
  if (!flags.includes('--without-tests')) jobs.push({ name: 'architecture', argv: ARCHITECTURE });
  const results = await twoAtATime(jobs);
  return results.every((passed) => passed) ? 0 : 1;
}

function typesOf(project) {
  const memory = join(cache, `types-${project.replaceAll('/', '-')}.tsbuildinfo`);
  return { name: `types ${project}`, argv: ['tsc', '-p', project, '--noEmit', '--incremental', '--tsBuildInfoFile', memory] };
}

/** Two at once: each is one busy core, and a small machine has two. */
async function twoAtATime(jobs) {
  const waiting = [...jobs];
  const results = [];
  const lane = async () => {
    for (let job = waiting.shift(); job !== undefined; job = waiting.shift()) results.push(await run(job));
  };
  await Promise.all([lane(), lane()]);
  return results;
}

/** Runs one tool of node_modules/.bin; shows what it printed only when it found a fault. */
function run({ name, argv: [tool, ...args], quiet = false }) {
  return new Promise((resolve) => {
    const started = performance.now();
    const child = spawn(join(root, 'node_modules/.bin', tool), args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    const printed = [];
    child.stdout.on('data', (chunk) => printed.push(chunk));
    child.stderr.on('data', (chunk) => printed.push(chunk));
    child.on('error', (fault) => printed.push(Buffer.from(`${fault.message}: run npm ci first\n`)));
    child.on('close', (code) => {
      if (quiet) return resolve(true);
      const seconds = ((performance.now() - started) / 1000).toFixed(1);
      if (code !== 0) process.stdout.write(Buffer.concat(printed));
      process.stdout.write(`check: ${name} ${code === 0 ? 'passed' : 'FAILED'} (${seconds} s)\n`);
      resolve(code === 0);
    });
  });
}
