import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { acquireLock } from '../../../db/lock.ts';

const TRADER = fileURLToPath(new URL('../../../dist/trader.js', import.meta.url));
const EXAMPLE = fileURLToPath(new URL('../../../settings.example.json', import.meta.url));

describe('one trader per ledger', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'bot-daemon-turn-'));
    writeFileSync(join(folder, 'settings.json'), readFileSync(EXAMPLE));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('refuses to trade beside another, whoever started it', async () => {
    const other = acquireLock(join(folder, 'trader.lock'));
    expect(other).not.toBeNull();

    const trader = spawn(process.execPath, [TRADER], { stdio: ['pipe', 'ignore', 'ignore'] });
    const ended = new Promise<number | null>((done) => trader.once('exit', done));
    trader.stdin.end(JSON.stringify({ settingsPath: join(folder, 'settings.json'), dataDir: folder, exitAtEnd: false }));

    expect(await ended).toBe(73);
    expect(readFileSync(join(folder, 'daemon.log'), 'utf8')).toContain('TRADER_RUNNING');
    other?.release();
  });
});
