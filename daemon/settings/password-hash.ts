import { EXIT, Refusal } from '../ports/refusal.ts';

/** The hash of the dashboard password in force: BOT_DAEMON_PASSWORD_HASH, else the settings file's; null where there is none yet. Throws `Refusal` on a variable that holds no bcrypt hash. */
export function passwordHashInForce(
  inFile: string | null,
  env: Readonly<Record<string, string | undefined>>,
): { readonly hash: string; readonly source: 'file' | 'environment' } | null {
  const given = env['BOT_DAEMON_PASSWORD_HASH'];
  if (given === undefined || given === '') return inFile === null ? null : { hash: inFile, source: 'file' };
  if (/^\$2[aby]\$\d\d\$[./A-Za-z0-9]{53}$/.test(given)) return { hash: given, source: 'environment' };
  throw new Refusal('PASSWORD_HASH_INVALID', EXIT.refused, 'The environment variable BOT_DAEMON_PASSWORD_HASH is not usable.', [
    {
      path: 'BOT_DAEMON_PASSWORD_HASH',
      found: '(hidden)',
      expected: 'a bcrypt hash',
      remedy: 'run `bot-daemon passwd --print-hash`, or unset the variable',
    },
  ]);
}
