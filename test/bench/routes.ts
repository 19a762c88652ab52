import { copyFileSync } from 'node:fs';
import { Agent } from 'node:http';
import { join } from 'node:path';
import { download, startDashboard, type Running } from './dashboards.ts';
import { afterwards, alternate, atMost, bench, digits, report, runFolder } from './harness.ts';
import { history, ledgerIn } from './histories.ts';
import { cpuOfProcess, messageOf, startPart } from './processes.ts';

const CONNECTIONS = 20;
const REQUESTS = 3000;
const PAIRS = 6;

await bench(async () => {
  const folder = runFolder('routes');
  copyFileSync(ledgerIn(history(10_000)), join(folder, 'trades.db'));
  const dashboard = await startDashboard(folder);
  await beside(dashboard, '/api/session');
  await beside(dashboard, '/api/home');
});

/** CPU of a request with a session's cookie, beside the same body from nothing but node:http; the load's own CPU is not counted. */
async function beside({ pid, url, cookie }: Running, path: string): Promise<void> {
  const body = await (await fetch(url + path, { headers: { cookie } })).text();
  const bare = startPart('bare-server', [body]);
  const { port } = await messageOf<{ readonly port: number }>(bare);
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  afterwards(() => agent.destroy());
  const ours = load(pid, url + path, cookie, agent);
  const theirs = load(bare.pid ?? 0, `http://127.0.0.1:${port}${path}`, cookie, agent);
  await ours();
  await theirs();
  const { a, b, ratio } = await alternate(PAIRS, ours, theirs);
  const kilobytes = digits(Buffer.byteLength(body) / 1024);
  report(
    `GET ${path}, signed in, ${kilobytes} kB`,
    `${digits(a)} µs CPU`,
    `bare node:http, ${digits(b)} µs CPU`,
    ratio,
    atMost(ratio, 1.6),
  );
}

/** Microseconds of the server's CPU for one of many requests on kept connections. */
function load(pid: number, url: string, cookie: string, agent: Agent): () => Promise<number> {
  return async () => {
    const before = cpuOfProcess(pid);
    let left = REQUESTS;
    const connection = async (): Promise<void> => {
      for (; left > 0;) {
        left -= 1;
        await download(url, cookie, agent);
      }
    };
    await Promise.all(Array.from({ length: CONNECTIONS }, connection));
    return ((cpuOfProcess(pid) - before) / REQUESTS) * 1000;
  };
}
