import { createInterface } from 'node:readline';
import { hashPassword, PasswordRefused } from '../../../mobile/server/auth/hash-password.ts';
import { processOf } from '../../adapters/state-files/pid-file.ts';
import { writeFileAtomic } from '../../adapters/state-files/write-file-atomic.ts';
import { EXIT, type ExitCode, Refusal } from '../../ports/refusal.ts';
import { readSettings } from '../../settings/read.ts';
import { writeSetting } from '../../settings/write.ts';
import { askHidden } from '../ask-hidden.ts';
import type { Context } from '../context.ts';
import { randomPassword } from '../first-run.ts';
import { say } from '../speak.ts';

export interface PasswdOptions {
  readonly stdin?: boolean;
  readonly generate?: boolean;
  readonly printHash?: boolean;
}

/** Sets the dashboard password: only its hash is kept, in the settings file; a running daemon takes it over and ends every session. */
export async function passwd(context: Context, options: PasswdOptions): Promise<ExitCode> {
  const { settingsPath, json } = context;
  if (options.printHash !== true) refuseUnwritable(settingsPath);
  const password = options.generate === true ? randomPassword() : await givenPassword(options);
  const hash = await hashed(password);
  const shown = options.generate === true ? { password } : {};
  const also = options.generate === true ? `Dashboard password, shown this once: ${password}\n` : '';
  if (options.printHash === true || settingsPath === null) {
    say(json, `${also}${hash}`, { ok: true, hash, ...shown });
    return EXIT.done;
  }
  await writeSetting(settingsPath, ['mobile', 'passwordHash'], hash, writeFileAtomic);
  const overridden = (process.env['BOT_DAEMON_PASSWORD_HASH'] ?? '') !== '';
  const told = tellDaemon(context);
  const effect = told ? 'The running daemon takes it over; every session ends.' : 'It holds from the next start.';
  const warning = overridden ? ' BOT_DAEMON_PASSWORD_HASH is set here, and where the daemon sees it too, it wins over the file.' : '';
  say(json, `${also}The password is set in ${settingsPath}. ${effect}${warning}`, {
    ok: true,
    settings: settingsPath,
    takenOver: told,
    ...shown,
  });
  return EXIT.done;
}

function refuseUnwritable(settingsPath: string | null): void {
  if (settingsPath === null) {
    throw new Refusal(
      'NO_SETTINGS',
      EXIT.failed,
      'No settings file was found to set the password in. Name one with --settings, or run `bot-daemon run` once, which makes one.',
    );
  }
  const read = readSettings(settingsPath);
  if (read.ok) return;
  // A plain password or a broken hash is what this verb cures; any other fault is for its author.
  const others = read.faults.filter(({ path }) => path !== 'mobile.passwordHash');
  if (others.length > 0)
    throw new Refusal('SETTINGS_REFUSED', EXIT.refused, `The settings file ${settingsPath} has faults; correct them first.`, others);
}

async function givenPassword({ stdin = false }: PasswdOptions): Promise<string> {
  if (stdin) return firstLine();
  if (!process.stdin.isTTY) {
    throw new Refusal(
      'NO_TERMINAL',
      EXIT.usage,
      'There is no terminal to ask on. Pipe the password in with --stdin, or let one be made with --generate.',
    );
  }
  const password = await askHidden('New dashboard password (12 characters or more): ');
  if ((await askHidden('Once more: ')) === password) return password;
  throw new Refusal('PASSWORD_MISTYPED', EXIT.failed, 'The two passwords differ; nothing was changed. Run it again.');
}

async function firstLine(): Promise<string> {
  for await (const line of createInterface({ input: process.stdin })) return line;
  return '';
}

async function hashed(password: string): Promise<string> {
  try {
    return await hashPassword(password);
  } catch (error) {
    if (error instanceof PasswordRefused) throw new Refusal('PASSWORD_REFUSED', EXIT.failed, `${error.message} ${error.remedy}`);
    throw error;
  }
}

/** SIGHUP makes a running daemon read its settings anew. */
function tellDaemon({ paths }: Context): boolean {
  const owner = processOf(paths.pid);
  if (owner.kind !== 'running') return false;
  process.kill(owner.pid, 'SIGHUP');
  return true;
}
