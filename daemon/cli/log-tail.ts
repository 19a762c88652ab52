import { closeSync, existsSync, fstatSync, openSync, readSync } from 'node:fs';

const CHUNK = 64 * 1024;

/**
 * The last `count` lines of a log that `keep` accepts, oldest first; read backwards in pieces, so that a large log costs
 * no more than a small one, and on into the rotated files (`.1`, `.2`, …) where the newest holds too few.
 */
export function lastLines(path: string, count: number, keep: (line: string) => boolean): string[] {
  const found: string[] = [];
  for (let age = 0; found.length < count; age += 1) {
    const file = age === 0 ? path : `${path}.${age}`;
    if (!existsSync(file)) break;
    readBackwards(file, (line) => {
      if (keep(line)) found.push(line);
      return found.length < count;
    });
  }
  return found.reverse();
}

/** Gives each whole line from the last to the first, until told to stop. */
function readBackwards(path: string, give: (line: string) => boolean): void {
  const file = openSync(path, 'r');
  try {
    let from = fstatSync(file).size;
    // Bytes, not text, are kept between pieces: a cut may fall inside a letter.
    let rest: Buffer = Buffer.alloc(0);
    while (from > 0) {
      const size = Math.min(CHUNK, from);
      const piece = Buffer.alloc(size);
      from -= size;
      readSync(file, piece, 0, size, from);
      const bytes = Buffer.concat([piece, rest]);
      const cut = from === 0 ? 0 : bytes.indexOf(10) + 1;
      if (from > 0 && cut === 0) {
        rest = bytes;
        continue;
      }
      rest = bytes.subarray(0, cut);
      const lines = bytes.subarray(cut).toString('utf8').split('\n').reverse();
      if (!lines.every((line) => line === '' || give(line))) return;
    }
  } finally {
    closeSync(file);
  }
}
