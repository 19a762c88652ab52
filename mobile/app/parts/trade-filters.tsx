import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Trades } from '../../contract/index.ts';
import type { TradeFilter } from '../state/trade-list.ts';
import { dayText } from '../lib/times.ts';
import { Icon } from './icons.tsx';

interface TradeFiltersProps {
  readonly filter: TradeFilter;
  readonly symbols: Trades['symbols'];
  readonly change: (next: TradeFilter) => void;
}

/** The filters as chips over the phone's own pickers. */
export function TradeFilters({ filter, symbols, change }: TradeFiltersProps): JSX.Element {
  const [isOpen, setOpen] = useState(false);
  const hasDays = filter.from !== '' || filter.to !== '';
  return (
    <div class="filters">
      <div class="chips">
        <button type="button" class={`chip ${hasDays ? 'on' : ''}`} aria-expanded={isOpen} aria-controls="trade-days" onClick={() => setOpen(!isOpen)}>
          <Icon name="calendar" />
          <span>{hasDays ? daysText(filter) : 'Dates'}</span>
        </button>
        <Choice name="Symbol" value={filter.symbol} options={symbols.map((one) => [one.instrument, one.symbol])} choose={(symbol) => change({ ...filter, symbol })} />
        <Choice
          name="Buy / sell"
          value={filter.side}
          options={[
            ['BUY', 'Buys'],
            ['SELL', 'Sells'],
          ]}
          choose={(side) => change({ ...filter, side })}
        />
        <Choice
          name="Bot / manual"
          value={filter.source}
          options={[
            ['BOT', 'Bot'],
            ['MANUAL', 'Manual'],
          ]}
          choose={(source) => change({ ...filter, source })}
        />
      </div>
      {isOpen && (
        <div class="days" id="trade-days">
          <Day name="From" value={filter.from} choose={(from) => change({ ...filter, from })} />
          <Day name="To" value={filter.to} choose={(to) => change({ ...filter, to })} />
          {hasDays && (
            <button type="button" class="text-button" onClick={() => change({ ...filter, from: '', to: '' })}>
              All days
            </button>
          )}
        </div>
      )}
    </div>
  );
}

interface ChoiceProps {
  readonly name: string;
  readonly value: string;
  readonly options: readonly (readonly [string, string])[];
  readonly choose: (value: string) => void;
}

function Choice({ name, value, options, choose }: ChoiceProps): JSX.Element {
  const isKnown = value === '' || options.some(([one]) => one === value);
  return (
    <select class={`chip ${value === '' ? '' : 'on'}`} aria-label={name} value={value} onChange={(event) => choose(event.currentTarget.value)}>
      <option value="">{name}</option>
      {!isKnown && <option value={value}>{value}</option>}
      {options.map(([one, text]) => (
        <option key={one} value={one}>
          {text}
        </option>
      ))}
    </select>
  );
}

function Day({ name, value, choose }: { readonly name: string; readonly value: string; readonly choose: (value: string) => void }): JSX.Element {
  return (
    <label class="day-field">
      <span>{name}</span>
      <input type="date" value={value} onChange={(event) => choose(event.currentTarget.value)} />
    </label>
  );
}

function daysText({ from, to }: TradeFilter): string {
  const short = (day: string): string => dayText(day, day).replace(/^\S+ /, '');
  if (from === to) return short(from);
  return from === '' ? `until ${short(to)}` : to === '' ? `from ${short(from)}` : `${short(from)} – ${short(to)}`;
}
