import { fork } from 'node:child_process';
import { type Agent, request } from 'node:http';
import { join } from 'node:path';
import { hashSync } from 'bcryptjs';
import type { StartOptions } from '../../mobile/server/start-options.ts';
import { afterwards, projectRoot } from './harness.ts';
import { endOf, messageOf } from './processes.ts';

const PASSWORD = 'correct horse battery';

/** The dashboard as it is shipped, in a process of its own, with somebody signed in. */
export interface Running {
  readonly pid: number;
  readonly url: string;
  /** The Cookie header of who is signed in. */
  readonly cookie: string;
  stop(): Promise<void>;
}

/** Starts dist/dashboard.js over a data folder and signs in. */
export async function startDashboard(dataDir: string): Promise<Running> {
  const child = fork(join(projectRoot(), 'dist/dashboard.js'), [], { execArgv: [], stdio: ['pipe', 'ignore', 'inherit', 'ipc'] });
  afterwards(() => endOf(child));
  const options: StartOptions = {
    ...{ host: '127.0.0.1', port: 0, trustedProxies: [], dataDir, logPath: join(dataDir, 'daemon.log') },
    // The least cost there is: how long a sign-in takes is not asked here.
    ...{ passwordHash: hashSync(PASSWORD, 4), name: 'Bench', version: '0.0.0', timeZone: 'UTC', currency: 'USDT' },
  };
  child.stdin?.end(JSON.stringify(options));
  const { address } = await messageOf<{ readonly address: string }>(child);
  if (child.pid === undefined) throw new Error('the dashboard has no process');
  return { pid: child.pid, url: address, cookie: await signIn(address, PASSWORD), stop: () => endOf(child) };
}

/** Signs in and answers the Cookie header. */
export async function signIn(url: string, password: string): Promise<string> {
  const answer = await fetch(`${url}/api/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ password, keep: false }),
  });
  if (!answer.ok) throw new Error(`sign-in failed: ${answer.status} ${await answer.text()}`);
  return answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');
}

/** Asks an address once and answers how many bytes came. Rejects on any status but 200. */
export function download(url: string, cookie: string, agent?: Agent): Promise<number> {
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { headers: { cookie }, ...(agent === undefined ? {} : { agent }) }, (incoming) => {
      let bytes = 0;
      if (incoming.statusCode !== 200) reject(new Error(`${url}: ${incoming.statusCode ?? 0}`));
      incoming.on('data', (chunk: Buffer) => (bytes += chunk.length));
      incoming.on('end', () => resolve(bytes));
      incoming.on('error', reject);
    });
    outgoing.on('error', reject);
    outgoing.end();
  });
}
