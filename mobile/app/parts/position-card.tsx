import type { JSX } from 'preact';
import type { PositionItem } from '../../contract/index.ts';
import { priceText } from '../lib/numbers.ts';
import { ageText } from '../lib/times.ts';
import { serverNow } from '../state/store.ts';
import { ModeBadge, SimulatedTag, SourceTag } from './badges.tsx';
import { Percent, Profit, Quantity } from './figure.tsx';
import { PositionRange } from './position-range.tsx';

const QUIET_PRICE_SECONDS = 5;

/** One open position; it leads to its own page. */
export function PositionCard({ position, isMixed }: { readonly position: PositionItem; readonly isMixed: boolean }): JSX.Element {
  return (
    <li class="card position">
      <a href={`/positions/${position.id}`}>
        <span class="row">
          <span class="row-main">
            <span class="row-title">
              <span class="clip">{position.symbol}</span>
              <span class="tag">{position.exchange}</span>
              <SimulatedTag simulated={position.simulated} />
              {position.direction === 'short' && <span class="tag">SHORT</span>}
              {position.source === 'MANUAL' && <SourceTag source="MANUAL" />}
              {isMixed && <ModeBadge mode={position.mode} small />}
            </span>
            <span class="row-sub num">
              <Quantity quantity={position.quantity} currency={position.currency} /> × {priceText(position.entry, position.currency)} · {position.botName}
            </span>
          </span>
          <span class="row-end">
            <span class="row-title">{position.profit === null ? <span class="quiet">no price</span> : <Profit amount={position.profit} currency={position.currency} />}</span>
            <span class="row-sub num">
              <Percent percent={position.profitPercent} /> {position.current !== null && <span class="fig strong">{priceText(position.current, position.currency)}</span>}
            </span>
          </span>
        </span>
        <PositionRange position={position}>
          <PriceAge heardAt={position.currentHeardAt} />
        </PositionRange>
      </a>
    </li>
  );
}

/** How old the price is, said only when it is worth a look. */
export function PriceAge({ heardAt }: { readonly heardAt: string | null }): JSX.Element | null {
  if (heardAt === null) return null;
  const age = (serverNow.value - Date.parse(heardAt)) / 1000;
  return age > QUIET_PRICE_SECONDS ? <span class="quiet num">{`price ${ageText(age)} old`}</span> : null;
}
