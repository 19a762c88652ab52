import { monitorEventLoopDelay } from 'node:perf_hooks';
import { tail } from '../../../mobile/server/logs/tail.ts';

/** What a search took beyond Node's own start. */
export interface Searched {
  readonly cpuMs: number;
  readonly wallMs: number;
  /** The longest that the event loop was not free, beyond the millisecond between two looks. */
  readonly blockedMs: number;
  readonly grownMb: number;
  readonly found: number;
}

/** Searches a log for lines with a keyword: `search-log LOG KEYWORD MOST_BYTES`. */
const [path = '', keyword = '', most = '0'] = process.argv.slice(2);
const delay = monitorEventLoopDelay({ resolution: 1 });
const idleMb = process.memoryUsage.rss() / 2 ** 20;
delay.enable();
// The first look of the monitor comes after the loop has turned.
await new Promise((resolve) => setTimeout(resolve, 50));
delay.reset();
const cpu = process.cpuUsage();
const started = performance.now();
const { lines } = await tail(path, 'daemon.log', { lines: 100, level: null, keyword }, Number(most));
const wallMs = performance.now() - started;
const { user, system } = process.cpuUsage(cpu);
await new Promise((resolve) => setTimeout(resolve, 5));
delay.disable();
process.send?.({
  ...{ cpuMs: (user + system) / 1000, wallMs, blockedMs: delay.max / 1e6 - 1 },
  ...{ grownMb: process.resourceUsage().maxRSS / 1024 - idleMb, found: lines.length },
} satisfies Searched);
process.disconnect?.();
