import { describe, expect, it } from '@jest/globals';
import {
  addDays,
  day,
  distance,
  instant,
  jakartaToday,
  lastMonths,
  month,
  parseDate,
  percent,
  rupiah,
  shortRupiah,
  typedDate,
} from './format';

describe('figures as people write them', () => {
  it('writes whole rupiah', () => {
    expect(rupiah(2000, 'id')).toBe('Rp 2.000');
    expect(rupiah(2000, 'en')).toBe('Rp 2,000');
    expect(rupiah(-1_250_000, 'id')).toBe('−Rp 1.250.000');
    expect(rupiah(0, 'id')).toBe('Rp 0');
  });

  it('shortens large sums by the words of the language', () => {
    expect(shortRupiah(9_999, 'id')).toBe('Rp 9.999');
    expect(shortRupiah(12_400, 'id')).toBe('Rp 12,4 rb');
    expect(shortRupiah(12_400_000, 'id')).toBe('Rp 12,4 jt');
    expect(shortRupiah(1_200_000_000, 'id')).toBe('Rp 1,2 M');
    expect(shortRupiah(1_200_000_000, 'en')).toBe('Rp 1.2 bn');
    expect(shortRupiah(-345_600_000, 'en')).toBe('−Rp 346 m');
  });

  it('writes shares as percentages', () => {
    expect(percent(0.1234, 'id')).toMatch(/^12,3\s?%$/);
    expect(percent(1, 'en')).toBe('100%');
  });
});

describe('time in Jakarta', () => {
  it('shows an instant by the clock there', () => {
    expect(instant('2026-11-01T23:30:00Z', 'en')).toContain('2 Nov 2026');
    expect(instant('2026-11-01T23:30:00Z', 'en')).toContain('06:30');
    expect(day('2026-08-17', 'id')).toBe('17 Agu 2026');
  });

  it('begins the day at midnight there', () => {
    expect(jakartaToday(Date.parse('2026-11-01T16:59:59Z'))).toBe('2026-11-01');
    expect(jakartaToday(Date.parse('2026-11-01T17:00:00Z'))).toBe('2026-11-02');
  });

  it('adds days over the ends of months and years', () => {
    expect(addDays('2026-12-31', 1)).toBe('2027-01-01');
    expect(addDays('2028-03-01', -1)).toBe('2028-02-29');
  });

  it('tells a distance in the largest fitting unit', () => {
    const now = Date.parse('2026-11-02T00:00:00Z');
    expect(distance('2026-11-04T00:00:00Z', now, 'en')).toBe('in 2 days');
    expect(distance('2026-11-05T00:00:00Z', now, 'id')).toBe('dalam 3 hari');
    expect(distance('2026-11-01T23:15:00Z', now, 'en')).toBe('45 minutes ago');
  });
});

describe('dates as people type them', () => {
  it.each([
    ['31/12/2026', '2026-12-31'],
    ['1/2/2026', '2026-02-01'],
    ['01.02.2026', '2026-02-01'],
    ['2026-02-01', '2026-02-01'],
    ['31/02/2026', undefined],
    ['12/31/2026', undefined],
    ['31/12/26', undefined],
    ['31/12', undefined],
    ['', undefined],
  ])('reads %j as %s', (text, date) => expect(parseDate(text)).toBe(date));

  it.each([
    ['31/12/2026 14:05', '2026-12-31T14:05'],
    ['31/12/2026 9.05', '2026-12-31T09:05'],
    ['31/12/2026', undefined],
    ['31/12/2026 24:00', undefined],
  ])('reads %j as the moment %s', (text, moment) => expect(parseDate(text, 'datetime')).toBe(moment));

  it('writes what it reads', () => {
    expect(typedDate('2026-12-31')).toBe('31/12/2026');
    expect(typedDate('2026-12-31T14:05')).toBe('31/12/2026 14:05');
    expect(typedDate('')).toBe('');
  });
});

describe('months', () => {
  it('are called by their names', () => {
    expect([month('2026-03', 'id'), month('2026-03', 'en')]).toEqual(['Maret 2026', 'March 2026']);
  });

  it("go back from Jakarta's today over the turn of the year", () => {
    const newYearInJakarta = Date.parse('2026-12-31T17:00:00Z');
    expect(lastMonths(3, newYearInJakarta)).toEqual(['2027-01', '2026-12', '2026-11']);
    expect(lastMonths(2, newYearInJakarta - 1)).toEqual(['2026-12', '2026-11']);
  });
});
