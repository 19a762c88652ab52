import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/**
 * Frees what has just become garbage. An export hands SQLite's pages on as buffers outside V8's heap, which V8 itself
 * frees only once some forty megabytes of them wait; on a machine of 1 GB an export is asked to leave that memory to
 * others. A minor collection costs well under a millisecond.
 */
export const collectYoung: () => void = exposed();

function exposed(): () => void {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as (options: { readonly type: 'minor' }) => void;
  return () => {
    collect({ type: 'minor' });
  };
}
