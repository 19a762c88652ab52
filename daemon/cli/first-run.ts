import { randomInt } from 'node:crypto';
import { linkSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { hashPassword } from '../../mobile/server/auth/hash-password.ts';
import { writeFileAtomic } from '../adapters/state-files/write-file-atomic.ts';
import { EXIT, Refusal } from '../ports/refusal.ts';
import { readSettings } from '../settings/read.ts';
import { passwordHashInForce } from '../settings/password-hash.ts';
import { writeSetting } from '../settings/write.ts';
import { packageRoot } from './package-root.ts';

/** What was made because it was not there. */
export interface MadeReady {
  readonly settingsPath: string;
  /** True: the settings file was written from the example. */
  readonly fresh: boolean;
  /** The password that was made, to be shown once and kept nowhere; null where one was set already. */
  readonly password: string | null;
}

/**
 * Makes what a first run lacks: a private settings file from the example where none is found, and a random dashboard
 * password where none is set, of which only the hash is kept. Never touches a file that has faults.
 */
export async function makeReady(found: string | null): Promise<MadeReady> {
  const settingsPath = found ?? resolve('settings.json');
  const fresh = found === null && copyExample(settingsPath);
  return { settingsPath, fresh, password: await givePassword(settingsPath) };
}

/** Copies the example whole or not at all; false where another start was quicker. */
function copyExample(target: string): boolean {
  const draft = `${target}.${process.pid}.new`;
  try {
    writeFileAtomic(draft, readFileSync(join(packageRoot(), 'settings.example.json'), 'utf8'), 0o600);
    linkSync(draft, target);
    return true;
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return false;
    const fault = {
      path: target,
      found: code,
      expected: 'a folder that can be written to',
      remedy: 'start in another folder, or name a settings file with --settings',
    };
    throw new Refusal('SETTINGS_NOT_WRITTEN', EXIT.failed, `No settings file was found and none could be written: ${message}.`, [fault]);
  } finally {
    rmSync(draft, { force: true });
  }
}

async function givePassword(settingsPath: string): Promise<string | null> {
  const read = readSettings(settingsPath);
  if (!read.ok || passwordHashInForce(read.settings.mobile.passwordHash ?? null, process.env) !== null) return null;
  const password = randomPassword();
  const hash = await hashPassword(password);
  const written = await writeSetting(settingsPath, ['mobile', 'passwordHash'], hash, writeFileAtomic, { unlessSet: true });
  return written ? password : null;
}

const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789'; // none that is misread for another

/** Five groups of five letters: 123 bits, easy to copy by hand. */
export function randomPassword(): string {
  const group = (): string => Array.from({ length: 5 }, () => LETTERS.charAt(randomInt(LETTERS.length))).join('');
  return Array.from({ length: 5 }, group).join('-');
}
