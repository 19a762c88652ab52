import { signal } from '@preact/signals';

/** Where the reader is: the path, and the query that a page keeps its filters in. */
export interface Place {
  readonly path: string;
  readonly query: string;
}

/** The place now shown. */
export const place = signal<Place>({ path: '/', query: '' });

/** Paths whose pages set their own height to scroll to, such as a log that opens at its end. */
export const ownScroll = new Set<string>();

const scrollOf = new Map<string, number>();

/** Follows links, Back and Forward. A path that was read before comes back at the height it was left. */
export function startRouter(): void {
  history.scrollRestoration = 'manual';
  place.value = here();
  addEventListener('popstate', arrive);
  addEventListener('scroll', () => scrollOf.set(place.peek().path, scrollY), { passive: true });
  document.addEventListener('click', (event) => {
    const link = (event.target as Element).closest('a');
    if (link === null || !isOurs(link, event)) return;
    event.preventDefault();
    go(link.pathname + link.search);
  });
}

/** Moves to a path of this app; moving to the path one is on goes back to its top. */
export function go(to: string): void {
  const same = new URL(to, location.href).pathname === location.pathname;
  if (same) scrollTo({ top: 0 });
  if (!same || to !== location.pathname + location.search) history.pushState({ inApp: true }, '', to);
  if (same) place.value = here();
  else arrive();
}

/** Changes the query of the present page without a new entry in the history: for filters. */
export function setQuery(query: string): void {
  history.replaceState(history.state, '', location.pathname + (query === '' ? '' : `?${query}`));
  place.value = here();
}

/** Whether the page before this one in the history is of this app. */
export function cameFromHere(): boolean {
  return (history.state as { readonly inApp?: boolean } | null)?.inApp === true;
}

function arrive(): void {
  const next = here();
  const height = scrollOf.get(next.path) ?? 0;
  place.value = next;
  // The page paints in a microtask; only then is it tall enough to be scrolled.
  if (!ownScroll.has(next.path)) requestAnimationFrame(() => scrollTo({ top: height }));
}

function here(): Place {
  return { path: location.pathname, query: location.search.slice(1) };
}

function isOurs(link: HTMLAnchorElement, event: MouseEvent): boolean {
  const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey && !event.defaultPrevented;
  return plain && link.origin === location.origin && !link.hasAttribute('download') && link.target === '' && !link.pathname.startsWith('/api/');
}
