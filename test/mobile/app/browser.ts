import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { buildApp } from '../../../mobile/app/build.mjs';
import { MockServer, PASSWORD } from './mock-server.ts';

/** Where Chromium is; the tests that need one are skipped where there is none. */
export const CHROME = process.env['CHROME_PATH'] ?? '/usr/bin/chromium';
export const hasChrome = existsSync(CHROME);

const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

/** The built app behind a canned server, and a browser to look at it with. */
export interface Stage {
  readonly server: MockServer;
  readonly folder: string;
  readonly browser: Browser;
  close(): Promise<void>;
}

/** Builds the app into a temporary folder and serves it. */
export async function openStage(): Promise<Stage> {
  const folder = await mkdtemp(join(tmpdir(), 'bot-daemon-app-'));
  await buildApp({ outDir: join(folder, 'app'), minify: true });
  const server = new MockServer(join(folder, 'app'));
  await server.open();
  const browser = await chromium.launch({ executablePath: CHROME, args: FLAGS });
  return {
    server,
    folder: join(folder, 'app'),
    browser,
    async close() {
      await browser.close();
      await server.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A page that remembers what went wrong in it: console errors, exceptions, violations of the content security policy. */
export interface Watched {
  readonly context: BrowserContext;
  readonly page: Page;
  readonly faults: string[];
}

/** A phone: a fresh context of 390 × 844. */
export async function openPhone(stage: Stage, options: { readonly width?: number; readonly theme?: string } = {}): Promise<Watched> {
  const context = await stage.browser.newContext({
    viewport: { width: options.width ?? 390, height: 844 },
    deviceScaleFactor: 2,
    reducedMotion: 'reduce',
    serviceWorkers: 'allow',
    locale: 'en-IN',
  });
  const { theme } = options;
  if (theme !== undefined) await context.addInitScript((chosen) => localStorage.setItem('theme', chosen), theme);
  context.setDefaultTimeout(10_000);
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(message.text());
  });
  page.on('pageerror', (error) => faults.push(String(error)));
  return { context, page, faults };
}

/** Signs in by the page itself. */
export async function signInAt(stage: Stage, page: Page, path = '/'): Promise<void> {
  await page.goto(stage.server.address + path);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('navigation', { name: 'Views' }).waitFor();
}
