import type { IncomingMessage } from 'node:http';
import { BlockList, isIP } from 'node:net';

/** Who asks, as far as the trusted proxies can vouch for it. */
export interface Client {
  readonly address: string;
  /** True when the browser's own connection is encrypted. */
  readonly https: boolean;
  /** `scheme://host` the browser believes it talks to. */
  readonly origin: string;
}

/**
 * Reads the client of a request. `X-Forwarded-*` is believed only when the socket's peer is a trusted proxy; of a chain
 * the right-most hop that is not itself trusted counts, since everything to its left was written by the client.
 */
export function clientOf(incoming: IncomingMessage, trusted: TrustedProxies): Client {
  const peer = plainAddress(incoming.socket.remoteAddress ?? '');
  const headers = incoming.headers;
  const forwarded = headers['x-forwarded-for'] !== undefined || headers['x-forwarded-proto'] !== undefined;
  const believed = forwarded && trusted.has(peer);
  const https = believed && headers['x-forwarded-proto'] === 'https';
  const host = headers.host ?? '';
  return {
    address: believed ? rightmostUntrusted(single(headers['x-forwarded-for']), trusted, peer) : peer,
    https,
    origin: `${https ? 'https' : 'http'}://${host.toLowerCase()}`,
  };
}

/** The proxies whose word is taken. */
export interface TrustedProxies {
  has(address: string): boolean;
}

/** Builds the set from addresses and CIDR blocks; throws a RangeError naming an entry that is neither. */
export function trustedProxies(entries: readonly string[]): TrustedProxies {
  const list = new BlockList();
  for (const entry of entries) addEntry(list, entry);
  return {
    has(address) {
      const version = isIP(address);
      return version !== 0 && list.check(address, version === 6 ? 'ipv6' : 'ipv4');
    },
  };
}

function addEntry(list: BlockList, entry: string): void {
  const [address = '', prefix] = entry.split('/');
  const version = isIP(address);
  const bits = prefix === undefined ? null : Number(prefix);
  const most = version === 6 ? 128 : 32;
  if (version === 0 || (bits !== null && !(Number.isInteger(bits) && bits >= 0 && bits <= most))) {
    throw new RangeError(`trustedProxies: "${entry}" is neither an address nor a CIDR block`);
  }
  const family = version === 6 ? 'ipv6' : 'ipv4';
  if (bits === null) list.addAddress(address, family);
  else list.addSubnet(address, bits, family);
}

function rightmostUntrusted(chain: string, trusted: TrustedProxies, peer: string): string {
  const hops = chain.split(',').map((hop) => plainAddress(hop.trim()));
  for (let index = hops.length - 1; index >= 0; index -= 1) {
    const hop = hops[index] ?? '';
    // A hop that is no address ends what can be believed; the proxy itself then stands for its client.
    if (isIP(hop) === 0) return peer;
    if (!trusted.has(hop)) return hop;
  }
  return peer;
}

function plainAddress(address: string): string {
  return address.startsWith('::ffff:') && isIP(address.slice(7)) === 4 ? address.slice(7) : address;
}

function single(header: string | readonly string[] | undefined): string {
  return typeof header === 'string' ? header : (header ?? []).join(',');
}
