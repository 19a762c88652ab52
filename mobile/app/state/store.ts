import { computed, signal } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';
import type { LogLine, SystemStatus } from '../../contract/index.ts';
import { judge } from './staleness.ts';
import type { Staleness } from './staleness.ts';
import { NO_TRADES } from './trade-feed.ts';
import type { TradeFeed } from './trade-feed.ts';
import type { World } from './world.ts';

/** Whether this browser is signed in; unknown until the server has said so. */
export const session = signal<'unknown' | 'in' | 'out'>('unknown');

/** What the stream has told; null before the first snapshot. */
export const world = signal<World | null>(null);

/** The state of the connection to the server. */
export const link = signal({ connected: false, fresh: false, failures: 0, networkUp: true });

/** The phone's clock, once a second. */
export const clock = signal(Date.now());

/** Milliseconds to add to the phone's clock to have the server's; ages are reckoned in the server's time. */
export const serverOffset = signal(0);

/** New trades as they are told; for the live region and the Trades page. */
export const newTrades = signal<TradeFeed>(NO_TRADES);

/** When the stream last said anything (phone's clock); null before that. */
export const heardAt = signal<number | null>(null);

/** Log lines as they arrive. */
export const newLines = signal<{ readonly serial: number; readonly lines: readonly LogLine[] }>({ serial: 0, lines: [] });

/** Grows when lists read over REST may have missed something: after each snapshot. */
export const epoch = signal(0);

/** When the connection was lost (phone's clock); null while it stands. */
export const lostAt = signal<number | null>(null);

/** A newer version of the app lies ready. */
export const updateReady = signal(false);

/** The status as last told. */
export const status: ReadonlySignal<SystemStatus | null> = computed(() => world.value?.home.status ?? null);

/** The server's time now, in milliseconds. */
export const serverNow: ReadonlySignal<number> = computed(() => clock.value + serverOffset.value);

/** How old the word from the daemon is, hop by hop. */
export const staleness: ReadonlySignal<Staleness> = computed(() => {
  const told = status.value;
  return judge({
    now: serverNow.value,
    beatAt: told?.beatAt == null ? null : Date.parse(told.beatAt),
    everySeconds: told?.beatEverySeconds ?? 30,
    networkUp: link.value.networkUp,
    failedConnects: link.value.failures,
    connected: link.value.connected,
    fresh: link.value.fresh,
    heardAt: heardAt.value === null ? null : heardAt.value + serverOffset.value,
    known: told !== null,
  });
});

/** True: figures must look old. */
export const figuresAreOld: ReadonlySignal<boolean> = computed(() => staleness.value.figuresAreOld);

/** The account's time zone, for every time that is shown. */
export const timeZone: ReadonlySignal<string> = computed(() => status.value?.timeZone ?? 'UTC');

/** Market time of the last step, else the server's time. */
export const marketNow: ReadonlySignal<string> = computed(() => status.value?.marketAt ?? status.value?.serverNow ?? new Date(clock.value).toISOString());

/** Forgets everything that was told. */
export function forget(): void {
  world.value = null;
  serverOffset.value = 0;
  newTrades.value = NO_TRADES;
  heardAt.value = null;
  newLines.value = { serial: 0, lines: [] };
  lostAt.value = null;
  link.value = { ...link.peek(), connected: false, fresh: false, failures: 0 };
}
