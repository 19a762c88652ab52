/**
 * All tests: `npm test`, with `--long` those that take minutes too.
 * The last line is always `N passed, N failed`; a step before the tests that fails (browser, build, check) counts as one failure.
 */
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findChromium } from './chromium.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const UNIT = '.config/vitest.config.ts';
const WHOLE = '.config/vitest.e2e.config.ts';

process.exitCode = await main(process.argv.slice(2));

async function main(flags) {
  const unknown = flags.filter((flag) => flag !== '--long');
  if (unknown.length > 0) {
    process.stderr.write(`test: ${unknown.join(' ')} is not known; the only flag is --long\n`);
    return 64;
  }
  const total = { passed: 0, failed: 0, skipped: 0 };
  const folder = await mkdtemp(join(tmpdir(), 'bot-daemon-test-'));
  try {
    await runAll(total, folder, flags.includes('--long'));
  } catch (fault) {
    fail(total, `test: ${fault?.stack ?? fault}`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  if (total.passed + total.failed === 0) fail(total, 'test: not one test ran, which proves nothing');
  process.stdout.write(`\n${total.passed} passed, ${total.failed} failed${total.skipped > 0 ? `, ${total.skipped} skipped` : ''}\n`);
  return total.failed === 0 ? 0 : 1;
}

async function runAll(total, folder, long) {
  const chromium = await findChromium();
  if (chromium.refusal !== undefined) return fail(total, `test: ${chromium.refusal}`);
  const env = { ...process.env, CHROME_PATH: chromium.path };
  if ((await run('.config/build.mjs', ['--if-stale'], env)) !== 0) return fail(total, 'test: the build failed, so nothing was tested');
  if ((await run('.config/check.mjs', ['--without-tests'], env)) !== 0) fail(total, 'test: the check failed');
  await count(total, UNIT, [], join(folder, 'unit.json'), env);
  await count(total, WHOLE, ['test/e2e/'], join(folder, 'e2e.json'), env);
  if (long) await count(total, WHOLE, ['test/long/'], join(folder, 'long.json'), env);
}

/** Runs Vitest once and adds what its report counts; whatever made it exit in anger without a failed test counts as one failure. */
async function count(total, config, filters, report, env) {
  const args = [
    'run',
    '--config',
    config,
    '--passWithNoTests',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
    ...filters,
  ];
  const exitCode = await run('node_modules/vitest/vitest.mjs', args, env);
  const text = await readFile(report, 'utf8').catch(() => null);
  if (text === null) {
    if (exitCode !== 0) fail(total, `test: Vitest ended with ${exitCode} and no report (${config})`);
    return;
  }
  const found = JSON.parse(text);
  const unloaded = found.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  );
  const failed = found.numFailedTests + unloaded.length;
  total.passed += found.numPassedTests;
  total.skipped += found.numPendingTests + found.numTodoTests;
  total.failed += failed;
  if (failed === 0 && exitCode !== 0) fail(total, `test: Vitest ended with ${exitCode} though no test failed (${config})`);
}

function run(script, args, env) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [script, ...args], { cwd: root, env, stdio: ['ignore', 'inherit', 'inherit'] });
    child.on('error', reject);
    child.on('close', (code, signal) => resolve(code ?? signal));
  });
}

function fail(total, sentence) {
  total.failed += 1;
  process.stderr.write(`${sentence}\n`);
}
