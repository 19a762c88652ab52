import { type Candle, closeOf } from '../../core/model/candle.ts';
import type { MarketEvent } from '../../core/model/event.ts';
import type { InstrumentId } from '../../core/model/ids.ts';
import type { Instant } from '../../core/model/instant.ts';
import type { Quantity } from '../../core/model/money.ts';

/** The candles of one file as the events they make: each opens, then closes, then the next one opens. */
export interface Cursor {
  /** The next event's time, or null once the file is over; what it is, is made only when it is taken. */
  readonly at: Instant | null;
  readonly closing: boolean;
  /** Reads on until the next event is known. */
  fill(): Promise<void>;
  take(): MarketEvent;
  /** Passes over the next event without making it. */
  skip(): void;
  /** True while the next event is known without reading on. */
  readonly ready: boolean;
  close(): Promise<void>;
}

/** Puts the events of several files into one order: by time; at the same time bars close before others open; then by the order of the files. */
export function earliest(cursors: readonly Cursor[]): Cursor | null {
  let first: Cursor | null = null;
  for (const cursor of cursors) {
    if (cursor.at === null) continue;
    if (first === null || first.at === null || cursor.at < first.at || (cursor.at === first.at && cursor.closing && !first.closing))
      first = cursor;
  }
  return first;
}

export function cursorOver(instrument: InstrumentId, batches: AsyncGenerator<readonly Candle[]>): Cursor {
  let batch: readonly Candle[] = [];
  let place = 0;
  let candle: Candle | null = null;
  let closing = false;
  let over = false;
  let previousVolume: Quantity | null = null;

  const advance = (): void => {
    if (candle === null) return;
    if (!closing) {
      closing = true;
      return;
    }
    previousVolume = candle.volume;
    closing = false;
    candle = batch[place] ?? null;
    place += 1;
  };

  return {
    get at() {
      if (candle === null) return null;
      return closing ? closeOf(candle) : candle.openAt;
    },
    get closing() {
      return closing;
    },
    get ready() {
      return candle !== null || over;
    },
    async fill() {
      while (candle === null && !over) {
        const next = await batches.next();
        over = next.done === true;
        batch = next.done === true ? [] : next.value;
        candle = batch[0] ?? null;
        place = 1;
      }
    },
    take() {
      if (candle === null) throw new Error('a cursor was asked for an event it does not have');
      const event = eventOf(instrument, candle, closing, previousVolume);
      advance();
      return event;
    },
    skip: advance,
    async close() {
      await batches.return(undefined);
    },
  };
}

function eventOf(instrument: InstrumentId, candle: Candle, closing: boolean, previousVolume: Quantity | null): MarketEvent {
  if (closing) return { kind: 'candle-closed', at: closeOf(candle), instrument, candle };
  const { openAt, timeframeMs, open } = candle;
  const opened = { kind: 'candle-opened', at: openAt, instrument, timeframeMs, price: open } as const;
  return previousVolume === null ? opened : { ...opened, previousVolume };
}
