import { fnv1a64 } from '../../core/model/ids.ts';

/** A stream of chance that a name determines: the same name, the same stream, on every machine and in every version. */
export interface Chance {
  /** Uniform in [0, 1). */
  uniform(): number;
  /** Mean 0, variance 1, bell-shaped. */
  normal(): number;
}

/**
 * xoshiro128** (Blackman & Vigna, prng.di.unimi.it/xoshiro128starstar.c), seeded by SplitMix32 over a hash of the name.
 * The bell is a sum of four uniforms: only additions, so that no library's logarithm can change a price.
 */
export function chance(name: string): Chance {
  const hash = fnv1a64(name);
  let seed = Number((hash ^ (hash >> 32n)) & 0xffffffffn);
  const splitMix = (): number => {
    seed = (seed + 0x9e3779b9) | 0;
    let mixed = seed ^ (seed >>> 16);
    mixed = Math.imul(mixed, 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return mixed ^ (mixed >>> 15);
  };
  let a = splitMix();
  let b = splitMix();
  let c = splitMix();
  let d = splitMix() | 1; // all zeros would stay zeros
  const next = (): number => {
    const product = Math.imul(b, 5);
    const result = Math.imul((product << 7) | (product >>> 25), 9);
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = (d << 11) | (d >>> 21);
    return result >>> 0;
  };
  return {
    uniform: () => next() / 0x1_0000_0000,
    normal: () => {
      const first = next();
      const second = next();
      const sum = (first >>> 16) + (first & 0xffff) + (second >>> 16) + (second & 0xffff);
      return (sum / 0x1_0000 - 2) * ROOT_3;
    },
  };
}

/** A sum of four uniforms has variance 1/3. */
const ROOT_3 = Math.sqrt(3);
