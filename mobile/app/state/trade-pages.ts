import { useEffect, useRef, useState } from 'preact/hooks';
import type { Trades } from '../../contract/index.ts';
import { read } from '../lib/api.ts';
import type { Failure } from '../lib/api.ts';
import { recall, remember } from './resource.ts';
import { epoch, newTrades, session } from './store.ts';
import { toldSince } from './trade-feed.ts';
import { filterOf, withFirstPage, withNewTrade, withOlderPage } from './trade-list.ts';

const PAGE = 100;

/** The list under one filter, as far as it has been read. */
export interface TradePages {
  readonly list: Trades | null;
  readonly failure: Failure | null;
  readonly isLoading: boolean;
  loadOlder(): void;
  reload(): void;
}

/** Reads the trades of a filter page by page; new ones come in at the front as the stream tells them. */
export function useTradePages(query: string): TradePages {
  const path = `/api/trades?limit=${PAGE}${query === '' ? '' : `&${query}`}`;
  const [, redraw] = useState(0);
  const [asked, setAsked] = useState(0);
  const [failure, setFailure] = useState<Failure | null>(null);
  const loading = useRef<string | null>(null);
  const signedIn = session.value === 'in';
  const round = epoch.value;
  const { told } = newTrades.value;
  const seen = useRef(newTrades.peek().told);
  const isRead = recall<Trades>(path) !== null;

  const load = async (from: string, merge: (list: Trades | null, page: Trades) => Trades, signal?: AbortSignal): Promise<void> => {
    loading.current = from;
    const answer = await read<Trades>(from, signal);
    if (signal?.aborted === true) return;
    if (loading.current === from) loading.current = null;
    if (answer.kind === 'ok') remember(path, merge(recall<Trades>(path), answer.data));
    else if (answer.failure.status === 401) session.value = 'out';
    setFailure(answer.kind === 'ok' ? null : answer.failure);
    redraw((count) => count + 1);
  };

  useEffect(() => {
    if (!signedIn) return undefined;
    const leaving = new AbortController();
    void load(path, withFirstPage, leaving.signal);
    return () => leaving.abort();
  }, [path, signedIn, round, asked]);

  useEffect(() => {
    const list = recall<Trades>(path);
    // Told before the first page has come: they wait for it.
    if (list === null) return;
    const trades = toldSince(newTrades.peek(), seen.current);
    seen.current = newTrades.peek().told;
    if (trades === null) setAsked((count) => count + 1);
    if (trades === null || trades.length === 0) return;
    remember(path, trades.reduce((known, trade) => withNewTrade(known, trade, filterOf(query)), list));
    redraw((count) => count + 1);
  }, [told, isRead, path]);

  const list = recall<Trades>(path);
  const loadOlder = (): void => {
    if (list === null || list.next === null || loading.current !== null) return;
    void load(`${path}&cursor=${encodeURIComponent(list.next)}`, (known, page) => (known === null ? page : withOlderPage(known, page)));
  };
  return { list, failure, isLoading: loading.current !== null, loadOlder, reload: () => setAsked((count) => count + 1) };
}
