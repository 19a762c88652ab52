import type { Reader } from '../open.ts';
import { type Book, bookKey } from './accounts.ts';

/** Compares two books for the order in which they are shown. */
export type BookOrder = (a: Book, b: Book) => number;

/** The currency that the settings put first, then the others by name; of one currency live before paper. */
export function bookOrder(first: string | null): BookOrder {
  const rank = (book: Book): string => `${book.currency === first ? 0 : 1} ${bookKey(book)}`;
  return (a, b) => (rank(a) < rank(b) ? -1 : rank(a) > rank(b) ? 1 : 0);
}

/** Reads the currency shown first from the settings in force, anew when they have changed; null where they name none. */
export function firstCurrency(db: Reader): () => string | null {
  const newest = db.prepare<[], bigint | null>('SELECT max(id) FROM settings_in_force').pluck();
  const select = db
    .prepare<[bigint], string | null>(
      `SELECT json_extract(item.value, '$.value')
       FROM (SELECT body FROM settings_in_force WHERE id = ? AND json_valid(body)) s, json_each(s.body, '$.groups') g, json_each(g.value, '$.items') item
       WHERE json_extract(item.value, '$.path') = 'currency' LIMIT 1`,
    )
    .pluck();
  let known: { readonly id: bigint; readonly currency: string | null } | null = null;

  return () => {
    const id = newest.get() ?? null;
    if (id === null) return null;
    if (known?.id !== id) known = { id, currency: select.get(id) ?? null };
    return known.currency;
  };
}
