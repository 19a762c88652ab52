import { open, stat, type FileHandle } from 'node:fs/promises';

/** Watches the end of a log that other processes write. */
export interface LogFollower {
  /** Reads what was added since the last time, as whole raw lines, oldest first; over a rotation nothing is lost. */
  poll(): Promise<readonly string[]>;
  close(): Promise<void>;
}

/** Of a burst larger than this the beginning is left out: a phone shows the newest. */
const MOST_BYTES = 1024 * 1024;

/** Follows the file from its present end. The file may not be there yet, may be renamed away, or cut to nothing. */
export function followLog(path: string): LogFollower {
  let current: Place | null = null;
  /** The file rotated away: a process that was slow to open the new one may have written to it meanwhile. */
  let former: Place | null = null;
  let started = false;

  async function next(): Promise<Place | null> {
    const handle = await open(path, 'r').catch(() => null);
    if (handle === null) return null;
    return { handle, position: started ? 0 : (await handle.stat()).size };
  }

  return {
    async poll() {
      const lines: string[] = [];
      if (former !== null) {
        lines.push(...(await readNew(former)));
        await former.handle.close();
        former = null;
      }
      if (current !== null) lines.push(...(await readNew(current)));
      if (current === null || (await isReplaced(path, current.handle))) {
        former = current;
        current = await next();
        if (current !== null) lines.push(...(await readNew(current)));
      }
      started = true;
      return lines;
    },
    async close() {
      await Promise.all([current?.handle.close(), former?.handle.close()]);
      current = former = null;
    },
  };
}

interface Place {
  readonly handle: FileHandle;
  position: number;
}

/** Whole lines from the place on; what follows the last line break stays for the next time. */
async function readNew(place: Place): Promise<readonly string[]> {
  const { size } = await place.handle.stat();
  if (size < place.position) place.position = 0;
  const isCut = size - place.position > MOST_BYTES;
  if (isCut) place.position = size - MOST_BYTES;
  if (size === place.position) return [];
  const { buffer, bytesRead } = await place.handle.read(Buffer.allocUnsafe(size - place.position), 0, size - place.position, place.position);
  const whole = buffer.subarray(0, bytesRead).lastIndexOf(0x0a) + 1;
  place.position += whole;
  const lines = buffer.toString('utf8', 0, whole).split('\n').filter((line) => line !== '');
  return isCut ? lines.slice(1) : lines;
}

/** True once another file stands at the path; one that is only gone may come back. */
async function isReplaced(path: string, handle: FileHandle): Promise<boolean> {
  const [there, held] = await Promise.all([stat(path).catch(() => null), handle.stat()]);
  return there !== null && (there.ino !== held.ino || there.dev !== held.dev);
}
