import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Answers every request with the same JSON, by nothing but node:http: `bare-server BODY`. */
const body = Buffer.from(process.argv[2] ?? '');
const server = createServer((_, outgoing) => {
  outgoing.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': body.length });
  outgoing.end(body);
});
server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }));
process.on('disconnect', () => process.exit(0));
