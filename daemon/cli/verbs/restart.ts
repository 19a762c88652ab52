import type { ExitCode } from '../../ports/refusal.ts';
import type { Context } from '../context.ts';
import { loadOrRefuse } from '../load.ts';
import { stopDaemon } from '../stop-daemon.ts';
import { start } from './start.ts';
import { sayTimeout } from './stop.ts';

/** Stops and starts; a settings file that would be refused is refused before anything is stopped. */
export async function restart(context: Context): Promise<ExitCode> {
  if (context.settingsPath !== null) await loadOrRefuse(context.settingsPath);
  const stopped = await stopDaemon(context.paths);
  return stopped.kind === 'timeout' ? sayTimeout(context.json, stopped) : start(context);
}
