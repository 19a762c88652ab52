/**
 * Bundles the processes and the app into dist/: `node .config/build.mjs [--if-stale]`.
 * The new dist is made beside the old one and swapped in only when it is whole, so a failed build leaves the old one running.
 */
import { chmod, cp, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stampOf } from './stamp.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = join(root, 'dist');
const STAMP = '.stamp';

/** What is bundled: each process, and the worker that must stand beside the one that starts it. */
const ENTRIES = [
  { in: 'daemon/main.ts', out: 'bot-daemon' },
  { in: 'daemon/trader/main.ts', out: 'trader' },
  { in: 'mobile/server/main.ts', out: 'dashboard' },
  { in: 'mobile/server/auth/password-worker.ts', out: 'password-worker' },
];

/** What the stamp is taken over: all that can change a byte of dist. */
const SOURCES = ['daemon', 'db', 'mobile', '.config/build.mjs', '.config/stamp.mjs', 'package.json', 'package-lock.json', 'tsconfig.json'];

/** CommonJS packages inside an ES module bundle still call require for Node's own modules. */
const REQUIRE = "import { createRequire as createRequireHere } from 'node:module'; const require = createRequireHere(import.meta.url);";

process.exitCode = await main(process.argv.slice(2));

async function main(flags) {
  const unknown = flags.filter((flag) => flag !== '--if-stale');
  if (unknown.length > 0) return say(`build: ${unknown.join(' ')} is not known; the only flag is --if-stale`, 64);
  const started = performance.now();
  const stamp = await stampOf(root, SOURCES);
  if (flags.includes('--if-stale') && (await isCurrent(stamp))) return say(`build: dist is current (${since(started)})`, 0);

  const draft = join(root, `dist.tmp-${process.pid}`);
  try {
    await rm(draft, { recursive: true, force: true });
    await fill(draft);
    await writeFile(join(draft, STAMP), stamp);
    await swapIn(draft);
    return say(`build: dist made in ${since(started)}`, 0);
  } catch (fault) {
    // esbuild has printed its own errors with place and source line by now.
    const detail = fault?.errors === undefined ? (fault?.stack ?? String(fault)) : `${fault.errors.length} error(s), named above`;
    return say(`build failed, the dist of before is untouched: ${detail}`, 1);
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

/** Puts everything into the draft folder: the processes, the migrations beside them, the app. */
async function fill(draft) {
  // Loaded only here, because a start that finds dist current should not pay for the tools that would make it.
  const { build: bundle } = await import('esbuild');
  const { buildApp } = await import('../mobile/app/build.mjs');
  await mkdir(draft, { recursive: true });
  await bundle({
    absWorkingDir: root,
    entryPoints: ENTRIES,
    outdir: draft,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    // Chunks lie beside the entries, so that a URL relative to import.meta.url (migrations/, app/, the worker) holds in each of them.
    chunkNames: 'chunk-[hash]',
    external: ['better-sqlite3'],
    banner: { js: REQUIRE },
    minifySyntax: true,
    sourcemap: false,
    logLevel: 'error',
  });
  await makeExecutable(join(draft, 'bot-daemon.js'));
  await cp(join(root, 'db/migrations'), join(draft, 'migrations'), { recursive: true });
  await buildApp({ outDir: join(draft, 'app'), minify: true });
}

async function makeExecutable(path) {
  const text = await readFile(path, 'utf8');
  if (!text.startsWith('#!')) await writeFile(path, `#!/usr/bin/env node\n${text}`);
  await chmod(path, 0o755);
}

/** A folder cannot be renamed over a full one: the old steps aside first. Another build may swap at the same moment, so try again. */
async function swapIn(draft) {
  const old = join(root, `dist.old-${process.pid}`);
  for (let attempt = 1; ; attempt += 1) {
    try {
      if (existsSync(dist)) await rename(dist, old);
    } catch (fault) {
      if (fault.code !== 'ENOENT') throw fault;
    }
    try {
      await rename(draft, dist);
      return;
    } catch (fault) {
      if (fault.code !== 'ENOTEMPTY' || attempt === 5) {
        if (!existsSync(dist) && existsSync(old)) await rename(old, dist);
        throw fault;
      }
    } finally {
      await rm(old, { recursive: true, force: true });
    }
  }
}

async function isCurrent(stamp) {
  const made = await readFile(join(dist, STAMP), 'utf8').catch(() => null);
  return made === stamp && ENTRIES.every((entry) => existsSync(join(dist, `${entry.out}.js`)));
}

function since(started) {
  return `${((performance.now() - started) / 1000).toFixed(2)} s`;
}

function say(sentence, exitCode) {
  (exitCode === 0 ? process.stdout : process.stderr).write(`${sentence}\n`);
  return exitCode;
}
