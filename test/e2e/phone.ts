import { type Browser, type Page, chromium } from 'playwright-core';

/** A phone of 390×844 in a real browser; what its console complains of is kept. */
export interface Phone {
  readonly page: Page;
  readonly complaints: string[];
  open(path: string): Promise<void>;
  /** The text a person would read, with spaces of every kind made plain. */
  text(): Promise<string>;
  close(): Promise<void>;
}

const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

export async function aPhone(address: string): Promise<Phone> {
  const browser: Browser = await chromium.launch({ executablePath: process.env['CHROME_PATH'] ?? '/usr/bin/chromium', args: FLAGS });
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, colorScheme: 'dark', acceptDownloads: true });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().includes('401')) complaints.push(message.text());
  });
  return {
    page,
    complaints,
    open: async (path) => {
      await page.goto(address + path);
    },
    text: async () => (await page.locator('body').innerText()).replaceAll(/[\u00a0\u202f\u2009]/g, ' '),
    close: () => browser.close(),
  };
}

export async function signIn(phone: Phone, password: string): Promise<void> {
  await phone.open('/');
  await phone.page.getByLabel(/password/i).first().fill(password);
  await phone.page.keyboard.press('Enter');
  await phone.page.getByRole('navigation').waitFor();
}
