import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { hasChrome, openPhone, openStage, signInAt } from './browser.ts';
import type { Stage, Watched } from './browser.ts';
import { cannedTrades } from './canned.ts';

let stage: Stage;
const phones: Watched[] = [];

/** A phone that is put away after the test. */
async function phone(options: Parameters<typeof openPhone>[1] = {}): Promise<Watched> {
  const watched = await openPhone(stage, options);
  phones.push(watched);
  return watched;
}

async function view(page: Page, path: string): Promise<void> {
  await page.goto(stage.server.address + path);
  await page.locator('main').waitFor();
  await page.locator('[aria-busy=true]').waitFor({ state: 'detached' });
}

describe.skipIf(!hasChrome)('the live app in a browser', () => {
  beforeAll(async () => {
    stage = await openStage();
  });

  afterEach(async () => {
    for (const { context } of phones.splice(0)) await context.close();
    Object.assign(stage.server, { beatAt: null, text: null, empty: false });
  });

  afterAll(() => stage.close());

  it('shows a trade the moment it is told, at the top and once', async () => {
    const { page } = await phone();
    await signInAt(stage, page, '/trades');
    await page.getByText('237').first().waitFor();
    const [newest] = cannedTrades(stage.server.state());
    if (newest === undefined) throw new Error('there are canned trades');
    const trade = { ...newest, id: 301, symbol: 'NEWCOMER', net: '100.25' };
    stage.server.tell({ type: 'trade_executed', seq: 41, data: trade }, 41);
    stage.server.tell({ type: 'trade_executed', seq: 41, data: trade }, 41);
    await page.getByText('NEWCOMER').first().waitFor();
    expect(await page.locator('main li').first().innerText()).toContain('NEWCOMER');
    expect(await page.locator('main').getByText('NEWCOMER').count()).toBe(1);
    expect(await page.locator('.summary').innerText()).toContain('238');
  });

  it('loses no trade of a burst that comes before the page is drawn again', async () => {
    const { page } = await phone();
    await signInAt(stage, page, '/trades');
    await page.getByText('237').first().waitFor();
    const [newest] = cannedTrades(stage.server.state());
    if (newest === undefined) throw new Error('there are canned trades');
    for (let id = 301; id <= 340; id += 1) stage.server.tell({ type: 'trade_executed', seq: id, data: { ...newest, id, symbol: `BURST${id}`, net: '1' } }, id);
    await page.getByText('BURST340').waitFor();
    expect(await page.locator('main').getByText(/^BURST\d+$/).count()).toBe(40);
    expect(await page.locator('.summary').innerText()).toContain('277');
    expect(await page.locator('.summary').innerText()).toContain('965.60');
  });

  it('keeps amounts hidden over a reload, until they are shown', async () => {
    const { page } = await phone();
    await signInAt(stage, page);
    await page.getByRole('button', { name: 'Hide amounts' }).click();
    await page.reload();
    await page.getByRole('button', { name: 'Show amounts' }).click();
    await page.reload();
    await page.getByRole('button', { name: 'Hide amounts' }).waitFor();
  });

  it('follows the look of the device until one is chosen', async () => {
    const { page } = await phone();
    await signInAt(stage, page);
    const ground = (): Promise<string> => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    await page.emulateMedia({ colorScheme: 'light' });
    expect(await ground()).toBe('rgb(243, 245, 247)');
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await ground()).toBe('rgb(10, 13, 18)');
  });

  it('follows the log until the reader scrolls up, then counts what came', async () => {
    const { page } = await phone();
    await signInAt(stage, page, '/logs');
    await page.locator('.log li').first().waitFor();
    const line = (message: string): void =>
      stage.server.tell({ type: 'log', seq: 40, data: { lines: [{ at: new Date().toISOString(), level: 'info', process: 'trader', message, fields: '' }] } });
    line('first news');
    await page.getByText('first news').waitFor();
    const isAtEnd = (): Promise<boolean> => page.evaluate(() => innerHeight + scrollY >= document.documentElement.scrollHeight - 2);
    await expect.poll(isAtEnd).toBe(true);
    await page.evaluate(() => scrollTo({ top: 0 }));
    await page.getByRole('button', { name: 'Follow', exact: true }).waitFor();
    line('second news');
    await page.getByRole('button', { name: '1 new line' }).click();
    await expect.poll(isAtEnd).toBe(true);
    await page.locator('.new-lines').waitFor({ state: 'detached' });
  });

  it('says that the daemon is silent, since when, and greys every figure', async () => {
    const { page } = await phone({ theme: 'dark' });
    await signInAt(stage, page);
    await page.getByText('Last trades').waitFor();
    expect(await page.locator('main.old').count()).toBe(0);
    stage.server.beatAt = Date.parse('2025-11-21T08:59:02.000Z');
    await page.getByText(/^Figures below stopped at 14:29:02\.$/).waitFor();
    expect(await page.locator('.silence').innerText()).toMatch(/No word from the daemon for \d+ d/);
    const colour = await page.locator('main .hero-figure').first().evaluate((figure) => getComputedStyle(figure).color);
    expect(colour).toBe('rgb(129, 141, 155)');
    stage.server.beatAt = null;
    await page.getByText(/heard \d s ago/).waitFor();
    expect(await page.locator('main.old').count()).toBe(0);
  });

  it('says that the server is gone, tries again, and is live again by itself', async () => {
    const { page } = await phone();
    await signInAt(stage, page);
    await page.getByText('Last trades').waitFor();
    await stage.server.shut();
    await page.getByText(/Reconnecting|Server not reached since/).first().waitFor({ timeout: 2000 });
    await page.getByText(/^Server not reached since/).first().waitFor();
    await stage.server.open();
    await page.getByText(/heard \d s ago/).waitFor();
  });

  it('asks for the password over the page when the session has ended, and goes on from there', async () => {
    const { page } = await phone();
    await signInAt(stage, page, '/positions');
    await page.getByText('RELIANCE').first().waitFor();
    stage.server.endSessions();
    await page.getByRole('dialog', { name: 'Sign in' }).waitFor();
    await page.getByRole('dialog').getByLabel('Password', { exact: true }).fill('correct horse battery');
    await page.getByRole('dialog').getByRole('button', { name: 'Sign in' }).click();
    await page.getByText(/heard \d s ago/).waitFor();
    expect(new URL(page.url()).pathname).toBe('/positions');
  });

  it('keeps only the shell in its caches, and opens without the network', async () => {
    const { page, context } = await phone();
    await signInAt(stage, page);
    await page.evaluate(() => navigator.serviceWorker.ready);
    await view(page, '/trades');
    const cached = await page.evaluate(async () => (await Promise.all((await caches.keys()).map(async (name) => (await (await caches.open(name)).keys()).map((request) => new URL(request.url).pathname)))).flat());
    expect(cached.map((path) => path.replace(/-\w+\./, '.')).toSorted()).toEqual(['/assets/app.css', '/assets/app.js', '/icons/icon.svg', '/index.html']);
    await context.setOffline(true);
    await page.goto(`${stage.server.address}/positions`);
    await page.getByText('The server did not answer.').waitFor();
  });

  it('leaves nothing on the device after signing out', async () => {
    const { page } = await phone();
    await signInAt(stage, page, '/settings');
    await page.evaluate(() => navigator.serviceWorker.ready);
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'Sign in to your bots.' }).waitFor();
    const left = (): Promise<unknown> =>
      page.evaluate(async () => ({ caches: await caches.keys(), databases: await indexedDB.databases(), stored: localStorage.length, workers: (await navigator.serviceWorker.getRegistrations()).length }));
    await expect.poll(left).toEqual({ caches: [], databases: [], stored: 0, workers: 0 });
    await page.goto(`${stage.server.address}/trades`);
    await page.getByRole('heading', { name: 'Sign in to your bots.' }).waitFor();
  });
});
