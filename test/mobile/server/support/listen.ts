import { request, type ClientRequest } from 'node:http';
import type { Message } from '../../../../mobile/contract/index.ts';

export interface Heard {
  readonly id: number | null;
  readonly message: Message;
}

/** A phone that listens: it keeps whole messages, and forgets a cut one, as a browser does. */
export interface Listener {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly heard: readonly Heard[];
  /** Resolves with the first message for which the question is true, past or future. */
  until(question: (heard: Heard) => boolean): Promise<Heard>;
  /** Resolves when the stream is over: true where the server ended it, false where the connection broke. */
  readonly ended: Promise<boolean>;
  /** Cuts the connection, as a tunnel does. */
  cut(): void;
}

export function listenTo(url: string, cookie: string, lastEventId: number | null = null): Promise<Listener> {
  const { hostname, port } = new URL(url);
  const headers = { cookie, ...(lastEventId === null ? {} : { 'last-event-id': String(lastEventId) }) };
  return new Promise((resolve, reject) => {
    const outgoing: ClientRequest = request({ hostname, port, path: '/api/stream', headers, agent: false }, (incoming) => {
      const heard: Heard[] = [];
      const waiting = new Set<() => void>();
      let rest = '';
      incoming.setEncoding('utf8');
      incoming.on('data', (chunk: string) => {
        const blocks = (rest + chunk).split('\n\n');
        rest = blocks.pop() ?? '';
        heard.push(...blocks.flatMap(parse));
        waiting.forEach((check) => check());
      });
      incoming.on('error', () => undefined);
      const ended = new Promise<boolean>((end) => incoming.on('close', () => end(incoming.complete)));
      resolve({
        status: incoming.statusCode ?? 0,
        headers: incoming.headers,
        heard,
        ended,
        until: (question) =>
          new Promise((found) => {
            const check = (): void => {
              const match = heard.find(question);
              if (match === undefined) return;
              waiting.delete(check);
              found(match);
            };
            waiting.add(check);
            check();
          }),
        cut: () => outgoing.destroy(),
      });
    });
    outgoing.on('error', reject);
    outgoing.end();
  });
}

function parse(block: string): Heard[] {
  const fields = new Map(block.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trimStart()]));
  const data = fields.get('data');
  if (data === undefined) return [];
  const message = JSON.parse(data) as Message;
  if (message.type !== fields.get('event')) throw new Error(`event ${fields.get('event')} carries ${message.type}`);
  const id = fields.get('id');
  return [{ id: id === undefined ? null : Number(id), message }];
}
