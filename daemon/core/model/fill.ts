import type { AccountId, BotId, ClientOrderId, InstrumentId } from './ids.ts';
import type { Day, Instant } from './instant.ts';
import type { Money, Price, Quantity } from './money.ts';
import type { Side, Source } from './order.ts';

export type Liquidity = 'maker' | 'taker';

/** What a fill cost, whole and by its parts (brokerage, STT, GST, … or one commission). */
export interface Fee {
  readonly total: Money;
  readonly parts: Readonly<Record<string, Money>>;
}

/** One execution, as exchanges use the word: the only thing that changes a position. */
export interface Trade {
  readonly clientId: ClientOrderId;
  /** The venue's own name for the execution; with account and instrument it is unique, which is what makes booking idempotent. */
  readonly venueFillId: string;
  readonly bot: BotId;
  readonly account: AccountId;
  readonly instrument: InstrumentId;
  readonly at: Instant;
  readonly day: Day;
  readonly side: Side;
  readonly quantity: Quantity;
  readonly price: Price;
  readonly notional: Money;
  readonly fee: Fee;
  readonly liquidity: Liquidity;
  readonly source: Source;
  readonly reason: string;
  /** Profit this execution realised against the average cost, before fees; 0 where it only opens. */
  readonly gross: Money;
  /** Net position after it. */
  readonly positionAfter: Quantity;
}
