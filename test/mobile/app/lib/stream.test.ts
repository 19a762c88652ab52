import { beforeEach, describe, expect, it } from 'vitest';
import type { Message } from '../../../../mobile/contract/index.ts';
import { LiveStream } from '../../../../mobile/app/lib/stream.ts';

/** A world whose clock moves only when told to, and whose connections do what the test says. */
class Stand {
  now = 1_000_000;
  readonly urls: string[] = [];
  readonly heard: Message[] = [];
  readonly downs: number[] = [];
  opened = 0;
  readonly #sources: FakeSource[] = [];
  #timers: { readonly at: number; readonly run: () => void }[] = [];

  readonly stream = new LiveStream(
    { opened: () => (this.opened += 1), heard: (message) => this.heard.push(message), down: (failures) => this.downs.push(failures) },
    {
      connect: (url) => {
        this.urls.push(url);
        const source = new FakeSource();
        this.#sources.push(source);
        return source as unknown as EventSource;
      },
      now: () => this.now,
      after: (milliseconds, run) => {
        const timer = { at: this.now + milliseconds, run };
        this.#timers.push(timer);
        return () => (this.#timers = this.#timers.filter((one) => one !== timer));
      },
      chance: () => 0.5,
    },
  );

  get source(): FakeSource {
    const last = this.#sources.at(-1);
    if (last === undefined) throw new Error('nothing was connected');
    return last;
  }

  /** Lets time pass, timer by timer. */
  pass(milliseconds: number): void {
    const end = this.now + milliseconds;
    for (let next = this.#due(end); next !== undefined; next = this.#due(end)) {
      this.now = Math.max(this.now, next.at);
      this.#timers = this.#timers.filter((one) => one !== next);
      next.run();
    }
    this.now = Math.max(this.now, end);
  }

  #due(end: number): { readonly at: number; readonly run: () => void } | undefined {
    return this.#timers.filter((one) => one.at <= end).sort((a, b) => a.at - b.at)[0];
  }
}

class FakeSource extends EventTarget {
  closed = false;

  close(): void {
    this.closed = true;
  }

  open(): void {
    this.dispatchEvent(new Event('open'));
  }

  fail(): void {
    this.dispatchEvent(new Event('error'));
  }

  say(type: string, data: string, lastEventId = ''): void {
    this.dispatchEvent(new MessageEvent(type, { data, lastEventId }));
  }
}

const STATUS = JSON.stringify({ type: 'status_change', seq: 1, data: {} });
let stand: Stand;

beforeEach(() => {
  stand = new Stand();
});

describe('the live stream', () => {
  it('resumes by hand from the last id it was told', () => {
    stand.stream.start();
    stand.source.open();
    stand.source.say('trade_executed', STATUS, '41');
    stand.source.fail();
    stand.pass(500);
    expect(stand.urls).toEqual(['/api/stream', '/api/stream?lastEventId=41']);
  });

  it('backs off while connects fail, and tells how many', () => {
    stand.stream.start();
    for (const wait of [500, 1000, 2000]) {
      stand.source.fail();
      stand.pass(wait);
    }
    expect(stand.urls).toHaveLength(4);
    expect(stand.downs).toEqual([1, 2, 3]);
  });

  it('begins the back-off anew after a connection that worked', () => {
    stand.stream.start();
    stand.source.fail();
    stand.pass(500);
    stand.source.open();
    stand.source.fail();
    expect(stand.downs).toEqual([1, 1]);
  });

  it('gives up a connect after five seconds', () => {
    stand.stream.start();
    const { source } = stand;
    stand.pass(5000);
    expect(source.closed).toBe(true);
    expect(stand.downs).toEqual([1]);
  });

  it('connects at once when the phone slept, however healthy the socket claims to be', () => {
    stand.stream.start();
    stand.source.open();
    stand.pass(1000);
    stand.now += 10_000;
    stand.pass(0);
    expect(stand.urls).toHaveLength(2);
  });

  it('does not take its own ticking for sleep', () => {
    stand.stream.start();
    stand.source.open();
    stand.pass(15_000);
    expect(stand.urls).toHaveLength(1);
  });

  it('leaves a stream that has been silent for twenty seconds', () => {
    stand.stream.start();
    stand.source.open();
    stand.pass(19_000);
    stand.source.say('status_change', STATUS);
    stand.pass(19_000);
    expect(stand.urls).toHaveLength(1);
    stand.pass(3000);
    expect(stand.urls).toHaveLength(2);
    // As good as two refused connects: the server is not there.
    expect(stand.downs).toEqual([2]);
  });

  it('hears nothing more from a connection it has left', () => {
    stand.stream.start();
    const { source } = stand;
    stand.stream.retryNow();
    source.say('status_change', STATUS);
    source.fail();
    expect(stand.heard).toEqual([]);
    expect(stand.downs).toEqual([0]);
  });

  it('takes half a message for a broken stream', () => {
    stand.stream.start();
    stand.source.open();
    stand.source.say('status_change', '{"type":"status_ch');
    expect(stand.source.closed).toBe(true);
    expect(stand.heard).toEqual([]);
  });

  it('stops for good when told to, and forgets its place when the reader signs out', () => {
    stand.stream.start();
    stand.source.say('snapshot', STATUS, '9');
    stand.stream.stop(true);
    stand.pass(60_000);
    expect(stand.urls).toHaveLength(1);
    stand.stream.start();
    expect(stand.urls.at(-1)).toBe('/api/stream');
  });

  it('starts over from nothing when a change came before any snapshot', () => {
    stand.stream.start();
    stand.source.open();
    stand.source.say('trade_executed', STATUS, '41');
    stand.stream.startOver();
    expect(stand.urls.at(-1)).toBe('/api/stream');
  });
});
