import type { Message } from '../../contract/index.ts';
import { backOff } from './back-off.ts';

/** What the stream tells its owner. */
export interface StreamListener {
  /** The stream is open: next comes a snapshot, or what was missed and then the figures of now. */
  opened(): void;
  heard(message: Message, at: number): void;
  /** The stream is down after `failures` failed connects in a row; the next try is under way. */
  down(failures: number): void;
}

/** The world as the stream needs it; a test brings its own. */
export interface StreamPorts {
  connect(url: string): EventSource;
  now(): number;
  after(milliseconds: number, run: () => void): () => void;
  chance(): number;
}

const TYPES: readonly Message['type'][] = ['snapshot', 'trade_executed', 'position_update', 'price_update', 'status_change', 'alert', 'log'];
const CONNECT_LIMIT_MS = 5_000;
/** The server tells its status every two seconds; a stream silent for so long is dead, whatever its `readyState` says. */
const SILENCE_LIMIT_MS = 20_000;
const SILENCE_COUNTS = 2;
const TICK_MS = 1_000;
/** A second that took longer than this was no second: the phone slept, and its sockets with it. */
const JUMP_MS = 3_000;

/** One server-sent-events connection that survives a phone's life: sleep, lost networks, and sockets that die without a word. */
export class LiveStream {
  readonly #listener: StreamListener;
  readonly #ports: StreamPorts;
  #source: EventSource | null = null;
  #cancelWait: () => void = () => undefined;
  #cancelTick: () => void = () => undefined;
  #lastId = '';
  #failures = 0;
  #heardAt = 0;
  #tickedAt = 0;
  #running = false;

  constructor(listener: StreamListener, ports: StreamPorts = browserPorts) {
    this.#listener = listener;
    this.#ports = ports;
  }

  /** Connects, and from now on reconnects. */
  start(): void {
    if (this.#running) return;
    this.#running = true;
    this.#tickedAt = this.#ports.now();
    this.#tick();
    this.#connect();
  }

  /** Closes on purpose (the page is hidden, or signed out). `forget` drops the place to resume from. */
  stop(forget: boolean): void {
    this.#running = false;
    this.#cancelTick();
    this.#drop();
    this.#failures = 0;
    if (forget) this.#lastId = '';
  }

  /** Connects anew at once, whatever the present connection claims to be. */
  retryNow(): void {
    if (!this.#running) return;
    this.#failures = 0;
    this.#listener.down(0);
    this.#connect();
  }

  /** Connects anew from nothing: the server answers with a whole snapshot. */
  startOver(): void {
    this.#lastId = '';
    this.retryNow();
  }

  #connect(): void {
    this.#drop();
    const source = this.#ports.connect(this.#lastId === '' ? '/api/stream' : `/api/stream?lastEventId=${encodeURIComponent(this.#lastId)}`);
    this.#source = source;
    this.#heardAt = this.#ports.now();
    this.#cancelWait = this.#ports.after(CONNECT_LIMIT_MS, () => this.#failed(source));
    source.addEventListener('open', () => {
      if (source !== this.#source) return;
      this.#cancelWait();
      this.#failures = 0;
      this.#listener.opened();
    });
    source.addEventListener('error', () => this.#failed(source));
    for (const type of TYPES) source.addEventListener(type, (event: MessageEvent<string>) => this.#hear(source, event));
  }

  #hear(source: EventSource, event: MessageEvent<string>): void {
    if (source !== this.#source) return;
    this.#heardAt = this.#ports.now();
    if (event.lastEventId !== '') this.#lastId = event.lastEventId;
    let message: Message;
    try {
      message = JSON.parse(event.data) as Message;
    } catch {
      // Half a message is a broken stream, not news.
      this.#failed(source);
      return;
    }
    this.#listener.heard(message, this.#heardAt);
  }

  #failed(source: EventSource): void {
    if (source !== this.#source) return;
    this.#drop();
    this.#failures += 1;
    this.#listener.down(this.#failures);
    if (this.#running) this.#cancelWait = this.#ports.after(backOff(this.#failures, this.#ports.chance()), () => this.#connect());
  }

  /** Open and mute is worse than a refused connect: it was given twenty seconds. It counts as the failures after which the server is given up. */
  #silent(): void {
    this.#failures = Math.max(SILENCE_COUNTS, this.#failures + 1);
    this.#listener.down(this.#failures);
    this.#connect();
  }

  #drop(): void {
    this.#cancelWait();
    this.#source?.close();
    this.#source = null;
  }

  #tick(): void {
    this.#cancelTick = this.#ports.after(TICK_MS, () => {
      const now = this.#ports.now();
      const elapsed = now - this.#tickedAt;
      this.#tickedAt = now;
      if (elapsed > JUMP_MS || elapsed < 0) this.retryNow();
      else if (this.#source !== null && now - this.#heardAt > SILENCE_LIMIT_MS) this.#silent();
      this.#tick();
    });
  }
}

const browserPorts: StreamPorts = {
  connect: (url) => new EventSource(url),
  now: () => Date.now(),
  after: (milliseconds, run) => {
    const timer = setTimeout(run, milliseconds);
    return () => clearTimeout(timer);
  },
  chance: () => Math.random(),
};
