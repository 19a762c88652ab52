import { useEffect, useState } from 'preact/hooks';
import { read } from '../lib/api.ts';
import type { Failure } from '../lib/api.ts';
import { epoch, session } from './store.ts';

/** Something read over REST: what was last read stays while it is read again. */
export interface Resource<T> {
  readonly data: T | null;
  readonly failure: Failure | null;
  reload(): void;
}

const kept = new Map<string, unknown>();

/** Forgets all that was read. */
export function forgetResources(): void {
  kept.clear();
}

/** What was last read from `path`; null if nothing was. */
export function recall<T>(path: string): T | null {
  return (kept.get(path) as T | undefined) ?? null;
}

/** Keeps what is to be shown at once when the reader comes back to `path`. */
export function remember(path: string, data: unknown): void {
  kept.set(path, data);
}

/** Reads `path` when the page opens, after each sign-in and each snapshot, and when `version` changes. */
export function useResource<T>(path: string, version: unknown = 0): Resource<T> {
  const [, redraw] = useState(0);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [asked, setAsked] = useState(0);
  const signedIn = session.value === 'in';
  const round = epoch.value;
  useEffect(() => {
    if (!signedIn) return undefined;
    const leaving = new AbortController();
    void read<T>(path, leaving.signal).then((answer) => {
      if (leaving.signal.aborted) return;
      if (answer.kind === 'ok') remember(path, answer.data);
      else if (answer.failure.status === 401) session.value = 'out';
      setFailure(answer.kind === 'ok' ? null : answer.failure);
      redraw((count) => count + 1);
    });
    return () => leaving.abort();
  }, [path, version, signedIn, round, asked]);
  return { data: recall<T>(path), failure, reload: () => setAsked((count) => count + 1) };
}
