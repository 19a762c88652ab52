import { Worker } from 'node:worker_threads';
import type { PasswordAnswer, PasswordQuestion } from './password-worker.ts';

/** Checks passwords one at a time on a thread of its own. */
export interface PasswordCheck {
  /** Whether the password fits the hash; `busy` when ten already wait. Rejects if the thread dies. */
  fits(password: string, hash: string): Promise<boolean | 'busy'>;
  close(): Promise<void>;
}

/** How many may wait: at 0.4 s each, longer than that nobody waits for a sign-in. */
export const MOST_WAITING = 10;

/** Opens the checker over the worker file at `workerUrl`; the thread starts with the first question and ends when idle. */
export function openPasswordCheck(workerUrl: URL, idleMs = 30_000): PasswordCheck {
  const waiting = new Map<number, Waiting>();
  let worker: Worker | null = null;
  let idle: NodeJS.Timeout | null = null;
  let lastId = 0;

  function start(): Worker {
    const started = new Worker(workerUrl);
    started.unref();
    started.on('message', (answer: PasswordAnswer) => {
      waiting.get(answer.id)?.resolve(answer.fits);
      waiting.delete(answer.id);
      if (waiting.size === 0) rest();
    });
    started.on('error', (cause) => failAll(started, new Error('the password thread failed', { cause })));
    started.on('exit', () => failAll(started, new Error('the password thread ended')));
    return started;
  }
  function rest(): void {
    idle = setTimeout(() => void stop(), idleMs);
    idle.unref();
  }
  function failAll(ended: Worker, error: Error): void {
    if (worker !== ended) return;
    worker = null;
    for (const each of waiting.values()) each.reject(error);
    waiting.clear();
  }
  async function stop(): Promise<void> {
    const ending = worker;
    worker = null;
    if (idle !== null) clearTimeout(idle);
    await ending?.terminate();
  }

  return {
    fits(password, hash) {
      // One is being checked, ten wait.
      if (waiting.size > MOST_WAITING) return Promise.resolve('busy');
      if (idle !== null) clearTimeout(idle);
      worker ??= start();
      const asked = worker;
      const id = (lastId += 1);
      return new Promise<boolean>((resolve, reject) => {
        waiting.set(id, { resolve, reject });
        asked.postMessage({ id, password, hash } satisfies PasswordQuestion);
      });
    },
    async close() {
      const ended = new Error('the dashboard is closing');
      for (const each of waiting.values()) each.reject(ended);
      waiting.clear();
      await stop();
    },
  };
}

interface Waiting {
  resolve(fits: boolean): void;
  reject(error: Error): void;
}
