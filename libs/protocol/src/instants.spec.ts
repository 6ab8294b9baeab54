import fc from 'fast-check';
import { bodyFault, formatInstant, parseInstant } from './index.js';
import { INSTANT_PATTERN } from './instants.js';

const pattern = new RegExp(INSTANT_PATTERN);
const two = (value: number): string => String(value).padStart(2, '0');

/** Instants as the protocol allows them, built from their parts, with the parts told. */
const instant = fc
  .record({
    date: fc.date({
      min: new Date('2020-01-01T00:00:00Z'),
      max: new Date('2099-12-31T23:59:59.999Z'),
      noInvalidDate: true,
    }),
    digits: fc.integer({ min: 0, max: 3 }),
    offsetMinutes: fc.option(fc.integer({ min: -(24 * 60 - 1), max: 24 * 60 - 1 })),
  })
  .map(({ date, digits, offsetMinutes }) => {
    const [seconds, fraction] = date.toISOString().slice(0, -1).split('.') as [string, string];
    const kept = digits === 0 ? '' : `.${fraction.slice(0, digits)}`;
    const size = Math.abs(offsetMinutes ?? 0);
    const zone =
      offsetMinutes === null ? 'Z' : `${offsetMinutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
    const wallMs = Date.parse(`${seconds}${kept.padEnd(4, '0').replace(/^0000$/, '.000')}Z`);
    return { text: `${seconds}${kept}${zone}`, ms: wallMs - (offsetMinutes ?? 0) * 60_000 };
  });

describe('an instant of the protocol', () => {
  it('is read to the millisecond, whatever its offset', () => {
    fc.assert(
      fc.property(instant, ({ text, ms }) => {
        expect(parseInstant(text)).toBe(ms);
        expect(pattern.test(text)).toBe(true);
        expect(bodyFault('count', { from: text, to: text, classes: {} })).toBeNull();
      }),
      { numRuns: 1000 },
    );
  });

  it('is read only when the published pattern fits and the day exists', () => {
    const piece = fc.constantFrom(...'0123456789TZtz:-+. ,/');
    const near = instant.chain(({ text }) =>
      fc
        .tuple(fc.nat(text.length - 1), piece, fc.constantFrom('replace', 'insert', 'drop'))
        .map(
          ([at, char, how]) =>
            text.slice(0, at) + (how === 'drop' ? '' : char) + text.slice(how === 'insert' ? at : at + 1),
        ),
    );
    fc.assert(
      fc.property(near, (text) => {
        const dayExists = new Date(`${text.slice(0, 10)}T00:00:00Z`).getUTCDate() === Number(text.slice(8, 10));
        expect(parseInstant(text) !== null).toBe(pattern.test(text) && dayExists);
      }),
      { numRuns: 1000 },
    );
  });

  it.each([
    ['a lower-case t', '2026-11-21t09:15:02Z'],
    ['a lower-case z', '2026-11-21T09:15:02z'],
    ['a space for the T', '2026-11-21 09:15:02Z'],
    ['no offset', '2026-11-21T09:15:02'],
    ['the unknown offset -00:00', '2026-11-21T09:15:02-00:00'],
    ['an offset without colon', '2026-11-21T09:15:02+0700'],
    ['an offset of 24 hours', '2026-11-21T09:15:02+24:00'],
    ['microseconds', '2026-11-21T09:15:02.123456Z'],
    ['a fraction without digits', '2026-11-21T09:15:02.Z'],
    ['no seconds', '2026-11-21T09:15Z'],
    ['a leap second', '2026-12-31T23:59:60Z'],
    ['hour 24', '2026-11-21T24:00:00Z'],
    ['29 February of a common year', '2026-02-29T00:00:00Z'],
    ['month 13', '2026-13-01T00:00:00Z'],
    ['the year 2019', '2019-12-31T23:59:59Z'],
    ['the year 2100', '2100-01-01T00:00:00Z'],
    ['a sign before the year', '+2026-11-21T09:15:02Z'],
    ['other digits than ASCII', '２０26-11-21T09:15:02Z'],
    ['nothing', ''],
  ])('is not one with %s', (_what, text) => {
    expect(parseInstant(text)).toBeNull();
  });

  it('has the year as written, before the offset', () => {
    expect(parseInstant('2020-01-01T00:00:00+07:00')).toBe(Date.parse('2019-12-31T17:00:00Z'));
    expect(parseInstant('2024-02-29T23:59:59.5+00:00')).toBe(Date.parse('2024-02-29T23:59:59.500Z'));
  });

  it('is written in UTC', () => {
    expect(formatInstant(Date.parse('2026-11-21T09:15:02+07:00'))).toBe('2026-11-21T02:15:02Z');
    expect(formatInstant(Date.parse('2026-11-21T09:15:02.120+07:00'))).toBe('2026-11-21T02:15:02.120Z');
  });
});
