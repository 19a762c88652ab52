import { EXIT, type ExitCode, type Fault, type Refusal } from '../ports/refusal.ts';

/** Prints a sentence, or, for scripts, the facts as one line of JSON. */
export function say(json: boolean, sentence: string, facts: object): void {
  process.stdout.write(json ? `${JSON.stringify(facts)}\n` : `${sentence}\n`);
}

/** Prints a refusal with every fault and its remedy, and gives its exit code. */
export function sayRefusal(
  json: boolean,
  { code, message, faults, exitCode }: Pick<Refusal, 'code' | 'message' | 'faults' | 'exitCode'>,
): ExitCode {
  const remedy = exitCode === EXIT.usage ? { remedy: 'see: bot-daemon --help' } : {};
  if (json) process.stdout.write(`${JSON.stringify({ ok: false, error: { code, message, exitCode, faults, ...remedy } })}\n`);
  else process.stderr.write(`bot-daemon: ${message}\n${faults.map(faultInWords).join('')}`);
  return exitCode;
}

function faultInWords({ path, found, expected, remedy }: Fault): string {
  return `  ${path}\n      found     ${typeof found === 'string' ? found : JSON.stringify(found)}\n      expected  ${expected}\n      remedy    ${remedy}\n`;
}

/** A span in words: `3 d 4 h`, `2 h 5 min`, `41 s`. */
export function span(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  const [days, hours, minutes] = [Math.floor(seconds / 86_400), Math.floor(seconds / 3_600) % 24, Math.floor(seconds / 60) % 60];
  if (days > 0) return `${days} d ${hours} h`;
  if (hours > 0) return `${hours} h ${minutes} min`;
  return minutes > 0 ? `${minutes} min ${seconds % 60} s` : `${seconds} s`;
}
