import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { TradeItem } from '../../contract/index.ts';
import { priceText } from '../lib/numbers.ts';
import { newTrades } from '../state/store.ts';
import { toldSince } from '../state/trade-feed.ts';

const PAUSE_MS = 10_000;

/** Says new trades to a screen reader: politely, at most once in ten seconds, several as a count. Ticking ages and prices are never said. */
export function Announcer(): JSX.Element {
  const [text, setText] = useState('');
  const waiting = useRef<TradeItem[]>([]);
  const saidAt = useRef(-PAUSE_MS);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const feed = newTrades.value;
  const seen = useRef(feed.told);
  useEffect(() => {
    const trades = toldSince(feed, seen.current) ?? feed.newest;
    seen.current = feed.told;
    if (trades.length === 0) return;
    waiting.current.push(...trades);
    clearTimeout(timer.current);
    const wait = Math.max(0, saidAt.current + PAUSE_MS - performance.now());
    timer.current = setTimeout(() => {
      setText(sentence(waiting.current));
      waiting.current = [];
      saidAt.current = performance.now();
    }, wait);
  }, [feed.told]);
  useEffect(() => () => clearTimeout(timer.current), []);
  return (
    <div role="status" aria-live="polite" class="visually-hidden">
      {text}
    </div>
  );
}

function sentence(trades: readonly TradeItem[]): string {
  const [only] = trades;
  if (trades.length !== 1 || only === undefined) return `${trades.length} new trades`;
  return `${only.side === 'BUY' ? 'Bought' : 'Sold'} ${only.symbol} at ${priceText(only.price, only.currency)}`;
}
