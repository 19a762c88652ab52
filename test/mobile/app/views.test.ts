import { faultsByAxe } from './axe.ts';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { hasChrome, openPhone, openStage, signInAt } from './browser.ts';
import type { Stage, Watched } from './browser.ts';

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

/** What lies beyond the right edge: by scrolling, or cut off without a way to it. Chips may scroll by themselves. */
function beyondTheEdge(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const edge = document.documentElement.clientWidth;
    const cut = [...document.querySelectorAll('#app *')].filter((one) => one.closest('.chips, svg, .curve-end, .visually-hidden') === null && one.getBoundingClientRect().right > edge + 0.5);
    return [...(document.documentElement.scrollWidth > edge ? ['the page scrolls sideways'] : []), ...cut.map((one) => one.outerHTML.slice(0, 120))];
  });
}

describe.skipIf(!hasChrome)('the views in a browser', () => {
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
    for (const figure of ['6,284', '.35', '+₹4,123.35', '+₹2,161.00', '80%', '4 of 5', '₹2.11 lakh', '−12', '+18.42', 'no data', '3 h 12 m']) expect(text).toContain(figure);
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
        expect(await beyondTheEdge(page), `${path} at ${percent} %`).toEqual([]);
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

  it('shows what a round trip left, entry fees too, where a trade closed it', async () => {
    const { page } = await phone();
    await signInAt(stage, page, '/trades');
    const row = page.locator('main li').filter({ hasText: 'TATAMOTORS' });
    expect(await row.innerText()).toContain('\u2212₹12.35');
    expect(await row.innerText()).toContain('· RSI Dip');
    expect(await row.innerText()).not.toContain('1,548');
    await page.locator('.day-title').filter({ hasText: 'net after fees' }).first().waitFor();
  });

  it('names the day of a trade that is not of today where no head does', async () => {
    const { page } = await phone();
    await signInAt(stage, page, '/positions/1');
    expect(await page.locator('main a.row.trade').first().innerText()).toMatch(/19 Nov, \d\d:\d\d ·/);
  });

  it('breaks no amount over lines, and no price off its quantity', async () => {
    const { page } = await phone();
    await signInAt(stage, page);
    for (const path of ['/', '/positions', '/trades']) {
      await view(page, path);
      const broken = await page.evaluate(() => [...document.querySelectorAll<HTMLElement>('main .whole, main .row .fig')].filter((one) => one.getBoundingClientRect().height > 30).map((one) => one.innerText));
      expect(broken, path).toEqual([]);
    }
    expect(await page.locator('main .whole').first().innerText()).toContain('@');
  });

  it('folds a long line of the log to two until it is tapped', async () => {
    stage.server.text = 'a sentence of the daemon that goes on '.repeat(8);
    const { page } = await phone();
    await signInAt(stage, page, '/logs');
    const said = page.locator('.log .said').first();
    const height = (): Promise<number> => said.evaluate((one) => one.getBoundingClientRect().height);
    expect(await height()).toBeLessThan(40);
    await said.click();
    await expect.poll(height).toBeGreaterThan(60);
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
