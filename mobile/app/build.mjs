import { build } from 'esbuild';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { injectManifest } from 'workbox-build';
import { compress } from './build/compress.mjs';
import { iconFiles } from './build/icons.mjs';
import { indexHtml, webManifest } from './build/shell.mjs';

const here = dirname(fileURLToPath(import.meta.url));

const common = {
  bundle: true,
  format: /** @type {const} */ ('esm'),
  target: ['es2022', 'safari16', 'chrome108', 'firefox115'],
  jsx: /** @type {const} */ ('automatic'),
  jsxImportSource: 'preact',
  define: { 'process.env.NODE_ENV': '"production"' },
  logLevel: /** @type {const} */ ('warning'),
};

/**
 * Builds the phone's app into `outDir`: hashed script and style under `assets/`, the shell, the manifest, the icons, the service
 * worker, and a `.br` and `.gz` sibling beside every text file. What stood in `outDir` before is removed first.
 *
 * @param {{ outDir: string, minify?: boolean }} options
 * @returns {Promise<{ outDir: string, script: string, style: string, precached: number }>} paths as the browser asks for them
 */
export async function buildApp({ outDir, minify = true }) {
  const out = resolve(outDir);
  await rm(out, { recursive: true, force: true });
  await mkdir(join(out, 'icons'), { recursive: true });
  const { script, style } = await bundleApp(out, minify);
  await writeFile(join(out, 'index.html'), indexHtml({ script, style }));
  await writeFile(join(out, 'app.webmanifest'), `${JSON.stringify(webManifest, null, 1)}\n`);
  for (const icon of iconFiles()) await writeFile(join(out, 'icons', icon.name), icon.bytes);
  const precached = await bundleServiceWorker(out, minify);
  await compress(out);
  return { outDir: out, script, style, precached };
}

async function bundleApp(out, minify) {
  const result = await build({
    ...common,
    minify,
    entryPoints: { app: join(here, 'main.tsx') },
    outdir: join(out, 'assets'),
    entryNames: '[name]-[hash]',
    chunkNames: '[name]-[hash]',
    splitting: true,
    metafile: true,
    absWorkingDir: out,
  });
  const names = Object.keys(result.metafile.outputs);
  const find = (extension) => {
    const name = names.find((one) => /(^|\/)app-[^/]+$/.test(one) && one.endsWith(extension));
    if (name === undefined) throw new Error(`build.app: the bundle has no ${extension} file; main.tsx must import its styles`);
    return `/${name}`;
  };
  return { script: find('.js'), style: find('.css') };
}

async function bundleServiceWorker(out, minify) {
  const bare = join(out, 'sw.bare.js');
  await build({ ...common, format: 'iife', minify, entryPoints: [join(here, 'sw.ts')], outfile: bare });
  const { count, warnings } = await injectManifest({
    swSrc: bare,
    swDest: join(out, 'sw.js'),
    globDirectory: out,
    globPatterns: ['index.html', 'assets/*.{js,css}', 'icons/icon.svg'],
    dontCacheBustURLsMatching: /assets\//,
    manifestTransforms: [(entries) => ({ manifest: entries.map((one) => ({ ...one, url: `/${one.url}` })) })],
  });
  if (warnings.length > 0) throw new Error(`build.sw: ${warnings.join('; ')}`);
  await rm(bare);
  return count;
}

if (process.argv[1] !== undefined && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const outDir = process.argv[2] ?? join(here, '../../dist/app');
  const built = await buildApp({ outDir, minify: true });
  const bytes = (await readFile(join(built.outDir, `${built.script}.gz`))).length + (await readFile(join(built.outDir, `${built.style}.gz`))).length;
  process.stdout.write(`app built into ${built.outDir}: script and style ${(bytes / 1000).toFixed(1)} kB gz, ${built.precached} files precached\n`);
}
