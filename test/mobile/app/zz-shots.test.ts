import { test } from 'vitest';
import { mkdirSync } from 'node:fs';
import { openStage, openPhone, signInAt } from '/work/main/test/mobile/app/browser.ts';
test('shots', async () => {
  mkdirSync('/tmp/shots', { recursive: true });
  const stage = await openStage();
  const only = (process.env['SHOTS'] ?? 'login,home,homefull,positions,position,trades,logs,settings,stale,offline,empty,privacy').split(',');
  const theme = process.env['THEME'] ?? 'dark';
  const width = Number(process.env['W'] ?? 390);
  try {
    const { page, faults, context } = await openPhone(stage, { theme, width });
    const shot = async (n: string, o = {}) => { if (only.includes(n)) await page.screenshot({ path: `/tmp/shots/${n}-${theme}.png`, ...o }); };
    await page.goto(stage.server.address); await page.getByLabel('Password', { exact: true }).waitFor(); await shot('login');
    await signInAt(stage, page); await page.getByText('Bots').first().waitFor(); await page.waitForTimeout(700);
    await shot('home'); 
    if (only.includes('homefull')) { await page.setViewportSize({ width, height: 1900 }); await page.waitForTimeout(200); await shot('homefull'); await page.setViewportSize({ width, height: 844 }); }
    await page.getByRole('button', { name: 'Hide amounts' }).click(); await page.waitForTimeout(100); await shot('privacy'); await page.getByRole('button', { name: 'Show amounts' }).click();
    for (const v of ['Positions', 'Trades', 'Logs', 'Settings']) { await page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: v }).click(); await page.waitForTimeout(500); await shot(v.toLowerCase()); }
    await page.goto(stage.server.address + '/positions/1'); await page.waitForTimeout(600); await shot('position', { fullPage: true });
    await page.goto(stage.server.address + '/'); await page.waitForTimeout(400);
    stage.server.beatAt = Date.now() - 192000; await page.waitForTimeout(1200); await shot('stale'); stage.server.beatAt = null;
    await stage.server.shut(); await page.waitForTimeout(3000); await shot('offline'); await stage.server.open();
    stage.server.empty = true; await page.goto(stage.server.address + '/positions'); await page.waitForTimeout(600); await shot('empty');
    console.log(faults);
    await context.close();
  } finally { await stage.close(); }
}, 60000);
