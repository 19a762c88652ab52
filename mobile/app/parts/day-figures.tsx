import type { JSX } from 'preact';
import type { Figures } from '../../contract/index.ts';
import { countText, figureText, percentText, profitParts } from '../lib/numbers.ts';
import { clockText, dayText, minuteText } from '../lib/times.ts';
import { hidden } from '../state/device.ts';
import { figuresAreOld, marketNow, status, timeZone } from '../state/store.ts';
import { ModeBadge } from './badges.tsx';
import { Curve } from './curve.tsx';
import { DOTS, Hero, MoneyCaption, Percent, SignedAmount } from './figure.tsx';

interface DayFiguresProps {
  readonly figures: Figures;
  readonly isFirst: boolean;
  /** Paper and live stand beside each other: each block says which it is. */
  readonly isMixed: boolean;
}

/** One currency and mode's day. Another currency or mode has its own block: they are never added. */
export function DayFigures({ figures, isFirst, isMixed }: DayFiguresProps): JSX.Element {
  const { currency } = figures;
  return (
    <section class={`day ${isFirst ? '' : 'further'}`} aria-label={`Today in ${currency}, ${figures.mode}`}>
      <div class="day-head">
        <h2>{isFirst ? 'Today' : `Today in ${currency}`}</h2>
        <span class="num">{`· ${dayText(figures.day, figures.day)}, ${minuteText(marketNow.value, timeZone.value)}`}</span>
        {isMixed && <ModeBadge mode={figures.mode} small />}
        <span class="spacer" />
        <AsOf />
      </div>
      <Hero amount={figures.todayNet} currency={currency} label="Net today" />
      <p class="day-split num">
        <Percent percent={figures.todayPercent} />
        <span>
          Realised <SignedAmount amount={figures.todayRealised} currency={currency} />
        </span>
        <span>
          Open <SignedAmount amount={figures.todayOpen} currency={currency} />
        </span>
      </p>
      <Curve points={figures.curve} timeZone={timeZone.value} label={`Net result today, now ${hidden.value ? 'hidden' : figureText(profitParts(figures.todayNet, currency))}`} />
      <KeyFigures figures={figures} />
    </section>
  );
}

function KeyFigures({ figures }: { readonly figures: Figures }): JSX.Element {
  const rate = figures.closedToday === 0 ? null : (figures.winsToday * 100) / figures.closedToday;
  const mostly = figures.tradesTodayManual === 0 ? `${countText(figures.tradesTodayBot)} bot` : `${countText(figures.tradesTodayBot)} bot, ${countText(figures.tradesTodayManual)} you`;
  return (
    <dl class="key-figures card num">
      <KeyFigure name="Win rate" value={rate === null ? '–' : `${Math.round(rate)}%`} caption={rate === null ? 'none closed' : `${countText(figures.winsToday)} of ${countText(figures.closedToday)}`} />
      <KeyFigure name="Trades" value={countText(figures.tradesToday)} caption={mostly} />
      <KeyFigure name="Open" value={countText(figures.activePositions)} caption={figures.activePositions === 1 ? 'position' : 'positions'} />
      <div>
        <dt>In use</dt>
        <dd class="value fig">{hidden.value ? DOTS : figures.capitalUsedPercent === null ? '–' : percentText(figures.capitalUsedPercent, false).replace(/\.\d+%$/, '%')}</dd>
        <dd class="caption">
          <MoneyCaption amount={figures.capitalUsed} currency={figures.currency} />
        </dd>
      </div>
    </dl>
  );
}

function KeyFigure({ name, value, caption }: { readonly name: string; readonly value: string; readonly caption: string }): JSX.Element {
  return (
    <div>
      <dt>{name}</dt>
      <dd class="value fig">{value}</dd>
      <dd class="caption">{caption}</dd>
    </div>
  );
}

function AsOf(): JSX.Element | null {
  const beatAt = status.value?.beatAt ?? null;
  if (!figuresAreOld.value || beatAt === null) return null;
  return <span class="as-of num">{`as of ${clockText(beatAt, timeZone.value)}`}</span>;
}
