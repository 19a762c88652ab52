import type { JSX } from 'preact';
import type { PositionItem, PositionPage as PositionPageData } from '../../contract/index.ts';
import { Empty, Skeleton, Trouble } from '../parts/empty.tsx';
import { Fact } from '../parts/fact.tsx';
import { Hero, Money, Percent, Quantity } from '../parts/figure.tsx';
import { LotList, OrderList } from '../parts/position-lists.tsx';
import { Page } from '../parts/page.tsx';
import { PriceAge } from '../parts/position-card.tsx';
import { PositionRange } from '../parts/position-range.tsx';
import { TradeRow } from '../parts/trade-row.tsx';
import { pricedText } from '../lib/numbers.ts';
import { momentText } from '../lib/times.ts';
import { useResource } from '../state/resource.ts';
import type { Resource } from '../state/resource.ts';
import { newTrades, timeZone, world } from '../state/store.ts';

/** One position: what it is worth, why it was opened, and every lot, order and trade of it. Closed, it stays readable. */
export function PositionPage({ id }: { readonly id: string }): JSX.Element {
  const open = world.value?.positions.items.find((item) => String(item.id) === id) ?? null;
  const touched = newTrades.value.newest.find((trade) => String(trade.roundTrip) === id)?.id ?? 0;
  const page = useResource<PositionPageData>(`/api/positions/${encodeURIComponent(id)}`, `${open?.quantity ?? 'closed'} ${touched}`);
  const title = page.data?.symbol ?? open?.symbol ?? 'Position';
  return (
    <Page title={title} backTo="/positions">
      {page.failure?.status === 404 ? <Missing id={id} /> : <Known page={page} open={open} />}
    </Page>
  );
}

function Missing({ id }: { readonly id: string }): JSX.Element {
  return (
    <Empty title="No such position">
      <p>{`Nothing was ever opened under number ${id}.`}</p>
      <a class="pill" href="/positions">
        Open positions
      </a>
    </Empty>
  );
}

function Known({ page, open }: { readonly page: Resource<PositionPageData>; readonly open: PositionItem | null }): JSX.Element {
  const { data, failure } = page;
  return (
    <>
      {failure !== null && <Trouble failure={failure} retry={page.reload} />}
      {data === null ? <Skeleton rows={6} /> : <Content data={data} position={data.closedAt === null ? (open ?? data.position) : null} />}
    </>
  );
}

function Content({ data, position }: { readonly data: PositionPageData; readonly position: PositionItem | null }): JSX.Element {
  return (
    <>
      {position === null ? <Closed data={data} /> : <OpenFacts position={position} />}
      {data.entryReason !== '' && (
        <p class="card note">
          <b>Why it was opened</b> {data.entryReason}
        </p>
      )}
      <LotList lots={data.lots} currency={data.currency} />
      <OrderList orders={data.orders} currency={data.currency} />
      {data.trades.length > 0 && (
        <section>
          <h2 class="section">Trades</h2>
          <ul class="card">
            {data.trades.map((trade) => (
              <TradeRow key={trade.id} trade={trade} />
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

function Closed({ data }: { readonly data: PositionPageData }): JSX.Element {
  return (
    <section class="total">
      <div>
        <h2>{`Closed${data.closedAt === null ? '' : ` ${momentText(data.closedAt, timeZone.value)}`} · ${data.exchange}`}</h2>
        <Hero amount={data.net} currency={data.currency} label="Net result" />
      </div>
    </section>
  );
}

function OpenFacts({ position }: { readonly position: PositionItem }): JSX.Element {
  const { currency } = position;
  return (
    <>
      <section class="total">
        <div>
          <h2>{`Open profit · ${position.exchange} · ${position.direction}`}</h2>
          {position.profit === null ? <p class="quiet">No price yet</p> : <Hero amount={position.profit} currency={currency} label="Open profit" />}
          <Percent percent={position.profitPercent} /> <PriceAge heardAt={position.currentHeardAt} />
        </div>
      </section>
      <div class="card position">
        <PositionRange position={position} />
      </div>
      <dl class="card facts num">
        <Fact name="Quantity">
          <Quantity quantity={position.quantity} currency={currency} />
        </Fact>
        <Fact name="Entry">{pricedText(position.entry, currency)}</Fact>
        <Fact name="Current">{position.current === null ? 'none yet' : <span class="fig">{pricedText(position.current, currency)}</span>}</Fact>
        <Fact name="Cost">
          <Money amount={position.cost} currency={currency} />
        </Fact>
        {position.value !== null && (
          <Fact name="Value">
            <Money amount={position.value} currency={currency} />
          </Fact>
        )}
        <Fact name="Opened">{momentText(position.openedAt, timeZone.value)}</Fact>
        <Fact name="By">{`${position.botName} · ${position.source}`}</Fact>
      </dl>
    </>
  );
}
