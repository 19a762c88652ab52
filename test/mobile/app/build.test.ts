import { mkdtemp, readFile, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildApp } from '../../../mobile/app/build.mjs';

let folder: string;
let built: Awaited<ReturnType<typeof buildApp>>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bot-daemon-build-'));
  built = await buildApp({ outDir: folder, minify: true });
});

afterAll(() => rm(folder, { recursive: true, force: true }));

const text = (name: string): Promise<string> => readFile(join(folder, name), 'utf8');
const size = async (name: string): Promise<number> => (await stat(join(folder, name))).size;

describe('the build of the app', () => {
  it('stays within 35 kB of script and style at the first load', async () => {
    expect((await size(`${built.script}.gz`)) + (await size(`${built.style}.gz`))).toBeLessThanOrEqual(35_000);
  });

  it('puts no script, style or event handler into the shell, and names no other host', async () => {
    const html = await text('index.html');
    expect(html).not.toMatch(/<style|style=|\son\w+=|<script(?![^>]*src=)/);
    for (const name of ['index.html', built.style]) expect(await text(name)).not.toMatch(/https?:\/\//);
    for (const [, path] of html.matchAll(/(?:src|href)="([^"]+)"/g)) await stat(join(folder, path ?? ''));
  });

  it('precaches the shell and nothing that has to do with the API', async () => {
    const worker = await text('sw.js');
    const listed = [...worker.matchAll(/\{[^{}]*?["']?url["']?:["']([^"']+)["'][^{}]*?\}/g)].map((match) => match[1]);
    expect(listed.toSorted()).toEqual([built.script, built.style, '/icons/icon.svg', '/index.html'].toSorted());
    expect(built.precached).toBe(4);
    // A worker that took over at once would change figures under a reader's eyes.
    expect(worker.match(/skipWaiting\(/g)).toHaveLength(1);
  });

  it('lays compressed twins beside every text file, which unpack to it', async () => {
    const names = (await readdir(folder, { recursive: true })).filter((name) => /\.(html|js|css|svg|webmanifest)$/.test(name));
    expect(names.length).toBeGreaterThanOrEqual(6);
    for (const name of names) {
      const plain = await readFile(join(folder, name));
      expect(gunzipSync(await readFile(join(folder, `${name}.gz`))).equals(plain)).toBe(true);
      expect(brotliDecompressSync(await readFile(join(folder, `${name}.br`))).equals(plain)).toBe(true);
    }
  });

  it('describes an app that can be installed, with icons of the sizes it claims', async () => {
    const manifest = JSON.parse(await text('app.webmanifest')) as { display: string; start_url: string; short_name: string; icons: { src: string; sizes: string; purpose: string }[] };
    expect(manifest).toMatchObject({ id: '/', scope: '/', display: 'standalone', start_url: '/?src=pwa' });
    expect(manifest.short_name.length).toBeLessThanOrEqual(12);
    expect(manifest.icons.map((icon) => `${icon.sizes} ${icon.purpose}`)).toEqual(['192x192 any', '512x512 any', '512x512 maskable', '96x96 monochrome']);
    for (const icon of manifest.icons) expect((await decode(icon.src)).size).toBe(Number(icon.sizes.split('x')[0]));
  });

  it('draws a touch icon that is opaque to its corners, and a badge of one colour', async () => {
    const touch = await decode('/icons/apple-touch-180.png');
    expect(touch.pixel(0, 0)[3]).toBe(255);
    expect(touch.pixel(179, 179)[3]).toBe(255);
    expect((await decode('/icons/icon-192.png')).pixel(0, 0)[3]).toBe(0);
    const badge = await decode('/icons/badge-96.png');
    expect(badge.pixel(48, 2)).toEqual([255, 255, 255, 0]);
  });

  it('keeps the mark of the maskable icon within the centre that no launcher cuts off', async () => {
    const icon = await decode('/icons/maskable-512.png');
    const ground = icon.pixel(0, 0);
    for (let y = 0; y < 512; y += 4) {
      for (let x = 0; x < 512; x += 4) {
        if (Math.hypot(x - 255.5, y - 255.5) > 0.4 * 512) expect(icon.pixel(x, y)).toEqual(ground);
      }
    }
  });
});

/** Reads the plain PNGs that the build writes: one IDAT, no filter. */
async function decode(path: string): Promise<{ readonly size: number; pixel(x: number, y: number): number[] }> {
  const png = await readFile(join(folder, path));
  expect(png.subarray(1, 4).toString('latin1')).toBe('PNG');
  const width = png.readUInt32BE(16);
  const start = png.indexOf('IDAT');
  const rows = inflateSync(png.subarray(start + 4, start + 4 + png.readUInt32BE(start - 4)));
  return { size: width, pixel: (x, y) => [...rows.subarray(y * (width * 4 + 1) + 1 + x * 4, y * (width * 4 + 1) + 5 + x * 4)] };
}
