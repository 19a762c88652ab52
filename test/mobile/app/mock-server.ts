import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { extname, join, normalize } from 'node:path';
import type { Message } from '../../../mobile/contract/index.ts';
import { CONTENT_SECURITY_POLICY } from '../../../mobile/server/guard/security-headers.ts';
import { cannedHome, cannedLogs, cannedPositionPage, cannedPositions, cannedSettings, cannedStatus, cannedTradePage } from './canned.ts';
import type { CannedState } from './canned.ts';

export const PASSWORD = 'correct horse battery';

const TYPES: Readonly<Record<string, string>> = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.png': 'image/png', '.webmanifest': 'application/manifest+json' };
const STATUS_EVERY_MS = 300;

/** A dashboard of canned answers on loopback: the built app, the read models, and a stream that can fall silent. */
export class MockServer {
  /** The daemon's last beat; null: it beats now. */
  beatAt: number | null = null;
  everySeconds = 1;
  text: string | null = null;
  empty = false;
  readonly asked: string[] = [];
  readonly #folder: string;
  readonly #server: Server;
  readonly #streams = new Set<ServerResponse>();
  readonly #sockets = new Set<Socket>();
  readonly #sessions = new Set<string>();
  readonly #timer: NodeJS.Timeout;
  #port = 0;
  #seq = 40;

  constructor(folder: string) {
    this.#folder = folder;
    this.#server = createServer((request, response) => void this.#answer(request, response));
    this.#server.on('connection', (socket) => {
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
    });
    this.#timer = setInterval(() => this.tell({ type: 'status_change', seq: this.#seq, data: cannedStatus(this.state()) }), STATUS_EVERY_MS);
  }

  get address(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** Listens, on the port it had before if it had one. */
  async open(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(this.#port, '127.0.0.1', resolve));
    this.#port = (this.#server.address() as AddressInfo).port;
  }

  /** Cuts every connection and listens no more. */
  async shut(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.shut();
  }

  /** Ends every session, as a change of the password does. */
  endSessions(): void {
    this.#sessions.clear();
    for (const stream of this.#streams) stream.end();
  }

  state(): CannedState {
    const now = Date.now();
    return { now, beatAt: this.beatAt ?? now - 200, everySeconds: this.everySeconds, text: this.text, empty: this.empty };
  }

  tell(message: Message, id: number | null = null): void {
    for (const stream of this.#streams) stream.write(encode(message, id));
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', this.address);
    this.asked.push(`${request.method ?? ''} ${url.pathname}${url.search}`);
    response.setHeader('content-security-policy', CONTENT_SECURITY_POLICY);
    if (url.pathname.startsWith('/api/')) await this.#api(request, response, url);
    else await this.#file(response, url.pathname);
  }

  async #api(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    response.setHeader('cache-control', 'no-store');
    const session = /(?:^|; )sid=(\w+)/.exec(request.headers.cookie ?? '')?.[1] ?? '';
    const signedIn = this.#sessions.has(session);
    if (url.pathname === '/api/session') return json(response, 200, { signedIn });
    if (url.pathname === '/api/login') return this.#login(request, response);
    if (!signedIn) return refuse(response, 401, 'auth.required', 'Sign in first.');
    if (url.pathname === '/api/logout') {
      this.#sessions.delete(session);
      response.writeHead(204, { 'set-cookie': 'sid=; Path=/; Max-Age=0' }).end();
      for (const stream of this.#streams) stream.end();
      return;
    }
    this.#read(response, url);
  }

  #read(response: ServerResponse, url: URL): void {
    const state = this.state();
    const position = /^\/api\/positions\/(\d+)$/.exec(url.pathname)?.[1];
    const page = position === undefined ? null : cannedPositionPage(state, Number(position));
    if (position !== undefined) return page === null ? refuse(response, 404, 'not-found', 'There is no such position.') : json(response, 200, page);
    switch (url.pathname) {
      case '/api/home':
        return json(response, 200, cannedHome(state));
      case '/api/positions':
        return json(response, 200, cannedPositions(state));
      case '/api/trades':
        return json(response, 200, cannedTradePage(state, url.searchParams));
      case '/api/trades.csv':
        return void response.writeHead(200, { 'content-type': 'text/csv; charset=utf-8', 'content-disposition': 'attachment; filename="trades.csv"' }).end(`id,side\r\n${url.search}`);
      case '/api/logs':
        return json(response, 200, cannedLogs(state, url.searchParams));
      case '/api/settings':
        return json(response, 200, cannedSettings(state));
      case '/api/stream':
        return this.#stream(response);
      default:
        return refuse(response, 404, 'not-found', 'There is no such route.');
    }
  }

  #stream(response: ServerResponse): void {
    response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });
    const state = this.state();
    response.write(encode({ type: 'snapshot', seq: this.#seq, data: { home: cannedHome(state), positions: cannedPositions(state) } }, this.#seq));
    this.#streams.add(response);
    response.on('close', () => this.#streams.delete(response));
  }

  async #login(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    const { password } = JSON.parse(body) as { password: string };
    if (password === 'wait') {
      response.setHeader('retry-after', '7');
      return refuse(response, 429, 'login.too-many', 'Too many tries.');
    }
    if (password !== PASSWORD) return refuse(response, 401, 'auth.wrong-password', 'That is not the password.');
    const session = `s${this.#sessions.size}x${Date.now()}`;
    this.#sessions.add(session);
    response.writeHead(204, { 'set-cookie': `sid=${session}; HttpOnly; SameSite=Lax; Path=/` }).end();
  }

  async #file(response: ServerResponse, path: string): Promise<void> {
    const name = extname(path) === '' ? 'index.html' : normalize(path).replace(/^\/+/, '');
    try {
      const body = await readFile(join(this.#folder, name));
      response.writeHead(200, { 'content-type': TYPES[extname(name)] ?? 'application/octet-stream', 'cache-control': 'no-cache' }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  }
}

function encode(message: Message, id: number | null): string {
  return `${id === null ? '' : `id: ${id}\n`}event: ${message.type}\ndata: ${JSON.stringify(message)}\n\n`;
}

function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(body));
}

function refuse(response: ServerResponse, status: number, code: string, message: string): void {
  json(response, status, { error: { code, message, remedy: 'Try again.' } });
}
