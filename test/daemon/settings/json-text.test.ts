import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseJson, valueOf } from '../../../daemon/settings/json-text.ts';

describe('JSON with places', () => {
  it('reads what JSON.parse reads', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        const parsed = parseJson(text);

        expect(parsed.ok && valueOf(parsed.root)).toEqual(JSON.parse(text));
      }),
    );
  });

  it('refuses what JSON.parse refuses', () => {
    fc.assert(
      fc.property(fc.json(), fc.nat(), fc.constantFrom('', ',', '}', ']', '"', '//', '\n', 'x', '-', '0'), (text, at, put) => {
        const place = at % (text.length + 1);
        const spoilt = text.slice(0, place) + put + text.slice(place + 1);
        // A key that stands twice is ours to refuse.
        const parsed = parseJson(spoilt);
        if (!parsed.ok && parsed.expected.startsWith('each key once')) return;

        expect(parsed.ok).toBe(isJson(spoilt));
      }),
      { numRuns: 1_000 },
    );
  });

  it('names the place of a fault', () => {
    expect(parseJson('{\n  "a": 1,\n}')).toMatchObject({ ok: false, line: 3, column: 1, expected: 'another entry after the comma' });
    expect(parseJson('{ "a" 1 }')).toMatchObject({ ok: false, line: 1, column: 7, found: '"1"' });
    expect(parseJson('{ "a": 1 "b": 2 }')).toMatchObject({ ok: false, column: 10, found: 'a double quote' });
    expect(parseJson('{ "a": "b\n" }')).toMatchObject({ ok: false, found: 'a double quote' });
    expect(parseJson('{ "a"\n}')).toMatchObject({ ok: false, line: 2, found: '"}"' });
    expect(parseJson('')).toMatchObject({ ok: false, found: 'the end of the file' });
  });

  it('takes __proto__ for a key like any other', () => {
    const parsed = parseJson('{ "__proto__": { "x": 1 } }');

    expect(parsed.ok && Object.keys(valueOf(parsed.root) as object)).toEqual(['__proto__']);
  });

  it('refuses nesting without end, and does not fall over it', () => {
    expect(parseJson('['.repeat(100_000))).toMatchObject({ ok: false, expected: 'at most 100 levels' });
  });
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
