import { Command, CommanderError, Option } from 'commander';
import { EXIT, type ExitCode, Refusal } from '../ports/refusal.ts';
import { version } from '../settings/version.ts';
import { type CommonOptions, type Context, contextOf } from './context.ts';
import { sayRefusal } from './speak.ts';

/** A verb: each is a file of its own, loaded only when it is asked for. */
type Verb<Options> = (context: Context, options: Options) => Promise<ExitCode>;

/**
 * Reads the arguments, runs the verb and gives the exit code; throws nothing but our own mistakes.
 *
 * @param entry absolute path of the program's own script
 */
export async function runCommandLine(args: readonly string[], entry: string): Promise<ExitCode> {
  let exitCode: ExitCode = EXIT.done;
  const run = <Options extends object>(load: () => Promise<Verb<Options>>) =>
    async function (this: Command): Promise<void> {
      const options = this.optsWithGlobals<CommonOptions & Options>();
      const verb = await load();
      exitCode = await verb(contextOf(options, entry), options);
    };
  const json = args.includes('--json');
  const program = describeProgram(run, json);
  try {
    await program.parseAsync([...args], { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : sayUsage(json, error);
    if (error instanceof Refusal) return sayRefusal(json, error);
    throw error;
  }
}

/** Wrong usage: a person has been told by the parser already, a script gets its JSON. */
function sayUsage(json: boolean, { code, message }: CommanderError): ExitCode {
  const sentence = code === 'commander.help' ? 'A verb is missing.' : message.replace(/^error: /, '');
  return json ? sayRefusal(json, { code: 'USAGE', message: sentence, faults: [], exitCode: EXIT.usage }) : EXIT.usage;
}

type Run = <Options extends object>(load: () => Promise<Verb<Options>>) => (this: Command) => Promise<void>;

function describeProgram(run: Run, json: boolean): Command {
  const program = new Command('bot-daemon')
    .description('Trades strategies on paper, keeps every order in SQLite, and shows the truth on a phone.')
    .version(version, '--version', 'print the version')
    .helpOption('--help', 'print this help')
    .helpCommand(false)
    .exitOverride();
  if (json) program.configureOutput({ writeErr: () => undefined });
  common(program);
  const verb = (name: string, about: string, parent: Command = program): Command =>
    common(parent.command(name).description(about).helpOption('--help', 'print this help').exitOverride());

  verb('start', 'start in the background; returns when trader and dashboard are ready').action(
    run(async () => (await import('./verbs/start.ts')).start),
  );
  verb('stop', 'stop, after the cycle that is under way').action(run(async () => (await import('./verbs/stop.ts')).stop));
  verb('restart', 'stop and start').action(run(async () => (await import('./verbs/restart.ts')).restart));
  verb('run', 'run in the foreground')
    .option('--exit-at-end', 'stop once a replay is over')
    .addOption(new Option('--background').hideHelp())
    .action(run(async () => (await import('./verbs/run.ts')).run));
  verb('status', 'tell whether it runs, whether it trades, and why not; exit 3 where it does not run').action(
    run(async () => (await import('./verbs/status.ts')).status),
  );
  verb('logs', 'print the log')
    .option('-n, --lines <count>', 'so many of the last lines', '100')
    .option('-f, --follow', 'go on with new lines')
    .option('--level <level>', 'only this level and above: debug, info, warn, error')
    .option('--grep <text>', 'only lines with this text')
    .action(run(async () => (await import('./verbs/logs.ts')).logs));
  verb('passwd', 'set the dashboard password')
    .option('--stdin', 'read it from the first line of standard input')
    .addOption(new Option('--generate', 'make one and print it').conflicts('stdin'))
    .option('--print-hash', 'print the hash and leave the settings file as it is')
    .action(run(async () => (await import('./verbs/passwd.ts')).passwd));
  const config = verb('config', 'check or show the settings');
  verb('check', 'check the settings file: every fault at once', config).action(
    run(async () => (await import('./verbs/config-check.ts')).configCheck),
  );
  verb('show', 'print the settings in force and where each comes from', config).action(
    run(async () => (await import('./verbs/config-show.ts')).configShow),
  );
  return program;
}

/** Options that may stand before or after the verb. */
function common(command: Command): Command {
  return command
    .option('--settings <file>', 'settings file (else BOT_DAEMON_SETTINGS, ./settings.json, /etc/bot-daemon/settings.json)')
    .option('--data <folder>', 'data folder (else BOT_DAEMON_DATA, the setting dataDir, ./data)')
    .option('--json', 'print JSON, for scripts');
}
