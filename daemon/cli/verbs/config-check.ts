import { candleFileFaults } from '../../adapters/feed-replay/file-faults.ts';
import { EXIT, type ExitCode, Refusal } from '../../ports/refusal.ts';
import { passwordHashInForce } from '../../settings/password-hash.ts';
import { settingsWarnings } from '../../settings/warnings.ts';
import type { Context } from '../context.ts';
import { loadOrRefuse } from '../load.ts';
import { say } from '../speak.ts';

/** Checks the settings file and the candle files it names: exit 0, with what is perhaps not meant, or 78 with every fault. */
export async function configCheck({ settingsPath, json }: Context): Promise<ExitCode> {
  const path = namedSettings(settingsPath);
  const { compiled, settings } = await loadOrRefuse(path);
  const { feed } = compiled;
  const ofFiles = feed.kind === 'replay' ? await candleFileFaults(feed.files) : [];
  if (ofFiles.length > 0) throw new Refusal('FEED_FILES_REFUSED', EXIT.refused, `${path} is sound, but candle files it names are not.`, ofFiles);
  const warnings = settingsWarnings(settings);
  const password = passwordHashInForce(compiled.mobile.passwordHash, process.env);
  const counts = { bots: compiled.bots.length, accounts: compiled.accounts.size, instruments: compiled.instruments.size };
  const also = password === null ? ' No dashboard password is set yet: the first start makes one.' : '';
  const sentence = `${path} is sound: ${counts.bots} of ${settings.bots.length} bots enabled, ${counts.accounts} accounts, ${counts.instruments} instruments.${also}`;
  const lines = [sentence, ...warnings.map((warning) => `Warning: ${warning}.`)];
  say(json, lines.join('\n'), { ok: true, settings: path, ...counts, passwordSet: password !== null, warnings });
  return EXIT.done;
}

/** The settings file, or a `Refusal` that says where it was looked for. */
export function namedSettings(settingsPath: string | null): string {
  if (settingsPath !== null) return settingsPath;
  throw new Refusal(
    'NO_SETTINGS',
    EXIT.refused,
    'No settings file was found: not by --settings, BOT_DAEMON_SETTINGS, ./settings.json or /etc/bot-daemon/settings.json.',
  );
}
