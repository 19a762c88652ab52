import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';

const SOURCE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe-core finds on the page, rule by rule with the first element of each; best practices included. */
export async function faultsByAxe(page: Page): Promise<readonly string[]> {
  // Evaluated, not inserted: the policy of the page allows no script of ours.
  await page.evaluate(SOURCE);
  return page.evaluate(async () => {
    const { axe } = window as unknown as { axe: { run(): Promise<{ violations: { id: string; nodes: { html: string; failureSummary?: string }[] }[] }> } };
    const { violations } = await axe.run();
    return violations.map((one) => `${one.id}: ${one.nodes.length} × ${one.nodes[0]?.html.slice(0, 160) ?? ''} ${one.nodes[0]?.failureSummary ?? ''}`);
  });
}
