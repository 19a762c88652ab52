import { describe, expect, it } from 'vitest';
import type { LogLine } from '../../../../mobile/contract/index.ts';
import { isWanted, withNewLines } from '../../../../mobile/app/state/log-tail.ts';

function line(message: string, own: Partial<LogLine> = {}): LogLine {
  return { at: '2025-11-21T09:00:00.000Z', level: 'info', process: 'trader', message, fields: '', ...own };
}

describe('the log', () => {
  it('keeps the newest five hundred lines', () => {
    const many = Array.from({ length: 620 }, (_, index) => line(`line ${index}`));
    const kept = withNewLines(many.slice(0, 100), many.slice(100));
    expect(kept).toHaveLength(500);
    expect(kept.at(-1)?.message).toBe('line 619');
  });

  it('shows a line once that the first reading and the stream both brought', () => {
    const lines = [line('a'), line('b')];
    expect(withNewLines(lines, [line('b'), line('c')]).map((one) => one.message)).toEqual(['a', 'b', 'c']);
    expect(withNewLines(lines, [line('b')])).toBe(lines);
  });

  it('filters by level and above', () => {
    expect(isWanted(line('x', { level: 'error' }), 'warn', '')).toBe(true);
    expect(isWanted(line('x', { level: 'info' }), 'warn', '')).toBe(false);
    expect(isWanted(line('x', { level: 'debug' }), '', '')).toBe(true);
  });

  it('searches plainly, in any case, in message and fields', () => {
    expect(isWanted(line('Order FILLED'), '', 'filled')).toBe(true);
    expect(isWanted(line('x', { fields: 'id=7.*' }), '', '.*')).toBe(true);
    expect(isWanted(line('x'), '', '.*')).toBe(false);
  });
});
