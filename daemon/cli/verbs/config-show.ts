import { EXIT, type ExitCode } from '../../ports/refusal.ts';
import { passwordHashInForce } from '../../settings/password-hash.ts';
import { settingsView } from '../../settings/view.ts';
import type { Context } from '../context.ts';
import { loadOrRefuse } from '../load.ts';
import { say } from '../speak.ts';
import { namedSettings } from './config-check.ts';

/** Prints what is in force and where each value comes from; never a secret. */
export async function configShow({ settingsPath, paths, json }: Context): Promise<ExitCode> {
  const path = namedSettings(settingsPath);
  const { settings, defaults, compiled, strategies } = await loadOrRefuse(path);
  const password = passwordHashInForce(compiled.mobile.passwordHash, process.env);
  const view = settingsView(settings, defaults, path, strategies.registry);
  const facts = { ...view, dataDir: paths.dataDir, password: password === null ? 'not set' : `set by ${password.source}` };
  const groups = view.groups.map(({ title, items }) => {
    const width = Math.max(0, ...items.map((item) => item.path.length));
    return `${title}\n${items.map((item) => `  ${item.path.padEnd(width)}  ${item.value}${item.source === 'default' ? '  (default)' : ''}`).join('\n')}`;
  });
  const head = `Settings  ${path}\nData      ${paths.dataDir}\nPassword  ${facts.password}`;
  say(json, [head, ...groups].join('\n\n'), facts);
  return EXIT.done;
}
