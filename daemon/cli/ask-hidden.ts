import { EXIT, Refusal } from '../ports/refusal.ts';

/** Asks for a line on the terminal without showing it; throws where Ctrl-C is pressed. */
export function askHidden(question: string): Promise<string> {
  const { stdin, stderr } = process;
  // Before the question: whoever answers at once must not be shown either.
  stdin.setRawMode(true);
  stderr.write(question);
  stdin.setEncoding('utf8').resume();
  return new Promise((resolve, reject) => {
    let line = '';
    const done = (): void => {
      stdin.off('data', hear).pause().setRawMode(false);
      stderr.write('\n');
    };
    const hear = (typed: string): void => {
      for (const sign of typed) {
        if (sign === '\r' || sign === '\n') {
          done();
          resolve(line);
          return;
        }
        if (sign === '\u0003') {
          done();
          reject(new Refusal('INTERRUPTED', EXIT.failed, 'Interrupted; nothing was changed.'));
          return;
        }
        line = sign === '\u007f' || sign === '\b' ? [...line].slice(0, -1).join('') : line + sign;
      }
    };
    stdin.on('data', hear);
  });
}
