import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import type { Hono } from 'hono';
import type { DashboardEnv } from './environment.ts';
import { clientOf, type TrustedProxies } from './guard/client.ts';
import { SECURITY_HEADERS, setSecurityHeaders } from './guard/security-headers.ts';
import { errorBody, Problem } from './problem.ts';

/** The listening half of the dashboard. */
export interface HttpServer {
  /** `http://127.0.0.1:8420`. */
  readonly address: string;
  /** Stops listening, ends idle connections at once and the rest after the grace. */
  close(graceMs: number): Promise<void>;
}

/** Limits against clients that are slow on purpose or by fault. */
export const HTTP_LIMITS = {
  requestTimeoutMs: 10_000,
  headersTimeoutMs: 5_000,
  keepAliveTimeoutMs: 65_000,
  connections: 200,
  urlLength: 2048,
} as const;

/** Serves the app. Rejects where the address is taken or may not be listened on. */
export async function listen(app: Hono<DashboardEnv>, options: { host: string; port: number; trusted: TrustedProxies }): Promise<HttpServer> {
  const server = createServer({
    requestTimeout: HTTP_LIMITS.requestTimeoutMs,
    headersTimeout: HTTP_LIMITS.headersTimeoutMs,
    keepAliveTimeout: HTTP_LIMITS.keepAliveTimeoutMs,
  });
  server.maxConnections = HTTP_LIMITS.connections;
  server.on('request', (incoming, outgoing) => handle(app, options.trusted, incoming, outgoing));
  server.on('clientError', refuseMalformed);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, options.host, () => resolve());
  });
  return { address: addressOf(server), close: (graceMs) => close(server, graceMs) };
}

function handle(app: Hono<DashboardEnv>, trusted: TrustedProxies, incoming: IncomingMessage, outgoing: ServerResponse): void {
  const client = clientOf(incoming, trusted);
  setSecurityHeaders(outgoing, client.https);
  const url = incoming.url ?? '';
  // Only the app's own files say otherwise.
  outgoing.setHeader('Cache-Control', 'no-store');
  if (url.length > HTTP_LIMITS.urlLength) {
    refuse(outgoing, new Problem('url.too-long'));
    return;
  }
  // A closure for each request carries its client; the listener answers its own faults, Hono's error handler those of the routes.
  const listener = getRequestListener((request) => app.fetch(request, { incoming, outgoing, client }));
  void listener(incoming, outgoing);
}

function refuse(outgoing: ServerResponse, problem: Problem): void {
  outgoing.writeHead(problem.status, { 'Content-Type': 'application/json; charset=utf-8', 'Connection': 'close' });
  outgoing.end(JSON.stringify(errorBody(problem)));
}

/** Not even HTTP: answered by hand, since there is no response object. */
function refuseMalformed(error: NodeJS.ErrnoException, socket: Socket): void {
  if (!socket.writable || error.code === 'ECONNRESET') {
    socket.destroy();
    return;
  }
  const status = error.code === 'HPE_HEADER_OVERFLOW' ? '431 Request Header Fields Too Large' : '400 Bad Request';
  const headers = SECURITY_HEADERS.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  socket.end(`HTTP/1.1 ${status}\r\n${headers}Content-Length: 0\r\nConnection: close\r\n\r\n`);
}

function addressOf(server: Server): string {
  const address = server.address() as AddressInfo;
  const host = address.family === 'IPv6' ? `[${address.address}]` : address.address;
  return `http://${host}:${address.port}`;
}

async function close(server: Server, graceMs: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  const grace = setTimeout(() => server.closeAllConnections(), graceMs);
  await closed;
  clearTimeout(grace);
}
