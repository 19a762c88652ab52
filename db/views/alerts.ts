import type { Reader } from '../open.ts';

export interface AlertStanding {
  readonly id: number;
  readonly key: string;
  readonly severity: 'info' | 'warn' | 'error' | 'critical';
  readonly bot: string | null;
  readonly title: string;
  readonly body: string;
  readonly firstAt: number;
  readonly lastAt: number;
  readonly count: number;
  /** Null while it is open. */
  readonly resolvedAt: number | null;
}

export interface AlertsView {
  /** Open ones first, then the newest resolved. */
  readonly latest: (limit: number) => readonly AlertStanding[];
  readonly one: (id: number) => AlertStanding | null;
}

/** Read model of what people were warned of. Times and counts only, so plain numbers are exact. */
export function alertsView(db: Reader): AlertsView {
  const selectOpen = db
    .prepare<[number], AlertStanding>(`${SELECT} WHERE resolved_at IS NULL ORDER BY last_at DESC, id DESC LIMIT ?`)
    .safeIntegers(false);
  const selectResolved = db
    .prepare<[number], AlertStanding>(`${SELECT} WHERE resolved_at IS NOT NULL ORDER BY id DESC LIMIT ?`)
    .safeIntegers(false);
  const selectOne = db.prepare<[number], AlertStanding>(`${SELECT} WHERE id = ?`).safeIntegers(false);

  return {
    latest: (limit) => {
      const open = selectOpen.all(limit);
      return [...open, ...selectResolved.all(limit - open.length)];
    },
    one: (id) => selectOne.get(id) ?? null,
  };
}

const SELECT = `
  SELECT id, key, severity, bot, title, body, first_at AS firstAt, last_at AS lastAt, count, resolved_at AS resolvedAt FROM alerts`;
