import { describe, expect, it } from 'vitest';
import { lastWord } from '../../../../mobile/app/state/last-word.ts';
import { cannedStatus } from '../canned.ts';

const BEAT = Date.UTC(2025, 10, 21, 8, 59, 2);
const STATUS = cannedStatus({ now: BEAT + 60_000, beatAt: BEAT, everySeconds: 1, text: null, empty: false });

describe('the last word of a silent daemon', () => {
  it('is why it went, and not a second time that it fell silent', () => {
    expect(lastWord({ ...STATUS, link: 'offline', reason: `No word from the trader since ${new Date(BEAT).toISOString()}.` })).toBeNull();
    expect(lastWord({ ...STATUS, link: 'offline', reason: 'the trader ended with signal SIGKILL' })).toBe('the trader ended with signal SIGKILL');
    expect(lastWord({ ...STATUS, link: 'offline', reason: 'stopped', crashLoop: 'crashed five times' })).toBe('crashed five times');
    expect(lastWord({ ...STATUS, reason: 'daily loss limit' })).toBeNull();
    expect(lastWord(null)).toBeNull();
  });
});
