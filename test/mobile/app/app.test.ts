import { faultsByAxe } from './axe.ts';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { hasChrome, openPhone, openStage, signInAt } from './browser.ts';
import type { Stage, Watched } from './browser.ts';
import { cannedTrades } from './canned.ts';

const VIEWS = ['/', '/positions', '/positions/1', '/trades', '/logs', '/settings'] as const;
const HOSTILE = '"><img src=x onerror="document.title=1"><script>document.title=2</script>';

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

function sidewaysScroll(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

describe.skipIf(!hasChrome)('the app in a browser', () => {
  beforeAll(async () => {
    stage = await openStage();
  });

  afterEach(async () => {
    for (const { context } of phones.splice(0)) await context.close();
    Object.assign(stage.server, { beatAt: null, text: null, empty: false });
  });

  afterAll(() => stage.close());

  it('asks for the password first, and says nothing about the daemon until it has it', async () => {
    const { page, faults } = await phone();
    await page.goto(stage.server.address);
    await page.getByLabel('Password', { exact: true }).fill('wrong');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('That is not the password.').waitFor();
    expect(await page.locator('body').innerText()).not.toMatch(/My bots|PAPER|INR|₹/);
    await page.getByLabel('Password', { exact: true }).fill('wait');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('button', { name: /Wait \d s/ }).waitFor();
    expect(await page.getByRole('button', { name: /Wait/ }).isDisabled()).toBe(true);
    // The browser itself reports the two refusals; nothing else may have gone wrong.
    expect(faults.filter((fault) => !/status of (401|429)/.test(fault))).toEqual([]);
  });

  it('shows the five views and a position without an error or a violation of the policy', async () => {
    const { page, faults } = await phone();
    await signInAt(stage, page);
    for (const path of VIEWS) {
      await view(page, path);
      expect(await page.locator('header').innerText()).toContain('SIMULATED');
      expect(await page.locator('header').innerText()).toContain('PAPER');
    }
    expect(faults).toEqual([]);
  });

  it('shows the figures it was told, each currency by itself', async () => {
    const { page } = await phone();
    await signInAt(stage, page);
    await page.getByText('Last trades').waitFor();
    const text = await page.locator('main').innerText();
    for (const figure of ['6,284', '.35', '+₹4,123.35', '+₹2,161.00', '80 %', '4 of 5', '₹2.11 lakh', '−12', '+18.42', 'no data', '3 h 12 m']) expect(text).toContain(figure);
  });

  it('has nothing to correct for axe in any view, dark or light', async () => {
    for (const theme of ['dark', 'light']) {
      const { page } = await phone({ theme });
      await signInAt(stage, page);
      for (const path of VIEWS) {
        await view(page, path);
        expect(await faultsByAxe(page), `${path} in ${theme}`).toEqual([]);
      }
    }
  });

  it('has nothing to correct for axe on the sign-in and on a silent screen', async () => {
    const { page } = await phone();
    await page.goto(stage.server.address);
    await page.getByLabel('Password', { exact: true }).waitFor();
    expect(await faultsByAxe(page)).toEqual([]);
    stage.server.beatAt = Date.now() - 192_000;
    await signInAt(stage, page);
    await page.getByText('No word from the daemon').first().waitFor();
    expect(await faultsByAxe(page)).toEqual([]);
  });

  it('needs no sideways scrolling at 320 px, also with text twice as large', async () => {
    const { page } = await phone({ width: 320 });
    await signInAt(stage, page);
    for (const percent of [100, 200]) {
      for (const path of VIEWS) {
        await view(page, path);
        await page.evaluate((size) => (document.documentElement.style.fontSize = `${size}%`), percent);
        expect(await sidewaysScroll(page), `${path} at ${percent} %`).toBeLessThanOrEqual(0);
      }
    }
  });

  it('gives every control a target of 44 px', async () => {
    const { page } = await phone();
    await signInAt(stage, page);
    for (const path of VIEWS) {
      await view(page, path);
      const small = await page.evaluate(() =>
        [...document.querySelectorAll<HTMLElement>('a, button, select, input')]
          .map((one) => ({ name: one.textContent, box: (one.closest<HTMLElement>('label') ?? one).getBoundingClientRect() }))
          .filter(({ box }) => box.width > 0 && (box.height < 43.5 || box.width < 43.5))
          .map(({ name, box }) => `${name ?? ''} ${box.width}×${box.height}`),
      );
      expect(small, path).toEqual([]);
    }
  });

  it('shows what others wrote as text', async () => {
    stage.server.text = HOSTILE;
    const { page, faults } = await phone();
    await signInAt(stage, page);
    for (const path of VIEWS) {
      await view(page, path);
      await page.locator('h1, main').getByText(HOSTILE).first().waitFor();
      expect(await page.locator('img, main script').count()).toBe(0);
    }
    expect(faults).toEqual([]);
  });

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

  it('keeps the filter in the URL, asks with it, and offers its CSV', async () => {
    const { page } = await phone();
    await signInAt(stage, page, '/trades?source=MANUAL');
    await page.getByLabel('Buy / sell').selectOption('SELL');
    await page.waitForURL(/side=SELL&source=MANUAL/);
    await page.locator('main').getByText('WIPRO').waitFor();
    expect(await page.locator('main li').count()).toBe(1);
    expect(await page.getByRole('link', { name: 'CSV of these trades' }).getAttribute('href')).toBe('/api/trades.csv?side=SELL&source=MANUAL');
  });

  it('loads older trades while scrolling, to the last one', async () => {
    const { page } = await phone();
    await signInAt(stage, page, '/trades');
    await page.getByText('237').first().waitFor();
    for (let tries = 0; tries < 40 && (await page.locator('main li').count()) < 237; tries++) {
      await page.evaluate(() => scrollTo({ top: document.documentElement.scrollHeight }));
      await page.waitForTimeout(50);
    }
    expect(await page.locator('main li').count()).toBe(237);
    expect(await page.getByRole('button', { name: 'Older trades' }).count()).toBe(0);
  });

  it('comes back to the height it was left at', async () => {
    const { page } = await phone();
    await signInAt(stage, page, '/trades');
    await page.getByText('237').first().waitFor();
    await page.evaluate(() => scrollTo({ top: 1500 }));
    await page.waitForTimeout(100);
    await page.locator('main a.row:visible').nth(20).click();
    await page.getByText('Why it was opened').waitFor();
    expect(await page.evaluate(() => scrollY)).toBe(0);
    await page.goBack();
    await page.getByText('237').first().waitFor();
    await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(1000);
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

  it('searches the log at the server', async () => {
    const { page } = await phone();
    await signInAt(stage, page, '/logs');
    await page.getByLabel('Search the log').fill('refused');
    await page.waitForURL(/q=refused/);
    await expect.poll(() => page.locator('.log li').count()).toBe(1);
    expect(stage.server.asked.some((one) => one.includes('/api/logs?') && one.includes('q=refused'))).toBe(true);
  });

  it('hides amounts as text of one length, and keeps directions', async () => {
    const { page } = await phone();
    await signInAt(stage, page);
    await page.getByRole('button', { name: 'Hide amounts' }).click();
    for (const path of ['Home', 'Positions', 'Trades']) {
      await page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: path }).click();
      await page.locator('main .fig').first().waitFor();
      const html = await page.locator('main').evaluate((main) => main.outerHTML);
      for (const amount of ['6,284', '4,123', '2.11', '955', '782', '1,548', '2,412']) expect(html, `${amount} on ${path}`).not.toContain(amount);
      expect(html).toContain('••••');
      expect(html).toContain('▲');
    }
  });

  it('says that the daemon is silent, since when, and greys every figure', async () => {
    const { page } = await phone();
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
    expect(cached.toSorted()).toEqual([expect.stringMatching(/^\/assets\/app-.*\.css$/), expect.stringMatching(/^\/assets\/app-.*\.js$/), '/icons/icon.svg', '/index.html']);
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

  it('says why a view is empty', async () => {
    stage.server.empty = true;
    const { page } = await phone();
    await signInAt(stage, page, '/positions');
    await page.getByText('1 bot watches 2 instruments').waitFor();
    await view(page, '/trades');
    await page.getByText('No trades yet').waitFor();
    await view(page, '/nowhere');
    await page.getByText('Nothing stands under this address').waitFor();
  });
});
