import { closeSync, fchmodSync, fchownSync, fsyncSync, openSync, renameSync, rmSync, type Stats, statSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Writes a file so that whoever reads it, also after a power cut, finds the old text or the new one and never a part:
 * a temporary file beside it, fsync, rename, fsync of the folder. The mode is set whatever the umask. A file that is
 * replaced keeps its owner and group where we may give them: root must not take a service's file from it.
 */
export function writeFileAtomic(path: string, text: string, mode: number): void {
  const temporary = `${path}.${process.pid}.tmp`;
  const replaced = statSync(path, { throwIfNoEntry: false });
  try {
    writeAndSync(temporary, text, mode, replaced);
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
  syncFolder(dirname(path));
}

function writeAndSync(path: string, text: string, mode: number, replaced: Stats | undefined): void {
  // Made anew and never followed: a link laid here by the folder's owner must not lead root elsewhere.
  rmSync(path, { force: true });
  const file = openSync(path, 'wx', mode);
  try {
    if (replaced !== undefined) giveTo(file, replaced);
    fchmodSync(file, mode);
    const bytes = Buffer.from(text, 'utf8');
    for (let written = 0; written < bytes.length;) written += writeSync(file, bytes, written);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

function giveTo(file: number, { uid, gid }: Stats): void {
  try {
    fchownSync(file, uid, gid);
  } catch (error) {
    // Only root may give a file away; for anybody else it stays his own.
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') throw error;
  }
}

function syncFolder(path: string): void {
  const folder = openSync(path, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
