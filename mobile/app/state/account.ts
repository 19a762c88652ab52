import { effect } from '@preact/signals';
import { hello, signIn as postLogin, signOut as postLogout } from '../lib/api.ts';
import type { Failure } from '../lib/api.ts';
import { backOff } from '../lib/back-off.ts';
import { forgetResources } from './resource.ts';
import { forget, session } from './store.ts';

const LEFT = 'signed-out';
const channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('account');

/** Asks the server, until it answers, whether this browser is signed in, and follows what other tabs do; `failed` hears of an unreachable server. */
export async function recallSession(failed: (failure: Failure) => void): Promise<void> {
  if (channel !== null) {
    channel.onmessage = (event: MessageEvent<unknown>): void => {
      if (event.data === LEFT) leave();
    };
  }
  for (let tries = 1; session.peek() === 'unknown'; tries++) {
    const answer = await hello();
    if (answer.kind === 'ok') session.value = answer.data.signedIn ? 'in' : 'out';
    else {
      failed(answer.failure);
      await new Promise((resolve) => setTimeout(resolve, backOff(tries, Math.random())));
    }
  }
}

/** Signs in; null when it worked. */
export async function signIn(password: string, keep: boolean): Promise<Failure | null> {
  const answer = await postLogin(password, keep);
  if (answer.kind === 'failed') return answer.failure;
  session.value = 'in';
  return null;
}

/** Ends the session here and at the server, and leaves nothing of it on the device; null when the server heard it. */
export async function signOut(): Promise<Failure | null> {
  const answer = await postLogout();
  if (answer.kind === 'failed' && answer.failure.status !== 401) return answer.failure;
  leave();
  await purge();
  channel?.postMessage(LEFT);
  return null;
}

/** The shell's own worker and caches come back with the next sign-in. */
export function whenSignedIn(run: () => void): () => void {
  return effect(() => {
    if (session.value === 'in') run();
  });
}

function leave(): void {
  forget();
  forgetResources();
  session.value = 'out';
}

async function purge(): Promise<void> {
  localStorage.clear();
  sessionStorage.clear();
  for (const worker of (await navigator.serviceWorker?.getRegistrations()) ?? []) await worker.unregister();
  for (const name of 'caches' in globalThis ? await caches.keys() : []) await caches.delete(name);
  const databases = (await indexedDB.databases?.()) ?? [];
  for (const { name } of databases) if (name !== undefined) indexedDB.deleteDatabase(name);
  await (navigator as Partial<Pick<Navigator, 'clearAppBadge'>>).clearAppBadge?.();
}
