import type { JSX } from 'preact';
import type { TradeItem } from '../../contract/index.ts';
import { figureText, moneyParts, priceText } from '../lib/numbers.ts';
import { minuteText } from '../lib/times.ts';
import { hidden } from '../state/device.ts';
import { timeZone, world } from '../state/store.ts';
import { ModeBadge, SimulatedTag, SourceTag } from './badges.tsx';
import { DOTS, Profit, Quantity } from './figure.tsx';

/** One execution. It leads to the position it belongs to. */
export function TradeRow({ trade }: { readonly trade: TradeItem }): JSX.Element {
  const content = <TradeFace trade={trade} />;
  if (trade.roundTrip === null) return <li><span class="row">{content}</span></li>;
  return (
    <li>
      <a class="row" href={`/positions/${trade.roundTrip}`}>
        {content}
      </a>
    </li>
  );
}

function TradeFace({ trade }: { readonly trade: TradeItem }): JSX.Element {
  const bots = world.value?.home.bots ?? [];
  const isMixed = bots.some((bot) => bot.mode !== trade.mode);
  return (
    <>
      <span class={`side ${trade.side === 'BUY' ? 'buy' : ''}`}>{trade.side}</span>
      <span class="row-main">
        <span class="row-title">
          <span class="clip">{trade.symbol}</span>
          <SimulatedTag simulated={trade.simulated} />
          {isMixed && <ModeBadge mode={trade.mode} small />}
        </span>
        <span class="row-sub wraps num">
          {minuteText(trade.at, timeZone.value)} · <Quantity quantity={trade.quantity} currency={trade.currency} /> @ {priceText(trade.price, trade.currency)}
        </span>
      </span>
      <span class="row-end">
        <span class="row-title">{trade.closes ? <Profit amount={trade.net} currency={trade.currency} /> : <span class="quiet">opened</span>}</span>
        <span class="row-sub num">
          fee {hidden.value ? DOTS : figureText({ ...moneyParts(trade.fee, trade.currency), suffix: '' })} <SourceTag source={trade.source} />
        </span>
      </span>
    </>
  );
}
