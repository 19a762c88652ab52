import type { OrderStatus } from '../model/order.ts';

/** What can happen to an order, in the words of the transition table. */
export type OrderHappening =
  | 'submit'
  | 'accept'
  | 'reject'
  | 'partial-fill'
  | 'full-fill'
  | 'trigger'
  | 'request-update'
  | 'updated'
  | 'request-cancel'
  | 'cancel-rejected'
  | 'cancel'
  | 'expire'
  | 'deny';

/** `stays`: the order keeps its state. `resting`: it falls back to the state it had before the pending request. */
type Move = OrderStatus | 'stays' | 'resting';
type Row = Readonly<Partial<Record<OrderHappening, Move>>>;

const FILLS = { 'partial-fill': 'PARTIALLY_FILLED', 'full-fill': 'FILLED' } as const;
const REQUESTS = { 'request-update': 'PENDING_UPDATE', 'request-cancel': 'PENDING_CANCEL' } as const;
const ENDS = { cancel: 'CANCELED', expire: 'EXPIRED' } as const;
// A fill that outran our knowledge: venues do report it, so a closed order still grows by it.
const LATE_FILLS = { 'partial-fill': 'stays', 'full-fill': 'FILLED' } as const;

/**
 * The order state machine. A pair that is not in it is illegal: never ignored, never applied. The rows follow the
 * common practice of exchanges: a fill may outrun the acknowledgement, a cancel may lose the race against a fill, and
 * reconciliation may find an intent at the venue that we never heard of again.
 */
const MACHINE: Readonly<Record<OrderStatus, Row>> = {
  INTENDED: { submit: 'SUBMITTED', accept: 'ACCEPTED', reject: 'REJECTED', deny: 'DENIED', ...FILLS, ...ENDS, ...REQUESTS },
  SUBMITTED: { accept: 'ACCEPTED', reject: 'REJECTED', ...FILLS, ...REQUESTS, ...ENDS },
  ACCEPTED: { reject: 'REJECTED', trigger: 'TRIGGERED', updated: 'stays', ...FILLS, ...REQUESTS, ...ENDS },
  TRIGGERED: { reject: 'REJECTED', updated: 'stays', ...FILLS, ...REQUESTS, ...ENDS },
  PARTIALLY_FILLED: { updated: 'stays', ...FILLS, ...REQUESTS, ...ENDS },
  PENDING_UPDATE: {
    accept: 'ACCEPTED',
    reject: 'REJECTED',
    trigger: 'TRIGGERED',
    'request-update': 'stays',
    updated: 'resting',
    'request-cancel': 'PENDING_CANCEL',
    'partial-fill': 'stays',
    'full-fill': 'FILLED',
    ...ENDS,
  },
  PENDING_CANCEL: {
    accept: 'stays',
    reject: 'REJECTED',
    'request-cancel': 'stays',
    'cancel-rejected': 'resting',
    'partial-fill': 'stays',
    'full-fill': 'FILLED',
    ...ENDS,
  },
  CANCELED: LATE_FILLS,
  EXPIRED: LATE_FILLS,
  FILLED: {},
  REJECTED: {},
  DENIED: {},
};

export type Transition = { readonly legal: true; readonly to: OrderStatus } | { readonly legal: false };

/** Where a happening takes an order; `resting` is the state to fall back to when a pending request is refused. */
export function transition(from: OrderStatus, happening: OrderHappening, resting: OrderStatus): Transition {
  const move = MACHINE[from][happening];
  if (move === undefined) return { legal: false };
  if (move === 'stays') return { legal: true, to: from };
  if (move === 'resting') return { legal: true, to: resting };
  return { legal: true, to: move };
}
