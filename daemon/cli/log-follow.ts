import { closeSync, fstatSync, openSync, readSync, statSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

const LOOK_EVERY_MS = 200;

/**
 * Gives each line that is added to a log from now on, until the signal aborts. Follows the name, not the file: after a
 * rotation the old file is read to its end and the new one from its beginning. The file may not exist yet.
 *
 * @param from byte to begin at
 */
export async function followLines(path: string, from: number, give: (line: string) => void, signal: AbortSignal): Promise<void> {
  let file = openIfThere(path);
  let at = from;
  let rest: Buffer = Buffer.alloc(0);
  const drain = (): void => {
    if (file === null) return;
    const size = fstatSync(file).size;
    if (size < at) at = 0; // cut short in place
    while (at < size) {
      const piece = Buffer.alloc(Math.min(1 << 20, size - at));
      const read = readSync(file, piece, 0, piece.length, at);
      if (read === 0) break;
      at += read;
      rest = giveWhole(Buffer.concat([rest, piece.subarray(0, read)]), give);
    }
  };
  while (!signal.aborted) {
    drain();
    if (file === null || isOther(file, path)) {
      const next = openIfThere(path);
      if (next !== null) {
        drain();
        if (file !== null) closeSync(file);
        [file, at, rest] = [next, 0, Buffer.alloc(0)];
        continue;
      }
    }
    await pause(LOOK_EVERY_MS, undefined, { signal }).catch(() => undefined);
  }
  if (file !== null) closeSync(file);
}

/** Gives the whole lines and keeps what is not one yet. */
function giveWhole(bytes: Buffer, give: (line: string) => void): Buffer {
  const end = bytes.lastIndexOf(10) + 1;
  for (const line of bytes.subarray(0, end).toString('utf8').split('\n')) if (line !== '') give(line);
  return bytes.subarray(end);
}

function openIfThere(path: string): number | null {
  try {
    return openSync(path, 'r');
  } catch {
    return null;
  }
}

/** Whether the name stands for another file by now. */
function isOther(file: number, path: string): boolean {
  try {
    const named = statSync(path);
    const open = fstatSync(file);
    return named.ino !== open.ino || named.dev !== open.dev;
  } catch {
    return false;
  }
}
