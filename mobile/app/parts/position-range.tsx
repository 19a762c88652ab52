import type { ComponentChildren, JSX } from 'preact';
import type { PositionItem } from '../../contract/index.ts';
import { pricedText } from '../lib/numbers.ts';

const EDGE = 2;

/** Where the price stands between stop, entry and target: how near the stop is, at a glance. */
export function PositionRange({ position, children }: { readonly position: PositionItem; readonly children?: ComponentChildren }): JSX.Element {
  const { stop, target, currency } = position;
  const words = `${stop === null ? 'No stop' : `Stop ${pricedText(stop, currency)}`}, ${target === null ? 'no target' : `target ${pricedText(target, currency)}`}`;
  return (
    <div class="range">
      {(stop !== null || target !== null) && position.current !== null && <Bar position={position} current={Number(position.current)} words={words} />}
      <div class="range-ends num">
        <span>{stop === null ? 'No stop' : `Stop ${pricedText(stop, currency)}`}</span>
        {children}
        <span>{target === null ? 'No target' : `Target ${pricedText(target, currency)}`}</span>
      </div>
    </div>
  );
}

function Bar({ position, current, words }: { readonly position: PositionItem; readonly current: number; readonly words: string }): JSX.Element {
  const entry = Number(position.entry);
  const { left, right } = ends(position, entry, current);
  const share = (price: number): number => Math.min(100 - EDGE, Math.max(EDGE, ((price - left) / (right - left || 1)) * 100));
  const now = share(current);
  const start = share(entry);
  const isGain = position.direction === 'long' ? current >= entry : current <= entry;
  return (
    <div class={`range-bar viz ${isGain ? 'gain' : 'loss'}`} role="img" aria-label={`${words}, price ${pricedText(position.current ?? position.entry, position.currency)}`}>
      <i class="range-way" style={{ left: `${Math.min(start, now)}%`, width: `${Math.abs(now - start)}%` }} />
      <i class="range-entry" style={{ left: `${start}%` }} />
      <i class="range-now" style={{ left: `${now}%` }} />
    </div>
  );
}

/** Stop at the left and target at the right; an end that is not set lies a little beyond what is shown. */
function ends(position: PositionItem, entry: number, current: number): { readonly left: number; readonly right: number } {
  const forward = position.direction === 'long' ? 1 : -1;
  const worst = forward * Math.min(forward * entry, forward * current);
  const best = forward * Math.max(forward * entry, forward * current);
  const known = position.stop === null ? Math.abs(Number(position.target) - worst) : Math.abs(best - Number(position.stop));
  const beyond = forward * known * 0.25;
  return {
    left: position.stop === null ? worst - beyond : Number(position.stop),
    right: position.target === null ? best + beyond : Number(position.target),
  };
}
