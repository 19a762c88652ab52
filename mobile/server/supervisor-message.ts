/** What the supervisor says over IPC. */
export type SupervisorMessage =
  | { readonly kind: 'stop' }
  | { readonly kind: 'reopen-log' }
  | { readonly kind: 'password-hash'; readonly hash: string }
  | { readonly kind: 'trader-down' | 'crash-loop'; readonly reason: string };

/** Reads a message; null for one that is not known, which is logged and otherwise left alone. */
export function readSupervisorMessage(value: unknown): SupervisorMessage | null {
  if (typeof value !== 'object' || value === null) return null;
  const { kind, hash, reason } = value as Record<string, unknown>;
  if (kind === 'stop' || kind === 'reopen-log') return { kind };
  if (kind === 'password-hash') return typeof hash === 'string' ? { kind, hash } : null;
  if (kind === 'trader-down' || kind === 'crash-loop') return typeof reason === 'string' ? { kind, reason } : null;
  return null;
}
