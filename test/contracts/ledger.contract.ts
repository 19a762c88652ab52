import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Fact } from '../../daemon/core/model/fact.ts';
import { botId } from '../../daemon/core/model/ids.ts';
import { instant } from '../../daemon/core/model/instant.ts';
import type { Cycle, Ledger, Recovered } from '../../daemon/ports/ledger.ts';

/** The part of a cycle that cannot be written. */
export type Fault = 'a fact' | 'the state' | 'the place';

/** A book that outlives its lives, and a way to look into it. */
export interface LedgerUnderTest {
  /** Begins a life; with a fault, none of its commits can write that part. */
  begin(fault?: Fault): { readonly ledger: Ledger; readonly recovered: Recovered };
  /** The rules of the latches on the book, in the order they were written. */
  rules(): readonly string[];
  remove(): void;
}

const AT = Date.UTC(2026, 0, 5);
const latched = (rule: string): Fact => ({
  kind: 'latch',
  latch: { scope: 'bot', key: botId('bot-1'), rule, reason: 'a test', since: instant(AT), untilDay: null, liftedAt: null },
});
const cycle = (over: Partial<Cycle> = {}): Cycle => ({ at: instant(AT), facts: [], state: new Map(), place: null, ...over });

const FIRST = cycle({ facts: [latched('one')], state: new Map([['a', '1'], ['b', '1']]), place: 7 });
const SECOND = cycle({ at: instant(AT + 60_000), facts: [latched('two'), latched('three')], state: new Map([['b', '2'], ['c', '2']]), place: 8 });

/** What every ledger must do, whatever it is kept in. */
export function ledgerContract(name: string, make: () => LedgerUnderTest): void {
  let book: LedgerUnderTest;
  beforeEach(() => {
    book = make();
  });
  afterEach(() => {
    book.remove();
  });

  describe(`${name} as a ledger`, () => {
    it('has nothing to recover when it is fresh', () => {
      expect(book.begin().recovered).toEqual({ state: new Map(), feed: null });
    });

    it('gives the next life the state and the place of what was committed', () => {
      book.begin().ledger.commit(FIRST);

      expect(book.begin().recovered).toEqual({ state: FIRST.state, feed: { fingerprint: 'test', place: 7, at: AT } });
      expect(book.rules()).toEqual(['one']);
    });

    it('replaces the state that a cycle changed and keeps the rest', () => {
      const { ledger } = book.begin();
      ledger.commit(FIRST);
      ledger.commit(SECOND);

      expect(book.begin().recovered).toEqual({
        state: new Map([['a', '1'], ['b', '2'], ['c', '2']]),
        feed: { fingerprint: 'test', place: 8, at: AT + 60_000 },
      });
      expect(book.rules()).toEqual(['one', 'two', 'three']);
    });

    it('leaves the feed where it was at a cycle that no market event was part of', () => {
      const { ledger } = book.begin();
      ledger.commit(FIRST);
      ledger.commit({ ...SECOND, place: null });

      const { feed, state } = book.begin().recovered;
      expect(feed).toMatchObject({ fingerprint: 'test', place: 7 });
      expect(state.get('b')).toBe('2');
    });

    it.each(['a fact', 'the state', 'the place'] as const)('has nothing of a cycle of which %s cannot be written', (fault) => {
      book.begin().ledger.commit(FIRST);
      const { ledger } = book.begin(fault);

      expect(() => {
        ledger.commit(SECOND);
      }).toThrow();

      expect(book.begin().recovered).toEqual({ state: FIRST.state, feed: { fingerprint: 'test', place: 7, at: AT } });
      expect(book.rules()).toEqual(['one']);
    });

    it('takes the cycle in a later life that an earlier one could not write', () => {
      book.begin().ledger.commit(FIRST);
      const failing = book.begin('the place').ledger;
      expect(() => {
        failing.commit(SECOND);
      }).toThrow();

      book.begin().ledger.commit(SECOND);

      expect(book.begin().recovered.feed).toEqual({ fingerprint: 'test', place: 8, at: AT + 60_000 });
      expect(book.rules()).toEqual(['one', 'two', 'three']);
    });
  });
}
