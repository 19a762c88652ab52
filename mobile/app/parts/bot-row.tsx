import type { JSX } from 'preact';
import type { BotCard } from '../../contract/index.ts';
import { withLocalClock } from '../lib/times.ts';
import { timeZone } from '../state/store.ts';
import { ModeBadge, SimulatedTag } from './badges.tsx';
import { Spark } from './curve.tsx';
import { Profit } from './figure.tsx';

const WORDS: Readonly<Record<BotCard['state'], string>> = { WARMING: 'Warming up', RUNNING: 'Running', HALTED: 'Halted', STOPPING: 'Stopping', OFF: 'Off' };

/** One bot: what it made today, and why it does not trade where it does not. */
export function BotRow({ bot, isMixed }: { readonly bot: BotCard; readonly isMixed: boolean }): JSX.Element {
  const symbols = bot.instruments.map((instrument) => instrument.slice(instrument.indexOf(':') + 1)).join(', ');
  return (
    <li class="row bot">
      <span class="row-lines">
        <span class="row-line row-title">
          <span class="bot-name">{bot.name}</span>
          <span class="line-end">
            <Profit amount={bot.todayNet} currency={bot.currency} />
          </span>
        </span>
        <span class="row-line row-sub">
          {isMixed && <ModeBadge mode={bot.mode} small />}
          <SimulatedTag simulated={bot.simulated} />
          <span class="clip symbols">{symbols}</span>
          <span class="whole">{`· ${bot.timeframe} · ${bot.openPositions} open`}</span>
          <span class="line-end">
            <Spark values={bot.spark} />
            <span class={bot.state === 'RUNNING' ? '' : 'warn'}>{WORDS[bot.state]}</span>
          </span>
        </span>
      </span>
      {bot.state !== 'RUNNING' && bot.reason !== '' && <span class="row-sub why">{withLocalClock(bot.reason, timeZone.value)}</span>}
    </li>
  );
}
