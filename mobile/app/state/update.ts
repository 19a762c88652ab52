import { updateReady } from './store.ts';

const CHECK_EVERY_MS = 3_600_000;

let registration: ServiceWorkerRegistration | null = null;
let asked = false;
let checkedAt = 0;

/** Registers the service worker and watches for a newer version, which waits until the reader takes it. */
export async function followVersions(): Promise<void> {
  if (!('serviceWorker' in navigator)) return;
  navigator.serviceWorker.oncontrollerchange = (): void => {
    if (asked) location.reload();
  };
  try {
    registration = await navigator.serviceWorker.register('/sw.js');
  } catch {
    // Without a worker the app works; it only needs the network to open.
    return;
  }
  if (registration.waiting !== null && navigator.serviceWorker.controller !== null) updateReady.value = true;
  registration.onupdatefound = (): void => {
    const coming = registration?.installing ?? null;
    if (coming === null) return;
    coming.onstatechange = (): void => {
      if (coming.state === 'installed' && navigator.serviceWorker.controller !== null) updateReady.value = true;
    };
  };
  document.addEventListener('visibilitychange', check);
}

/** Takes the newer version: the page reloads once it is in charge. */
export function takeUpdate(): void {
  asked = true;
  updateReady.value = false;
  registration?.waiting?.postMessage('skip-waiting');
}

function check(): void {
  if (document.visibilityState === 'hidden' || Date.now() - checkedAt < CHECK_EVERY_MS) return;
  checkedAt = Date.now();
  void registration?.update().catch(() => undefined);
}
