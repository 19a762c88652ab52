import type { JSX } from 'preact';
import type { Positions } from '../../contract/index.ts';
import { ModeBadge } from '../parts/badges.tsx';
import { Empty, Skeleton } from '../parts/empty.tsx';
import { Hero, Money, Percent } from '../parts/figure.tsx';
import { Page } from '../parts/page.tsx';
import { PositionCard } from '../parts/position-card.tsx';
import { status, world } from '../state/store.ts';

/** What is held now, and how near each position is to its stop. */
export function PositionsPage(): JSX.Element {
  const positions = world.value?.positions;
  return <Page title="Positions">{positions === undefined ? <Skeleton rows={5} /> : positions.items.length === 0 ? <NoPositions /> : <Open positions={positions} />}</Page>;
}

function Open({ positions }: { readonly positions: Positions }): JSX.Element {
  const isMixed = new Set(positions.items.map((item) => item.mode)).size > 1;
  return (
    <>
      {positions.totals.map((total) => (
        <section key={`${total.currency} ${total.mode}`} class="total">
          <div>
            <h2>
              Open profit {positions.totals.length > 1 && <span>{`in ${total.currency}`}</span>} {isMixed && <ModeBadge mode={total.mode} small />}
            </h2>
            <Hero amount={total.profit} currency={total.currency} label="Open profit" />
            <Percent percent={total.profitPercent} />
          </div>
          <dl class="num">
            <div>
              <dt>Value</dt>
              <dd>
                <Money amount={total.value} currency={total.currency} />
              </dd>
            </div>
            <div>
              <dt>Cost</dt>
              <dd>
                <Money amount={total.cost} currency={total.currency} />
              </dd>
            </div>
          </dl>
        </section>
      ))}
      <ul class="cards">
        {positions.items.map((item) => (
          <PositionCard key={item.id} position={item} isMixed={isMixed} />
        ))}
      </ul>
    </>
  );
}

function NoPositions(): JSX.Element {
  const told = status.value;
  const bots = world.value?.home.bots ?? [];
  const symbols = new Set(bots.flatMap((bot) => bot.instruments)).size;
  const isTrading = told?.link === 'online' && told.state === 'RUNNING';
  return (
    <Empty title="No open positions">
      {isTrading ? (
        <p>{`The daemon is running: ${bots.length} ${bots.length === 1 ? 'bot watches' : 'bots watch'} ${symbols} ${symbols === 1 ? 'instrument' : 'instruments'}.`}</p>
      ) : (
        <p>{told?.reason ?? 'The daemon is not trading now.'}</p>
      )}
      <a class="pill" href="/logs">
        See what it does
      </a>
    </Empty>
  );
}
