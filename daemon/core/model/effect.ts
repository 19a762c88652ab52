import type { ClientOrderId } from './ids.ts';
import type { Approved, Order } from './order.ts';

/** What is to be done at the venue, once and only once the step that decided it is committed. */
export type Effect =
  | { readonly kind: 'submit'; readonly order: Approved<Order> }
  | { readonly kind: 'cancel'; readonly clientId: ClientOrderId };
