import { describe, expect, it } from 'vitest';
import { buy, sell } from '../../../../daemon/core/strategy/orders.ts';

describe('an order draft', () => {
  it('becomes a limit or a stop order on its side', () => {
    expect(buy(2).limit(95, 'line 3')).toEqual({ side: 'BUY', type: 'limit', quantity: 2, price: 95, reduceOnly: false, reason: 'line 3' });
    expect(sell(1.5).stop(90, 'stop')).toEqual({ side: 'SELL', type: 'stop', quantity: 1.5, price: 90, reduceOnly: false, reason: 'stop' });
  });

  it('may be made to reduce only, which leaves the draft it came from as it was', () => {
    const exit = sell(2);

    expect(exit.reduceOnly.limit(110, 'take').reduceOnly).toBe(true);
    expect(exit.reduceOnly.stop(90, 'stop').reduceOnly).toBe(true);
    expect(exit.limit(110, 'open short').reduceOnly).toBe(false);
  });
});
