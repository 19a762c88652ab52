import type { JSX } from 'preact';
import { place } from '../lib/router.ts';
import { world } from '../state/store.ts';
import { Icon } from './icons.tsx';
import type { IconName } from './icons.tsx';

const TABS: readonly { readonly path: string; readonly name: string; readonly icon: IconName }[] = [
  { path: '/', name: 'Home', icon: 'home' },
  { path: '/positions', name: 'Positions', icon: 'positions' },
  { path: '/trades', name: 'Trades', icon: 'trades' },
  { path: '/logs', name: 'Logs', icon: 'logs' },
  { path: '/settings', name: 'Settings', icon: 'settings' },
];

/** The five views, in reach of a thumb. */
export function Tabs(): JSX.Element {
  const path = place.value.path;
  const open = world.value?.positions.items.length ?? 0;
  return (
    <nav class="tabs" aria-label="Views">
      {TABS.map((tab) => {
        const isHere = tab.path === '/' ? path === '/' : path.startsWith(tab.path);
        return (
          <a key={tab.path} href={tab.path} class={isHere ? 'here' : ''} {...(isHere ? { 'aria-current': 'page' as const } : {})}>
            <Icon name={tab.icon} />
            <span>{tab.name}</span>
            {tab.path === '/positions' && open > 0 && (
              <span class="count num">
                {open}
                <span class="visually-hidden"> open</span>
              </span>
            )}
          </a>
        );
      })}
    </nav>
  );
}
