import type { JSX } from 'preact';
import { BotRow } from '../parts/bot-row.tsx';
import { DayFigures } from '../parts/day-figures.tsx';
import { Skeleton } from '../parts/empty.tsx';
import { Page } from '../parts/page.tsx';
import { SentimentCard } from '../parts/sentiment-card.tsx';
import { NotTrading, SystemCard } from '../parts/system-card.tsx';
import { TradeRow } from '../parts/trade-row.tsx';
import { world } from '../state/store.ts';

/** The state of everything in one screen: today's result first, then what made it. */
export function HomePage(): JSX.Element {
  const home = world.value?.home;
  if (home === undefined) {
    return (
      <Page title="Home">
        <Skeleton rows={6} />
      </Page>
    );
  }
  const isMixed = new Set([...home.figures, ...home.bots].map((one) => one.mode)).size > 1;
  return (
    <Page title={home.status.name}>
      <NotTrading status={home.status} />
      {home.figures.map((figures, index) => (
        <DayFigures key={`${figures.currency} ${figures.mode}`} figures={figures} isFirst={index === 0} isMixed={isMixed} />
      ))}
      {home.bots.length > 0 && (
        <section>
          <h2 class="section">Bots</h2>
          <ul class="card">
            {home.bots.map((bot) => (
              <BotRow key={bot.id} bot={bot} isMixed={isMixed} />
            ))}
          </ul>
        </section>
      )}
      <section>
        <h2 class="section">
          Last trades <a href="/trades">All trades</a>
        </h2>
        {home.lastTrades.length === 0 ? (
          <p class="card note">No trade yet. What each bot waits for stands in the log.</p>
        ) : (
          <ul class="card">
            {home.lastTrades.slice(0, 5).map((trade) => (
              <TradeRow key={trade.id} trade={trade} />
            ))}
          </ul>
        )}
      </section>
      <SentimentCard sentiment={home.sentiment} />
      <SystemCard status={home.status} />
    </Page>
  );
}
