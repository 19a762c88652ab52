import { describe, expect, it } from 'vitest';
import { jsonSchemaOf } from '../../../../daemon/core/strategy/param-schema.ts';
import { bool, int, num, optionalPct, pick } from '../../../../daemon/core/strategy/params.ts';

describe('jsonSchemaOf', () => {
  it('writes each declaration as a property and admits no other', () => {
    const schema = jsonSchemaOf({
      period: int(14, { min: 2, max: 50, label: 'Period', unit: 'bars' }),
      line: num(35, { min: 5, max: 50, label: 'Line' }),
      stopPct: optionalPct(null, { min: 0.1, max: 50, label: 'Stop' }),
      patient: bool(false, { label: 'Patient', danger: 'It waits for ever.' }),
      spacing: pick('even', { options: ['even', 'wide'], label: 'Spacing' }),
    });

    expect(schema).toEqual({
      type: 'object',
      additionalProperties: false,
      properties: {
        period: { type: 'integer', minimum: 2, maximum: 50, title: 'Period (bars)', default: 14 },
        line: { type: 'number', minimum: 5, maximum: 50, title: 'Line', default: 35 },
        stopPct: { type: ['number', 'null'], minimum: 0.1, maximum: 50, title: 'Stop', default: null },
        patient: { type: 'boolean', title: 'Patient', default: false, description: 'It waits for ever.' },
        spacing: { enum: ['even', 'wide'], title: 'Spacing', default: 'even' },
      },
    });
  });
});
