/** Decides, before any hashing, whether a sign-in may be tried. Time is given in, in milliseconds. */
export interface LoginThrottle {
  /** Counts an attempt. Null: go on; else the seconds after which the next may be tried. */
  admit(from: Attempt, now: number): number | null;
  /** A right password clears the bucket it was tried from. */
  succeeded(from: Attempt): void;
}

export interface Attempt {
  readonly address: string;
  /** The hash of a device cookie that is on record, or null. */
  readonly device: string | null;
}

/** Five attempts in five minutes from one place. */
export const ATTEMPTS = 5;
export const WINDOW_MS = 5 * 60_000;
/** All strangers together, in a minute. */
export const GLOBAL_ATTEMPTS = 30;
const GLOBAL_WINDOW_MS = 60_000;
const FIRST_BLOCK_MS = 60_000;
/** The doubling stops here: the owner may be slowed down by an attacker, never locked out. */
export const LONGEST_BLOCK_MS = 15 * 60_000;
const FORGET_AFTER_MS = 60 * 60_000;
const MOST_BUCKETS = 10_000;

/** Buckets by device where one is known, else by address (IPv6: by /64, which one customer holds). */
export function loginThrottle(): LoginThrottle {
  const buckets = new Map<string, Bucket>();
  let strangers: number[] = [];

  return {
    admit(from, now) {
      const key = bucketKey(from);
      const bucket = fresh(buckets, key, now);
      if (now < bucket.blockedUntil) return secondsUntil(bucket.blockedUntil, now);
      bucket.attempts = bucket.attempts.filter((at) => now - at < WINDOW_MS);
      if (bucket.attempts.length >= ATTEMPTS) {
        bucket.blockedUntil = now + Math.min(FIRST_BLOCK_MS * 2 ** bucket.blocks, LONGEST_BLOCK_MS);
        bucket.blocks += 1;
        bucket.attempts = [];
        return secondsUntil(bucket.blockedUntil, now);
      }
      if (from.device === null) {
        strangers = strangers.filter((at) => now - at < GLOBAL_WINDOW_MS);
        if (strangers.length >= GLOBAL_ATTEMPTS) return secondsUntil((strangers[0] ?? now) + GLOBAL_WINDOW_MS, now);
        strangers.push(now);
      }
      bucket.attempts.push(now);
      return null;
    },
    succeeded(from) {
      buckets.delete(bucketKey(from));
    },
  };
}

interface Bucket {
  attempts: number[];
  blockedUntil: number;
  blocks: number;
  seenAt: number;
}

function fresh(buckets: Map<string, Bucket>, key: string, now: number): Bucket {
  const known = buckets.get(key);
  const bucket = known !== undefined && now - known.seenAt < FORGET_AFTER_MS ? known : { attempts: [], blockedUntil: 0, blocks: 0, seenAt: now };
  bucket.seenAt = now;
  // Insertion order is the order of use, so that the first is the one longest unused.
  buckets.delete(key);
  buckets.set(key, bucket);
  if (buckets.size > MOST_BUCKETS) buckets.delete(buckets.keys().next().value ?? key);
  return bucket;
}

function bucketKey(from: Attempt): string {
  if (from.device !== null) return `device ${from.device}`;
  return `address ${from.address.includes(':') ? firstHalf(from.address) : from.address}`;
}

/** The first 64 bits of an IPv6 address, written out. */
function firstHalf(address: string): string {
  const [left = '', right] = address.split('::');
  const head = left === '' ? [] : left.split(':');
  const tail = right === undefined || right === '' ? [] : right.split(':');
  const zeros = right === undefined ? 0 : Math.max(0, 8 - head.length - tail.length);
  return [...head, ...Array.from({ length: zeros }, () => '0'), ...tail].slice(0, 4).join(':');
}

function secondsUntil(then: number, now: number): number {
  return Math.max(1, Math.ceil((then - now) / 1000));
}
