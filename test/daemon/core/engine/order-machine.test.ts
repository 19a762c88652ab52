import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type OrderHappening, transition } from '../../../../daemon/core/engine/order-machine.ts';
import { type OrderStatus, isClosed } from '../../../../daemon/core/model/order.ts';

const HAPPENINGS: readonly OrderHappening[] = [
  'submit', 'accept', 'reject', 'partial-fill', 'full-fill', 'trigger', 'request-update', 'updated', 'request-cancel', 'cancel-rejected', 'cancel', 'expire', 'deny',
];

describe('the order state machine', () => {
  it.each<[OrderStatus, OrderHappening, OrderStatus]>([
    ['INTENDED', 'submit', 'SUBMITTED'],
    ['INTENDED', 'accept', 'ACCEPTED'],
    ['INTENDED', 'deny', 'DENIED'],
    ['SUBMITTED', 'full-fill', 'FILLED'],
    ['SUBMITTED', 'reject', 'REJECTED'],
    ['ACCEPTED', 'partial-fill', 'PARTIALLY_FILLED'],
    ['ACCEPTED', 'request-cancel', 'PENDING_CANCEL'],
    ['PARTIALLY_FILLED', 'partial-fill', 'PARTIALLY_FILLED'],
    ['PARTIALLY_FILLED', 'cancel', 'CANCELED'],
    ['PENDING_CANCEL', 'partial-fill', 'PENDING_CANCEL'],
    ['PENDING_CANCEL', 'full-fill', 'FILLED'],
    ['PENDING_CANCEL', 'cancel', 'CANCELED'],
    ['CANCELED', 'partial-fill', 'CANCELED'],
    ['CANCELED', 'full-fill', 'FILLED'],
    ['EXPIRED', 'full-fill', 'FILLED'],
  ])('takes %s by %s to %s', (from, happening, to) => {
    expect(transition(from, happening, 'ACCEPTED')).toEqual({ legal: true, to });
  });

  it('falls back to the state before a cancel that was refused', () => {
    expect(transition('PENDING_CANCEL', 'cancel-rejected', 'PARTIALLY_FILLED')).toEqual({ legal: true, to: 'PARTIALLY_FILLED' });
  });

  it.each<[OrderStatus, OrderHappening]>([
    ['FILLED', 'partial-fill'],
    ['FILLED', 'cancel'],
    ['REJECTED', 'full-fill'],
    ['DENIED', 'submit'],
    ['CANCELED', 'accept'],
    ['ACCEPTED', 'submit'],
    ['INTENDED', 'trigger'],
  ])('finds %s by %s illegal', (from, happening) => {
    expect(transition(from, happening, 'ACCEPTED')).toEqual({ legal: false });
  });

  it('never re-opens a closed order, whatever happens to it', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...HAPPENINGS), { maxLength: 40 }), (happenings) => {
        let status: OrderStatus = 'INTENDED';
        let resting: OrderStatus = 'INTENDED';
        for (const happening of happenings) {
          const next = transition(status, happening, resting);
          if (!next.legal) continue;
          if (isClosed(status)) expect(isClosed(next.to)).toBe(true);
          if (next.to !== 'PENDING_CANCEL' && next.to !== 'PENDING_UPDATE') resting = next.to;
          status = next.to;
        }
      }),
      { numRuns: 2_000 },
    );
  });
});
