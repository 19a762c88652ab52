import { findStrategies } from '../adapters/strategy-files/find-strategies.ts';
import { type Loaded, loadSettings, settingsRefusal } from '../settings/load.ts';
import { passwordHashInForce } from '../settings/password-hash.ts';
import { builtIns } from '../strategies/index.ts';
import type { TreeSettings } from '../supervisor/tree-settings.ts';

type Sound = Extract<Loaded, { readonly ok: true }>;

/** The settings with their strategies, or a `Refusal` (exit 78) with every fault. */
export async function loadOrRefuse(path: string): Promise<Sound> {
  const loaded = await loadSettings(path, findStrategies(builtIns));
  if (!loaded.ok) throw settingsRefusal(path, loaded.faults);
  return loaded;
}

/** What the supervisor needs of them; null while no dashboard password is set. */
export function treeSettings({ settings, compiled }: Sound): TreeSettings | null {
  const password = passwordHashInForce(compiled.mobile.passwordHash, process.env);
  if (password === null) return null;
  const { name, timeZone, currency, mobile, log } = compiled;
  const { host, port, trustedProxies } = mobile;
  return { all: settings, name, timeZone, currency, host, port, trustedProxies, passwordHash: password.hash, logLevel: log.level };
}
