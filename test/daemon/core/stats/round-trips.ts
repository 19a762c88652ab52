import { accountId, botId, instrumentId } from '../../../../daemon/core/model/ids.ts';
import { instant } from '../../../../daemon/core/model/instant.ts';
import { money, quantity } from '../../../../daemon/core/model/money.ts';
import type { RoundTrip } from '../../../../daemon/core/model/round-trip.ts';

/** A closed round trip that made `gross` and cost `fees`, in whole units of its currency. */
export function tripOf(gross: number, fees = 0): RoundTrip {
  const units = (amount: number) => money(BigInt(amount) * 100_000_000n);
  return {
    number: 1,
    bot: botId('bot'),
    account: accountId('account'),
    instrument: instrumentId('NSE:INFY'),
    direction: 'long',
    openedAt: instant(0),
    closedAt: instant(1),
    closedDay: null,
    peakQuantity: quantity(1n),
    entryNotional: units(100),
    exitNotional: units(100 + gross),
    gross: units(gross),
    fees: units(fees),
    adverse: units(0),
    favourable: units(0),
    entryReason: '',
    exitReason: '',
  };
}

export const openTrip = (gross: number): RoundTrip => ({ ...tripOf(gross), closedAt: null });
