import type { LedgerWriter } from '../ledger-writer.ts';
import type { Writer } from '../open.ts';

/** Writes what a new life goes on from, the settings in force, and facts about the installation. */
export function stateWriter(db: Writer): Pick<LedgerWriter, 'putState' | 'dropState' | 'allState' | 'putSettings' | 'meta' | 'putMeta'> {
  const upsertState = db.prepare('INSERT INTO engine_state(key, body) VALUES (?, ?) ON CONFLICT(key) DO UPDATE SET body = excluded.body');
  const deleteState = db.prepare('DELETE FROM engine_state WHERE key = ?');
  const selectState = db.prepare<[], { readonly key: string; readonly body: string }>('SELECT key, body FROM engine_state ORDER BY key');
  const insertSettings = db.prepare(`
    INSERT INTO settings_in_force(at, hash, body)
    SELECT @at, @hash, @body WHERE @hash IS NOT (SELECT hash FROM settings_in_force ORDER BY id DESC LIMIT 1)`);
  const selectMeta = db.prepare<[string], string>('SELECT value FROM meta WHERE key = ?').pluck();
  const upsertMeta = db.prepare('INSERT INTO meta(key, value) VALUES (?, ?) ON CONFLICT(key) DO UPDATE SET value = excluded.value');

  return {
    putState: (key, body) => {
      upsertState.run(key, body);
    },
    dropState: (key) => {
      deleteState.run(key);
    },
    allState: () => new Map(selectState.all().map(({ key, body }) => [key, body])),
    putSettings: (row) => insertSettings.run(row).changes > 0,
    meta: (key) => selectMeta.get(key) ?? null,
    putMeta: (key, value) => {
      upsertMeta.run(key, value);
    },
  };
}
