import { batch, effect } from '@preact/signals';
import type { Message, SystemStatus } from '../../contract/index.ts';
import { hello } from '../lib/api.ts';
import { LiveStream } from '../lib/stream.ts';
import { forgetResources } from './resource.ts';
import { clock, epoch, heardAt, link, lostAt, newLines, newTrades, serverOffset, session, world } from './store.ts';
import { withTold } from './trade-feed.ts';
import { receive } from './world.ts';

let isNewConnection = true;

const stream = new LiveStream({ opened, heard, down });

/** Keeps the world live for as long as someone is signed in and looks at the page (the phone's resume protocol). */
export function followServer(): void {
  setInterval(() => (clock.value = Date.now()), 1000);
  effect(() => {
    if (session.value === 'in' && document.visibilityState === 'visible') stream.start();
    if (session.value === 'out') stream.stop(true);
  });
  document.addEventListener('visibilitychange', () => (document.visibilityState === 'hidden' ? sleep() : wake()));
  addEventListener('pagehide', sleep);
  addEventListener('pageshow', (event) => {
    if (event.persisted) wake();
  });
  document.addEventListener('resume', wake);
  addEventListener('online', () => {
    link.value = { ...link.peek(), networkUp: true };
    stream.retryNow();
  });
  addEventListener('offline', () => {
    lostAt.value ??= clock.peek();
    link.value = { ...link.peek(), networkUp: false };
  });
  link.value = { ...link.peek(), networkUp: navigator.onLine };
}

/** Connects at once: the reader's own "retry". */
export function retryNow(): void {
  clock.value = Date.now();
  stream.retryNow();
}

function sleep(): void {
  stream.stop(false);
  link.value = { ...link.peek(), connected: false, fresh: false };
}

function wake(): void {
  clock.value = Date.now();
  if (session.peek() === 'in') stream.start();
}

function opened(): void {
  isNewConnection = true;
  batch(() => {
    lostAt.value = null;
    link.value = { ...link.peek(), connected: true, failures: 0, networkUp: true };
  });
}

function heard(message: Message, at: number): void {
  batch(() => {
    heardAt.value = at;
    // A number lower than before is another ledger: what was read of the former one is of no trade in this one.
    if (message.type === 'snapshot' && message.seq < (world.peek()?.seq ?? 0)) forgetResources();
    const received = receive(world.peek(), message);
    world.value = received.world;
    const told = statusIn(message);
    if (told !== null) reckonOffset(told, at);
    if (received.world !== null && (message.type === 'snapshot' || message.type === 'position_update')) refreshed(message.type === 'snapshot');
    if (message.type === 'log') newLines.value = { serial: newLines.peek().serial + 1, lines: message.data.lines };
    if (received.trades.length > 0) newTrades.value = withTold(newTrades.peek(), received.trades);
    if (received.needsSnapshot) stream.startOver();
  });
}

/** All figures are of now again. Lists may have missed what a snapshot leaps over, and lines of the log are never told twice. */
function refreshed(isLeap: boolean): void {
  if (isLeap || !link.peek().fresh) epoch.value += 1;
  if (!link.peek().fresh) link.value = { ...link.peek(), fresh: true };
}

function statusIn(message: Message): SystemStatus | null {
  if (message.type === 'snapshot' || message.type === 'position_update') return message.data.home.status;
  return message.type === 'status_change' ? message.data : null;
}

/** A message delayed on its way makes the server's clock look slow, so of all that one connection told the greatest offset is true. */
function reckonOffset(status: SystemStatus, at: number): void {
  const told = Date.parse(status.serverNow) - at;
  serverOffset.value = isNewConnection ? told : Math.max(serverOffset.peek(), told);
  isNewConnection = false;
  clock.value = at;
}

function down(failures: number): void {
  lostAt.value ??= clock.peek();
  link.value = { ...link.peek(), connected: false, fresh: false, failures };
  if (failures > 0) void askWhy();
}

/** An event source does not say why it failed: an ended session looks like a lost network until the server is asked. */
async function askWhy(): Promise<void> {
  const answer = await hello();
  if (answer.kind === 'ok' && !answer.data.signedIn && session.peek() === 'in') session.value = 'out';
}
