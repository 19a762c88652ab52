import type { ServerResponse } from 'node:http';

/**
 * Sets what every answer carries, whatever the route or the fault. Applied on the Node response before routing, so that
 * the answers of the HTTP layer itself are covered.
 */
export function setSecurityHeaders(outgoing: ServerResponse, https: boolean): void {
  for (const [name, value] of SECURITY_HEADERS) outgoing.setHeader(name, value);
  // Over plain HTTP a browser must ignore it (RFC 6797 §8.1), and a forged promise would lock the owner out.
  if (https) outgoing.setHeader('Strict-Transport-Security', 'max-age=31536000; includeSubDomains');
}

/** No inline script or style, no other host, no frame: the page is its own files and its own API. */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "manifest-src 'self'",
  "worker-src 'self'",
  "font-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

/** Name and value of each constant header. */
export const SECURITY_HEADERS: readonly (readonly [string, string])[] = [
  ['Content-Security-Policy', CONTENT_SECURITY_POLICY],
  ['X-Content-Type-Options', 'nosniff'],
  ['Referrer-Policy', 'no-referrer'],
  ['Permissions-Policy', 'camera=(), geolocation=(), microphone=(), payment=(), usb=()'],
  ['Cross-Origin-Opener-Policy', 'same-origin'],
  ['X-Frame-Options', 'DENY'],
];
