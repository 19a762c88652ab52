import { fileURLToPath } from 'node:url';
import { runCommandLine } from './cli/command-line.ts';
import { EXIT } from './ports/refusal.ts';

// Someone reading our output may leave early (`logs | head`); that is no fault of ours.
process.stdout.on('error', () => undefined);
process.stderr.on('error', () => undefined);
process.on('uncaughtException', (error) => {
  process.stderr.write(`bot-daemon: internal error: ${error.stack ?? String(error)}\n`);
  process.exit(EXIT.internal);
});

process.exit(await runCommandLine(process.argv.slice(2), fileURLToPath(import.meta.url)));
