import type { ComponentChildren, JSX } from 'preact';
import type { Failure } from '../lib/api.ts';
import { Icon } from './icons.tsx';

/** A page without rows: what is missing, and what the daemon is doing meanwhile. */
export function Empty({ title, children }: { readonly title: string; readonly children?: ComponentChildren }): JSX.Element {
  return (
    <div class="empty">
      <Icon name="pulse" />
      <h2>{title}</h2>
      <div>{children}</div>
    </div>
  );
}

/** What could not be read, why, and how to try again; what was read before stays below it. */
export function Trouble({ failure, retry }: { readonly failure: Failure; readonly retry: () => void }): JSX.Element {
  return (
    <div class="trouble" role="alert">
      <p>
        <b>{failure.message}</b> {failure.remedy}
      </p>
      <p class="code">{failure.code}</p>
      <button type="button" class="pill" onClick={retry}>
        Try again
      </button>
    </div>
  );
}

/** Blocks of the final geometry while the first answer is awaited. */
export function Skeleton({ rows }: { readonly rows: number }): JSX.Element {
  return (
    <div class="skeleton" aria-busy="true" aria-label="Connecting">
      {Array.from({ length: rows }, (_, index) => (
        <span key={index} />
      ))}
    </div>
  );
}
