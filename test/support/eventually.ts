import { setTimeout as pause } from 'node:timers/promises';

/** Waits until something is so and gives it; throws with the words where it never is. */
export async function eventually<Value>(
  what: string,
  look: () => Value | null | undefined | false | Promise<Value | null | undefined | false>,
): Promise<Value> {
  for (let attempt = 0; attempt < 1_200; attempt += 1) {
    const found = await look();
    if (found !== null && found !== undefined && found !== false) return found;
    await pause(25);
  }
  throw new Error(`never came true: ${what}`);
}
