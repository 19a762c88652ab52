import { EXIT, type ExitCode } from '../../ports/refusal.ts';
import type { Context } from '../context.ts';
import { loadOrRefuse } from '../load.ts';
import { start } from './start.ts';
import { stop } from './stop.ts';

/** Stops and starts; a settings file that would be refused is refused before anything is stopped. */
export async function restart(context: Context): Promise<ExitCode> {
  if (context.settingsPath !== null) await loadOrRefuse(context.settingsPath);
  const stopped = await stop({ ...context, json: false });
  return stopped === EXIT.done ? start(context) : stopped;
}
