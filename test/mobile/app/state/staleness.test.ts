import { describe, expect, it } from 'vitest';
import { judge } from '../../../../mobile/app/state/staleness.ts';
import type { Hearing } from '../../../../mobile/app/state/staleness.ts';

const NOW = 1_000_000_000;
const HEALTHY: Hearing = { now: NOW, beatAt: NOW - 1000, everySeconds: 1, networkUp: true, failedConnects: 0, connected: true, fresh: true, heardAt: NOW, known: true };

/** A beat each second, told within two: E is 3 s. */
function after(seconds: number, change: Partial<Hearing> = {}): ReturnType<typeof judge> {
  return judge({ ...HEALTHY, beatAt: NOW - seconds * 1000, ...change });
}

describe('staleness', () => {
  it('is live up to one and a half times what is expected, late up to three times, then stale', () => {
    expect(after(4.5).face).toBe('live');
    expect(after(4.6).face).toBe('late');
    expect(after(9).face).toBe('late');
    expect(after(9.1).face).toBe('stale');
  });

  it('makes figures look old only once stale', () => {
    expect(after(9).figuresAreOld).toBe(false);
    expect(after(9.1).figuresAreOld).toBe(true);
  });

  it('follows the beat that the server names', () => {
    expect(after(60, { everySeconds: 30 }).face).toBe('late');
    expect(after(97, { everySeconds: 30 }).face).toBe('stale');
  });

  it('never blames the daemon for what the phone cannot hear', () => {
    expect(after(600, { networkUp: false }).face).toBe('offline');
    expect(after(600, { failedConnects: 2, connected: false, fresh: false }).face).toBe('unreachable');
    expect(after(600, { connected: false, fresh: false }).face).toBe('reconnecting');
    expect(after(600, { connected: true, fresh: false }).face).toBe('reconnecting');
  });

  it('takes the server for gone when an open stream has said nothing for twenty seconds', () => {
    expect(after(21, { heardAt: NOW - 20_000 }).face).toBe('late');
    expect(after(21, { heardAt: NOW - 20_100 }).face).toBe('unreachable');
    expect(after(60, { heardAt: NOW - 2000 }).face).toBe('stale');
  });

  it('makes figures look old that are, whoever is to blame', () => {
    expect(after(15, { heardAt: NOW - 14_000 })).toMatchObject({ face: 'late', figuresAreOld: true });
  });

  it('keeps the old look after a sleep until figures of now have come', () => {
    expect(after(600, { fresh: false }).figuresAreOld).toBe(true);
    expect(after(1, { fresh: false }).figuresAreOld).toBe(false);
    expect(after(1).figuresAreOld).toBe(false);
  });

  it('says that it connects before anything was ever told', () => {
    expect(after(1, { known: false, beatAt: null, connected: false, fresh: false })).toMatchObject({ face: 'connecting', figuresAreOld: false });
  });

  it('knows a daemon that never ran from a silent one', () => {
    expect(judge({ ...HEALTHY, beatAt: null }).face).toBe('never-started');
  });

  it('counts no age below zero', () => {
    expect(after(-5)).toMatchObject({ face: 'live', ageSeconds: 0 });
  });
});
