import { describe, expect, it } from '@jest/globals';
import { spanOf, spanText } from './hours';

describe('hours of a point', () => {
  it.each([
    ['07:00-22:00', [420, 1320]],
    ['7.30 – 24.00', [450, 1440]],
    ['00:00-24:00', [0, 1440]],
  ])('%s is a span of minutes', (text, span) => {
    expect(spanOf(text)).toEqual(span);
  });

  it('writes a span so that it reads back', () => {
    expect(spanOf(spanText([425, 1315]))).toEqual([425, 1315]);
  });

  it('leaves what is no span to the API', () => {
    expect(spanOf('all day')).toBe('all day');
  });
});
