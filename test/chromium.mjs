import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const USUAL = '/usr/bin/chromium';

/**
 * The browser the tests drive: CHROME_PATH, else /usr/bin/chromium, else (root on Debian) fetched by apt.
 * Answers `{ path }` or `{ refusal }`, a sentence that says what to install.
 */
export async function findChromium({
  env = process.env,
  exists = existsSync,
  root = process.getuid?.() === 0,
  apt = runApt,
  say = print,
} = {}) {
  const named = env.CHROME_PATH;
  if (named !== undefined && named !== '') {
    if (exists(named)) return { path: named };
    return { refusal: `CHROME_PATH names ${named}, which does not exist: point it at a Chromium or Chrome program, or unset it.` };
  }
  if (exists(USUAL)) return { path: USUAL };
  if (!root || !exists('/etc/debian_version') || !exists('/usr/bin/apt-get')) {
    return {
      refusal: `no browser at ${USUAL}: install Chromium (on Debian: sudo apt-get install chromium), or name yours in CHROME_PATH.`,
    };
  }
  say('test: no browser yet, installing Chromium by apt-get (once)');
  const faults = [apt(['update']), apt(['install', '-y', '--no-install-recommends', 'chromium'])].filter((fault) => fault !== null);
  if (exists(USUAL)) return { path: USUAL };
  return {
    refusal: `apt-get could not install Chromium (${faults.join('; ') || 'no reason given'}): install it by hand, or name yours in CHROME_PATH.`,
  };
}

/** Runs apt-get without asking anything; answers its last word if it failed. */
function runApt(args) {
  const done = spawnSync('apt-get', ['-qq', ...args], {
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    stdio: ['ignore', 'ignore', 'pipe'],
    encoding: 'utf8',
  });
  if (done.status === 0) return null;
  return done.stderr?.trim().split('\n').at(-1) || `apt-get ${args[0]} ended with ${done.status ?? done.signal}`;
}

function print(sentence) {
  process.stdout.write(`${sentence}\n`);
}
