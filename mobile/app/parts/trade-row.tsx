import type { JSX } from 'preact';
import type { TradeItem } from '../../contract/index.ts';
import { figureText, moneyParts, priceText } from '../lib/numbers.ts';
import { dayOf, minuteText, momentText } from '../lib/times.ts';
import { hidden } from '../state/device.ts';
import { marketNow, timeZone, world } from '../state/store.ts';
import { ModeBadge, SimulatedTag, SourceTag } from './badges.tsx';
import { DOTS, Profit, Quantity } from './figure.tsx';

interface TradeRowProps {
  readonly trade: TradeItem;
  /** A head above names the day. Elsewhere a trade that is not of the market's today says its own. */
  readonly isUnderDay?: boolean;
}

/** One execution. It leads to the position it belongs to. */
export function TradeRow({ trade, isUnderDay = false }: TradeRowProps): JSX.Element {
  const isOfToday = trade.day === dayOf(marketNow.value, timeZone.value);
  const when = isUnderDay || isOfToday ? minuteText(trade.at, timeZone.value) : momentText(trade.at, timeZone.value);
  const content = <TradeFace trade={trade} when={when} />;
  if (trade.roundTrip === null) return <li><span class="row trade">{content}</span></li>;
  return (
    <li>
      <a class="row trade" href={`/positions/${trade.roundTrip}`}>
        {content}
      </a>
    </li>
  );
}

function TradeFace({ trade, when }: { readonly trade: TradeItem; readonly when: string }): JSX.Element {
  const bots = world.value?.home.bots ?? [];
  const isMixed = bots.some((bot) => bot.mode !== trade.mode);
  return (
    <>
      <span class={`side ${trade.side === 'BUY' ? 'buy' : ''}`}>{trade.side}</span>
      <span class="row-lines">
        <span class="row-line row-title">
          <span class="clip">{trade.symbol}</span>
          <SimulatedTag simulated={trade.simulated} />
          {trade.source === 'MANUAL' && <SourceTag source="MANUAL" />}
          {isMixed && <ModeBadge mode={trade.mode} small />}
          <span class="line-end">
            <Made trade={trade} />
          </span>
        </span>
        <span class="row-line row-sub num">
          <span>
            {`${when} · `}
            <span class="whole">
              <Quantity quantity={trade.quantity} currency={trade.currency} /> @ {priceText(trade.price, trade.currency)}
            </span>
          </span>
          <span class="clip whose">{`· ${trade.botName}`}</span>
          <span class="line-end">fee {hidden.value ? DOTS : figureText({ ...moneyParts(trade.fee, trade.currency), suffix: '' })}</span>
        </span>
      </span>
    </>
  );
}

/** What came of it: of the whole round trip where it ends here, so that entry fees cannot hide behind a gain. */
function Made({ trade }: { readonly trade: TradeItem }): JSX.Element {
  if (!trade.closes) return <span class="quiet">opened</span>;
  return <Profit amount={trade.roundTripNet ?? trade.net} currency={trade.currency} />;
}
