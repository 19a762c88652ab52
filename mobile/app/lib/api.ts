import type { ErrorBody, Hello } from '../../contract/index.ts';

/** Why an answer did not come: the server's own words where it had some. */
export interface Failure {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly remedy: string;
  /** Seconds the server asks to wait; 0 where it did not. */
  readonly retryAfterSeconds: number;
}

/** An answer or the reason why there is none. Never throws for what a network does. */
export type Answer<T> = { readonly kind: 'ok'; readonly data: T } | { readonly kind: 'failed'; readonly failure: Failure };

/** Reads `path` of the dashboard. */
export function read<T>(path: string, signal?: AbortSignal): Promise<Answer<T>> {
  return ask<T>(path, { headers: { accept: 'application/json' }, ...(signal === undefined ? {} : { signal }) });
}

/** Whether this browser holds a session: the one thing that may be known before sign-in. */
export function hello(): Promise<Answer<Hello>> {
  return read<Hello>('/api/session');
}

/** Signs in; `keep` asks for thirty days. */
export function signIn(password: string, keep: boolean): Promise<Answer<unknown>> {
  return ask('/api/login', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ password, keep }) });
}

/** Ends the session at the server. */
export function signOut(): Promise<Answer<unknown>> {
  return ask('/api/logout', { method: 'POST' });
}

async function ask<T>(path: string, options: RequestInit): Promise<Answer<T>> {
  let response: Response;
  try {
    response = await fetch(path, { ...options, credentials: 'same-origin', cache: 'no-store' });
  } catch {
    return failed(0, 'app.unreachable', 'The server did not answer.', 'Check the connection; the page tries again by itself.');
  }
  try {
    const body: unknown = response.status === 204 ? null : await response.json();
    if (response.ok) return { kind: 'ok', data: body as T };
    const told = (body as Partial<ErrorBody> | null)?.error;
    const retry = Number(response.headers.get('retry-after') ?? 0);
    return failed(response.status, told?.code ?? 'app.refused', told?.message ?? `The server answered ${response.status}.`, told?.remedy ?? '', retry);
  } catch {
    return failed(response.status, 'app.unreadable', `The server's answer (${response.status}) could not be read.`, 'Reload the page.');
  }
}

function failed(status: number, code: string, message: string, remedy: string, retryAfterSeconds = 0): { kind: 'failed'; failure: Failure } {
  return { kind: 'failed', failure: { status, code, message, remedy, retryAfterSeconds: Number.isFinite(retryAfterSeconds) ? retryAfterSeconds : 0 } };
}
