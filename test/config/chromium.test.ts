import { describe, expect, it } from 'vitest';
import { findChromium } from '../chromium.mjs';

/** A machine with these files; apt-get brings `brought`. */
function machine(files: readonly string[], brought: readonly string[] = []) {
  const present = new Set(files);
  const calls: string[] = [];
  return {
    calls,
    env: {},
    root: true,
    exists: (path: string) => present.has(path),
    apt: (args: readonly string[]) => {
      calls.push(args.join(' '));
      if (args.includes('install')) for (const file of brought) present.add(file);
      return brought.length > 0 ? null : 'E: Unable to locate package chromium';
    },
    say: () => undefined,
  };
}
const debian = ['/etc/debian_version', '/usr/bin/apt-get'];

describe('the browser of the tests', () => {
  it('is the one named in CHROME_PATH, before any other', async () => {
    const here = { ...machine(['/opt/chrome', '/usr/bin/chromium']), env: { CHROME_PATH: '/opt/chrome' } };

    expect(await findChromium(here)).toEqual({ path: '/opt/chrome' });
  });

  it('is not guessed when CHROME_PATH names what is not there', async () => {
    const here = { ...machine(['/usr/bin/chromium']), env: { CHROME_PATH: '/opt/chrome' } };

    expect(await findChromium(here)).toEqual({ refusal: expect.stringContaining('CHROME_PATH names /opt/chrome, which does not exist') });
  });

  it('is Debian’s own where it is installed, and nothing is installed anew', async () => {
    const here = machine(['/usr/bin/chromium', ...debian]);

    expect(await findChromium(here)).toEqual({ path: '/usr/bin/chromium' });
    expect(here.calls).toEqual([]);
  });

  it('is fetched by apt-get for root on Debian', async () => {
    const here = machine(debian, ['/usr/bin/chromium']);

    expect(await findChromium(here)).toEqual({ path: '/usr/bin/chromium' });
    expect(here.calls).toEqual(['update', 'install -y --no-install-recommends chromium']);
  });

  it('is asked for in one sentence where it may not be fetched', async () => {
    const here = { ...machine(debian), root: false };

    expect(await findChromium(here)).toEqual({
      refusal: expect.stringMatching(/^no browser at \/usr\/bin\/chromium: install Chromium .*\.$/),
    });
    expect(here.calls).toEqual([]);
  });

  it('is asked for with the reason of apt-get where fetching fails', async () => {
    expect(await findChromium(machine(debian))).toEqual({ refusal: expect.stringContaining('E: Unable to locate package chromium') });
  });
});
