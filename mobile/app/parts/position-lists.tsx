import type { JSX } from 'preact';
import type { OrderItem, PositionPage } from '../../contract/index.ts';
import { priceText } from '../lib/numbers.ts';
import { momentText } from '../lib/times.ts';
import { timeZone } from '../state/store.ts';
import { Quantity } from './figure.tsx';

/** What is still held, purchase by purchase: first in, first out, as tax files want it. */
export function LotList({ lots, currency }: { readonly lots: PositionPage['lots']; readonly currency: string }): JSX.Element | null {
  if (lots.length === 0) return null;
  return (
    <section>
      <h2 class="section">Lots</h2>
      <ul class="card">
        {lots.map((lot) => (
          <li key={lot.number} class="row">
            <span class="row-main">
              <span class="row-title num">
                <Quantity quantity={lot.quantity} currency={currency} /> @ {priceText(lot.price, currency)}
              </span>
              <span class="row-sub num">{momentText(lot.openedAt, timeZone.value)}</span>
            </span>
            <span class="row-end">
              <span class="row-sub num">{`lot ${lot.number}`}</span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Every order of the position, with why it was sent and what became of it. */
export function OrderList({ orders, currency }: { readonly orders: readonly OrderItem[]; readonly currency: string }): JSX.Element | null {
  if (orders.length === 0) return null;
  return (
    <section>
      <h2 class="section">Orders</h2>
      <ul class="card">
        {orders.map((order) => (
          <li key={order.id} class="row">
            <span class={`side ${order.side === 'BUY' ? 'buy' : ''}`}>{order.side}</span>
            <span class="row-main">
              <span class="row-title num wraps">
                <Quantity quantity={order.quantity} currency={currency} />
                {`${order.type}${priceOf(order, currency)}`}
              </span>
              <span class="row-sub num">{`${order.slot} · ${momentText(order.createdAt, timeZone.value)}${order.reason === '' ? '' : ` · ${order.reason}`}`}</span>
              {order.outcome !== null && <span class="row-sub">{order.outcome}</span>}
            </span>
            <span class="row-end">
              <span class="tag">{order.status}</span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function priceOf(order: OrderItem, currency: string): string {
  const limit = order.limit === null ? '' : ` at ${priceText(order.limit, currency)}`;
  return order.trigger === null ? limit : ` when ${priceText(order.trigger, currency)}${limit}`;
}
