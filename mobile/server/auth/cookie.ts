/** Reads one cookie of a `Cookie` header; null where it is absent. The first of two with the same name counts. */
export function readCookie(header: string | undefined, name: string): string | null {
  if (header === undefined) return null;
  for (const pair of header.split(';')) {
    const equals = pair.indexOf('=');
    if (equals > 0 && pair.slice(0, equals).trim() === name) return pair.slice(equals + 1).trim();
  }
  return null;
}

/**
 * Writes a cookie that no script can read and no other site can use for a change. Behind https its name gets the
 * `__Host-` prefix (RFC 6265bis §4.1.3.2): the browser then refuses it from a sub-domain or without Secure.
 */
export function writeCookie(name: CookieName, value: string, https: boolean, maxAgeSeconds: number | null): string {
  const age = maxAgeSeconds === null ? '' : `; Max-Age=${maxAgeSeconds}`;
  return `${cookieName(name, https)}=${value}; Path=/; HttpOnly; SameSite=Lax${https ? '; Secure' : ''}${age}`;
}

/** The name on the wire. */
export function cookieName(name: CookieName, https: boolean): string {
  return https ? `__Host-${name}` : name;
}

/** `sid` holds the session; `device` marks a browser that has signed in before, for its own bucket of attempts. */
export type CookieName = 'sid' | 'device';
