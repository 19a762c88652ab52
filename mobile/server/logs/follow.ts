import { open, stat, type FileHandle } from 'node:fs/promises';

/** Watches the end of a log that another process writes. */
export interface LogFollower {
  /** Reads what was added since the last time, as whole raw lines, oldest first; over a rotation nothing is lost. */
  poll(): Promise<readonly string[]>;
  close(): Promise<void>;
}

/** Of a burst larger than this the beginning is left out: a phone shows the newest. */
const MOST_BYTES = 1024 * 1024;

/** Follows the file from its present end. The file may not be there yet, may be renamed away, or cut to nothing. */
export function followLog(path: string): LogFollower {
  let handle: FileHandle | null = null;
  let position = 0;
  let started = false;

  /** Whole lines from `position` on; what follows the last line break stays for the next time. */
  async function readNew(from: FileHandle): Promise<string[]> {
    const { size } = await from.stat();
    if (size < position) position = 0;
    const skipped = size - position > MOST_BYTES;
    if (skipped) position = size - MOST_BYTES;
    const bytes = Buffer.allocUnsafe(size - position);
    const { bytesRead } = bytes.length === 0 ? { bytesRead: 0 } : await from.read(bytes, 0, bytes.length, position);
    const whole = bytes.lastIndexOf(0x0a, bytesRead - 1) + 1;
    if (bytesRead === 0 || whole === 0) return [];
    position += whole;
    const lines = bytes.toString('utf8', 0, whole).split('\n').filter((line) => line !== '');
    return skipped ? lines.slice(1) : lines;
  }

  async function rotated(): Promise<boolean> {
    if (handle === null) return true;
    const [now, ours] = await Promise.all([stat(path).catch(() => null), handle.stat()]);
    return now !== null && (now.ino !== ours.ino || now.dev !== ours.dev);
  }

  return {
    async poll() {
      const lines = handle === null ? [] : await readNew(handle);
      if (await rotated()) {
        if (handle !== null) {
          // Once more: what was written between the reading and the renaming.
          lines.push(...(await readNew(handle)));
          await handle.close();
        }
        handle = await open(path, 'r').catch(() => null);
        position = !started && handle !== null ? (await handle.stat()).size : 0;
        if (handle !== null) lines.push(...(await readNew(handle)));
      }
      started = true;
      return lines;
    },
    async close() {
      await handle?.close();
      handle = null;
    },
  };
}
