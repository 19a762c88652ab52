import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { DayNet, Trades } from '../../contract/index.ts';
import { place, setQuery } from '../lib/router.ts';
import { countText } from '../lib/numbers.ts';
import { dayOf, dayText } from '../lib/times.ts';
import { Empty, Skeleton, Trouble } from '../parts/empty.tsx';
import { Profit } from '../parts/figure.tsx';
import { Icon } from '../parts/icons.tsx';
import { Page } from '../parts/page.tsx';
import { TradeFilters } from '../parts/trade-filters.tsx';
import { TradeRow } from '../parts/trade-row.tsx';
import { byDay, filterOf, queryOf } from '../state/trade-list.ts';
import { useTradePages } from '../state/trade-pages.ts';
import { marketNow, timeZone } from '../state/store.ts';

/** Every execution, newest first, under the filter that stands in the URL. */
export function TradesPage(): JSX.Element {
  const filter = filterOf(place.value.query);
  const query = queryOf(filter);
  const pages = useTradePages(query);
  const { list } = pages;
  return (
    <Page
      title="Trades"
      action={
        <a class="pill" href={`/api/trades.csv${query === '' ? '' : `?${query}`}`} download aria-label="CSV of these trades">
          <Icon name="download" />
          CSV
        </a>
      }
      tools={<TradeFilters filter={filter} symbols={list?.symbols ?? []} change={(next) => setQuery(queryOf(next))} />}
    >
      {pages.failure !== null && <Trouble failure={pages.failure} retry={pages.reload} />}
      {list === null ? pages.failure === null && <Skeleton rows={8} /> : list.items.length === 0 ? <NoTrades isFiltered={query !== ''} /> : <List list={list} />}
      {list !== null && list.next !== null && <Older load={pages.loadOlder} count={list.items.length} />}
    </Page>
  );
}

function List({ list }: { readonly list: Trades }): JSX.Element {
  const today = dayOf(marketNow.value, timeZone.value);
  return (
    <>
      {list.summary !== null && (
        <p class="summary num">
          <span>
            <b>{countText(list.summary.count)}</b>
            {list.total !== null && list.total !== list.summary.count ? ` of ${countText(list.total)}` : ''} trades
          </span>
          <span class="nets">
            Net after fees <Nets totals={list.summary.totals} />
          </span>
        </p>
      )}
      {byDay(list).map((group) => (
        <section key={group.day} class="trade-day">
          <h2 class="section day-title">
            <span>{`${group.day === today ? 'Today, ' : ''}${dayText(group.day, today)}`}</span>
            {group.net !== null && (
              <span class="nets num">
                net after fees <Nets totals={group.net.totals} />
              </span>
            )}
          </h2>
          <ul class="card">
            {group.items.map((trade) => (
              <TradeRow key={trade.id} trade={trade} isUnderDay />
            ))}
          </ul>
        </section>
      ))}
    </>
  );
}

/** One net per currency and mode, beside each other: they have no sum. */
function Nets({ totals }: { readonly totals: DayNet['totals'] }): JSX.Element {
  const isMixed = new Set(totals.map((total) => total.mode)).size > 1;
  return (
    <>
      {totals.map((total) => (
        <span key={`${total.currency} ${total.mode}`} class="net">
          <Profit amount={total.net} currency={total.currency} />
          {isMixed && <small>{` ${total.mode}`}</small>}
        </span>
      ))}
    </>
  );
}

function NoTrades({ isFiltered }: { readonly isFiltered: boolean }): JSX.Element {
  if (!isFiltered) {
    return (
      <Empty title="No trades yet">
        <p>The first trade appears here the moment it is filled.</p>
      </Empty>
    );
  }
  return (
    <Empty title="No trade under this filter">
      <button type="button" class="pill" onClick={() => setQuery('')}>
        Clear the filter
      </button>
    </Empty>
  );
}

/** Loads the next older page as it comes near; as a button it also works without scrolling. */
function Older({ load, count }: { readonly load: () => void; readonly count: number }): JSX.Element {
  const mark = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (mark.current === null) return undefined;
    const watcher = new IntersectionObserver((entries) => entries.some((entry) => entry.isIntersecting) && load(), { rootMargin: '800px' });
    watcher.observe(mark.current);
    return () => watcher.disconnect();
  }, [count]);
  return (
    <button type="button" class="pill older" ref={mark} onClick={load}>
      Older trades
    </button>
  );
}
