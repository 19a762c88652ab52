import type { IncomingHttpHeaders } from 'node:http';

/**
 * Tells whether a POST was made by this dashboard's own page, or by a program that is no browser. Browsers name the
 * relation in `Sec-Fetch-Site` and the page in `Origin`, neither of which a page can forge; each that is present must fit.
 */
export function comesFromOwnPage(headers: IncomingHttpHeaders, ownOrigin: string): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return false;
  const origin = headers.origin;
  return origin === undefined || origin.toLowerCase() === ownOrigin;
}
