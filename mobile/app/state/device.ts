import { effect, signal } from '@preact/signals';

/** How the app looks on this device. */
export type Theme = 'dark' | 'light' | 'black' | 'auto';

const THEMES: readonly Theme[] = ['light', 'dark', 'black', 'auto'];
const LIGHT_SCREEN = '(prefers-color-scheme: light)';

/** The chosen theme; the device's own until one is chosen. */
export const theme = signal<Theme>(THEMES.find((one) => one === kept('theme')) ?? 'auto');

/** Amounts start hidden each time the app is opened. */
export const hideOnOpen = signal(kept('hide-on-open') === 'yes');

/** Amounts are hidden now; also over a reload, until they are shown again. */
export const hidden = signal(hideOnOpen.peek() || kept('hidden') === 'yes');

/** Applies the choices to the page and keeps them on this device; returns how to end that. */
export function followDevice(): () => void {
  const ends = [effect(applyTheme), effect(() => keep('hide-on-open', hideOnOpen.value ? 'yes' : 'no')), effect(() => keep('hidden', hidden.value ? 'yes' : 'no'))];
  const screen = matchMedia(LIGHT_SCREEN);
  screen.addEventListener('change', paintBars);
  return () => {
    for (const end of ends) end();
    screen.removeEventListener('change', paintBars);
  };
}

function applyTheme(): void {
  document.documentElement.dataset['theme'] = theme.value;
  keep('theme', theme.value);
  paintBars();
}

/** The browser's own bars take the page's ground, whatever the device prefers. */
function paintBars(): void {
  const ground = getComputedStyle(document.documentElement).getPropertyValue('--bg').trim();
  for (const bar of document.querySelectorAll('meta[name=theme-color]')) bar.setAttribute('content', ground);
}

// A browser may refuse storage (private windows): the choice then lasts as long as the page.
function kept(name: string): string | null {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

function keep(name: string, value: string): void {
  try {
    localStorage.setItem(name, value);
  } catch {
    return;
  }
}
