import { acquireLock } from '../../db/lock.ts';

/** Takes the lock at the path it is given, says how that went, and keeps it until it is killed. */
const held = acquireLock(process.argv[2] ?? '');
process.stdout.write(held === null ? 'refused\n' : 'held\n');
if (held !== null) setInterval(() => undefined, 60_000);
