import { type FileLog, openLog } from '../adapters/log/pino-log.ts';
import { rotateIfLarger } from '../adapters/log/rotate.ts';
import { EXIT, type ExitCode, Refusal } from '../ports/refusal.ts';
import { type ControlAnswer, type ControlRequest, openControlSocket, refuseLongPath } from './control-socket.ts';
import { holdInstallation } from './installation.ts';
import type { SuperviseOptions } from './options.ts';
import { endOrphans } from './orphans.ts';
import { Tree, type TreeEnd } from './tree.ts';
import { needRestart } from './tree-settings.ts';

const ROTATION_CHECK_MS = 60_000;

/**
 * Runs the process tree until it is asked to stop (SIGTERM, SIGINT, control socket), a replay is over, or a child refuses
 * to start. Owns the data folder's lock, PID file, control socket and log for as long. Resolves with the exit code; throws
 * `Refusal` where it cannot run, with nothing left behind.
 */
export async function supervise(options: SuperviseOptions): Promise<ExitCode> {
  process.umask(0o077);
  const { paths } = options;
  refuseLongPath(paths.socket);
  const held = holdInstallation(paths);
  try {
    const log = openLog({ path: paths.log, name: 'supervisor', level: options.settings.logLevel });
    const orphans = await endOrphans(paths.children);
    if (orphans.length > 0) log.warn({ pids: orphans }, 'children of a killed supervisor ended');
    return exitCodeOf(await run(options, log), log);
  } finally {
    held.release();
  }
}

async function run(options: SuperviseOptions, log: FileLog): Promise<TreeEnd> {
  const { paths, version } = options;
  log.info({ version, node: process.version, dataDir: paths.dataDir, settings: options.settingsPath }, 'supervisor started');
  const tree = new Tree(options, log);
  const answer = (request: ControlRequest): ControlAnswer => {
    if (request.verb === 'stop') tree.stop('a stop was asked for over the control socket');
    return request.verb === 'status' ? { ok: true, pid: process.pid, status: tree.status() } : { ok: true, pid: process.pid };
  };
  const deaf = hearSignals({
    stop: (signal) => tree.stop(`${signal} was received`),
    reload: () => reload(options, tree, log),
  });
  const rotation = setInterval(() => rotate(paths.log, tree, log), ROTATION_CHECK_MS);
  try {
    const ended = tree.ended.then(({ left }): ControlAnswer => ({ ok: true, pid: process.pid, left }));
    const socket = await openControlSocket(paths.socket, { answer, ended }).catch(async (error: unknown) => {
      tree.stop('the control socket could not be opened');
      await tree.ended;
      throw error;
    });
    const end = await tree.ended;
    await socket.close();
    return end;
  } finally {
    clearInterval(rotation);
    deaf();
  }
}

function exitCodeOf(end: TreeEnd, log: FileLog): ExitCode {
  log.info({ reason: end.reason, traderCode: end.traderCode, killed: end.killed }, 'supervisor stopped');
  if (end.refused !== null) throw new Refusal(end.refused.code, end.refused.exitCode, end.refused.message, end.refused.faults);
  return end.traderCode === EXIT.ordersLeftOpen ? EXIT.ordersLeftOpen : EXIT.done;
}

/** Listens to the signals; the result stops listening. A second SIGTERM or SIGINT finds the stop under way and changes nothing. */
function hearSignals(to: { readonly stop: (signal: string) => void; readonly reload: () => void }): () => void {
  const stop = (signal: NodeJS.Signals): void => to.stop(signal);
  process.on('SIGTERM', stop).on('SIGINT', stop).on('SIGHUP', to.reload);
  return () => {
    process.off('SIGTERM', stop).off('SIGINT', stop).off('SIGHUP', to.reload);
  };
}

function rotate(path: string, tree: Tree, log: FileLog): void {
  try {
    if (!rotateIfLarger(path)) return;
    reopen(tree, log);
    log.info({}, 'log rotated');
  } catch (error) {
    log.warn({ error }, 'log could not be rotated');
  }
}

function reopen(tree: Tree, log: FileLog): void {
  log.reopen();
  tree.tell({ kind: 'reopen-log' });
}

/** SIGHUP: the log is opened anew, and those settings that are safe to change are taken over; a bad file changes nothing. */
function reload(options: SuperviseOptions, tree: Tree, log: FileLog): void {
  reopen(tree, log);
  void options.reread().then((reread) => {
    if (!reread.ok) {
      log.error({ reason: reread.reason, settings: options.settingsPath }, 'new settings refused, the old ones stay in force');
      options.onNotice(`The settings were not taken over: ${reread.reason}`);
      return;
    }
    const waiting = needRestart(tree.settings, reread.settings);
    log.setLevel(reread.settings.logLevel);
    tree.adopt(reread.settings);
    log.info({ logLevel: reread.settings.logLevel }, 'settings read anew');
    if (waiting.length > 0) log.warn({ paths: waiting }, 'settings changed that need a restart');
  });
}
