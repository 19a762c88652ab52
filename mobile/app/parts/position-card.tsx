import type { JSX } from 'preact';
import type { PositionItem } from '../../contract/index.ts';
import { pricedText } from '../lib/numbers.ts';
import { ageText } from '../lib/times.ts';
import { serverNow } from '../state/store.ts';
import { ModeBadge, SimulatedTag, SourceTag } from './badges.tsx';
import { Percent, Profit, Quantity } from './figure.tsx';
import { PositionRange } from './position-range.tsx';

const QUIET_PRICE_SECONDS = 5;
/** The exchange of a generator: its own tag would say what the simulated one says. */
const SIMULATED_EXCHANGE = 'SIM';

/** One open position; it leads to its own page. */
export function PositionCard({ position, isMixed }: { readonly position: PositionItem; readonly isMixed: boolean }): JSX.Element {
  return (
    <li class="card position">
      <a href={`/positions/${position.id}`}>
        <span class="row">
          <span class="row-lines">
            <span class="row-line row-title">
              <span class="clip">{position.symbol}</span>
              {!(position.simulated && position.exchange === SIMULATED_EXCHANGE) && <span class="tag">{position.exchange}</span>}
              <SimulatedTag simulated={position.simulated} />
              {position.direction === 'short' && <span class="tag">SHORT</span>}
              {position.source === 'MANUAL' && <SourceTag source="MANUAL" />}
              {isMixed && <ModeBadge mode={position.mode} small />}
              <span class="line-end">{position.profit === null ? <span class="quiet">no price</span> : <Profit amount={position.profit} currency={position.currency} />}</span>
            </span>
            <span class="row-line row-sub num">
              <span class="whole">
                <Quantity quantity={position.quantity} currency={position.currency} /> × {pricedText(position.entry, position.currency)}
              </span>
              <span class="clip whose">{`· ${position.botName}`}</span>
              <Now position={position} />
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

/** Where the price stands now, and how far that is from the entry. */
function Now({ position }: { readonly position: PositionItem }): JSX.Element | null {
  if (position.current === null) return null;
  return (
    <span class="line-end whole">
      {position.profitPercent !== null && (
        <>
          <Percent percent={position.profitPercent} />
          {' · '}
        </>
      )}
      <span class="fig strong">{pricedText(position.current, position.currency)}</span>
    </span>
  );
}

/** How old the price is, said only when it is worth a look. */
export function PriceAge({ heardAt }: { readonly heardAt: string | null }): JSX.Element | null {
  if (heardAt === null) return null;
  const age = (serverNow.value - Date.parse(heardAt)) / 1000;
  return age > QUIET_PRICE_SECONDS ? <span class="quiet num">{`price ${ageText(age)} old`}</span> : null;
}
