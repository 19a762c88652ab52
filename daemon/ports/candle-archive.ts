import type { Candle } from '../core/model/candle.ts';
import type { InstrumentId } from '../core/model/ids.ts';

/** Keeps the bars that were heard, for charts. They can be fetched again: losing the last of them in a power cut costs nothing. */
export interface CandleArchive {
  /** Takes a closed bar; written soon, together with others. */
  add(instrument: InstrumentId, candle: Candle): void;
  /** Writes what has been taken. Never throws: an archive that cannot be written must not stop trading. */
  flush(): void;
  prune(): void;
  close(): void;
}
