import type { JSX } from 'preact';
import type { Home, Mode, Source } from '../../contract/index.ts';
import { world } from '../state/store.ts';

/** What stands behind every figure of the app, on every page: real or simulated prices, real or paper money. */
export function Badges(): JSX.Element | null {
  const home = world.value?.home;
  if (home === undefined) return null;
  return (
    <span class="badges">
      {isSimulated(home) && <span class="badge simulated">SIMULATED</span>}
      <ModesBadge home={home} />
    </span>
  );
}

/** LIVE is solid, PAPER hatched: real money never looks like paper. */
export function ModeBadge({ mode, small = false }: { readonly mode: Mode; readonly small?: boolean }): JSX.Element {
  return <span class={`badge ${mode}${small ? ' small' : ''}`}>{mode === 'live' ? 'LIVE' : 'PAPER'}</span>;
}

/** Whose order it was. */
export function SourceTag({ source }: { readonly source: Source }): JSX.Element {
  return <span class={`tag ${source === 'MANUAL' ? 'outlined' : ''}`}>{source}</span>;
}

/** Marks a row whose prices no market made: short for the eye, whole for a screen reader and a copy. */
export function SimulatedTag({ simulated }: { readonly simulated: boolean }): JSX.Element | null {
  if (!simulated) return null;
  return (
    <span class="tag simulated">
      SIM<span class="visually-hidden">ULATED</span>
    </span>
  );
}

function ModesBadge({ home }: { readonly home: Home }): JSX.Element | null {
  const modes = home.bots.length > 0 ? home.bots.map((bot) => bot.mode) : home.figures.map((one) => one.mode);
  const live = modes.filter((mode) => mode === 'live').length;
  const paper = modes.length - live;
  if (modes.length === 0) return null;
  if (live === 0 || paper === 0) return <ModeBadge mode={live === 0 ? 'paper' : 'live'} />;
  return <span class="badge">{`${live} LIVE · ${paper} PAPER`}</span>;
}

function isSimulated(home: Home): boolean {
  return home.status.feed?.simulated === true || home.figures.some((one) => one.simulated) || home.bots.some((one) => one.simulated);
}
