import { describe, expect, it } from '@jest/globals';
import { faultOf, valueOf, type Field } from './field';

const field = (type?: Field['type']): Field => ({ name: 'x', label: 'X', ...(type && { type }) });

describe('the value of a field as the API takes it', () => {
  it('is absent when nothing was filled in, but a box that was not ticked is no', () => {
    for (const type of [undefined, 'text', 'number', 'date', 'datetime', 'choice', 'long', 'password'] as const)
      expect(valueOf(field(type), '')).toBeUndefined();
    expect(valueOf(field('yes'), '')).toBe(false);
    expect(valueOf(field('yes'), 'true')).toBe(true);
  });

  it('is a number, a day, a text', () => {
    expect(valueOf(field('number'), '2000')).toBe(2000);
    expect(valueOf(field('number'), '0')).toBe(0);
    expect(valueOf(field('date'), '2026-11-02')).toBe('2026-11-02');
    expect(valueOf(field(), '0012')).toBe('0012');
  });

  it('is the same number with the thousands set apart', () => {
    for (const text of ['1.500.000', '1,500,000', '1 500 000', 'Rp 1.500.000', ' 1500000 '])
      expect([text, faultOf(field('number'), text), valueOf(field('number'), text)]).toEqual([
        text,
        undefined,
        1_500_000,
      ]);
    for (const text of ['1.50', '9000,50', '0.125', '1.500,000', 'abc', '1.5000'])
      expect([text, faultOf(field('number'), text)]).toEqual([text, 'wholeNumber']);
  });

  it('is asked for where it must be given', () => {
    expect([faultOf({ ...field(), required: true }, ' '), faultOf(field(), '')]).toEqual(['required', undefined]);
  });

  it('is an instant in UTC of what the clock in Jakarta shows', () => {
    expect(valueOf(field('datetime'), '2026-11-02T06:30')).toBe('2026-11-01T23:30:00.000Z');
  });
});
