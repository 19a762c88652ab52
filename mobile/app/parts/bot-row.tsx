import type { JSX } from 'preact';
import type { BotCard } from '../../contract/index.ts';
import { withLocalClock } from '../lib/times.ts';
import { timeZone } from '../state/store.ts';
import { ModeBadge, SimulatedTag } from './badges.tsx';
import { Spark } from './curve.tsx';
import { Profit, SignedAmount } from './figure.tsx';

const WORDS: Readonly<Record<BotCard['state'], string>> = { WARMING: 'Warming up', RUNNING: 'Running', HALTED: 'Halted', STOPPING: 'Stopping', OFF: 'Off' };

/** One bot: what it made today, and why it does not trade where it does not. */
export function BotRow({ bot }: { readonly bot: BotCard }): JSX.Element {
  const symbols = bot.instruments.map((instrument) => instrument.slice(instrument.indexOf(':') + 1)).join(', ');
  return (
    <li class="row bot">
      <span class="row-main">
        <span class="row-title">
          <span class="clip">{bot.name}</span>
          <ModeBadge mode={bot.mode} small />
          <SimulatedTag simulated={bot.simulated} />
        </span>
        <span class="row-sub">{`${symbols} · ${bot.timeframe} · ${bot.openPositions} open`}</span>
        {bot.state !== 'RUNNING' && (
          <span class="row-sub why">
            <b>{WORDS[bot.state]}</b>
            {bot.reason === '' ? '' : `: ${withLocalClock(bot.reason, timeZone.value)}`}
          </span>
        )}
      </span>
      <Spark values={bot.spark} />
      <span class="row-end">
        <span class="row-title">
          <Profit amount={bot.todayNet} currency={bot.currency} />
        </span>
        <span class="row-sub num">
          all time <SignedAmount amount={bot.totalNet} currency={bot.currency} />
        </span>
      </span>
    </li>
  );
}
