import { isBuiltin } from 'node:module';
import { posix } from 'node:path';
import { folderOf, heldBy } from './glob.ts';
import { LIBRARIES, LOADS_AT_RUN_TIME, ROOMS } from './law.ts';
import type { Library, Room } from './law.ts';
import type { Import, Source } from './source.ts';

/** Every import of a file that the table of rooms or the homes of the libraries forbid, one sentence each. */
export function importFaults(source: Source): string[] {
  const room = roomOf(source.path);
  if (room === undefined)
    return [`${source.path} is in no room: give it a place in docs/architecture.md and a line in test/architecture/law.ts`];
  return source.imports.flatMap((wanted) => {
    const why = refusal(room, source.path, wanted);
    return why === null ? [] : [`${source.path}:${wanted.line} ${why}`];
  });
}

/** The room that owns a file. */
export function roomOf(path: string): Room | undefined {
  return ROOMS.find((room) => heldBy(room.holds, path));
}

/** The file a relative import means, or null for a package or one of Node's modules. */
export function targetOf(path: string, specifier: string): string | null {
  if (!specifier.startsWith('.')) return null;
  return posix.join(posix.dirname(path), specifier);
}

function refusal(room: Room, path: string, { specifier, typeOnly }: Import): string | null {
  if (specifier === null) {
    return heldBy(LOADS_AT_RUN_TIME, path) ? null : 'decides at run time what it imports: nobody could check it, so name the file';
  }
  const target = targetOf(path, specifier);
  if (target !== null) return refusedFile(room, path, target, typeOnly);
  if (isBuiltin(specifier)) return refusedNode(room, specifier);
  return refusedPackage(path, packageOf(specifier));
}

function refusedFile(room: Room, path: string, target: string, typeOnly: boolean): string | null {
  if (isOwn(room, path, target) || heldBy(room.mayImport, target) || isAsset(target)) return null;
  if (heldBy(room.mayImportTypesOf ?? [], target)) {
    return typeOnly ? null : `imports more than types from ${target}: ${room.reason}`;
  }
  return `imports ${target}: ${room.name} may not, because ${room.reason}`;
}

function isOwn(room: Room, path: string, target: string): boolean {
  if (roomOf(target) !== room) return false;
  const glob = room.holds.find((held) => heldBy([held], path));
  return glob !== undefined && (!glob.includes('**') || folderOf(glob, path) === folderOf(glob, target));
}

/** Our own manifest, for the version it names. */
function isAsset(target: string): boolean {
  return target === 'package.json';
}

function refusedNode(room: Room, specifier: string): string | null {
  if (!room.node) return `imports ${specifier}: Node does not exist in ${room.name}, because ${room.reason}`;
  return specifier.startsWith('node:') ? null : `imports ${specifier}: write node:${specifier}, so that no package can stand in for it`;
}

function refusedPackage(path: string, name: string): string | null {
  const library = LIBRARIES.find(({ packages }: Library) => heldBy(packages, name));
  if (library === undefined)
    return `imports ${name}: it has no home yet; a library needs a line, with its reason, in test/architecture/law.ts`;
  return heldBy(library.homes, path) ? null : `imports ${name}: its home is ${library.homes.join(', ')}, because ${library.reason}`;
}

function packageOf(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}
