import {
  addDays,
  businessDateOf,
  businessHourOf,
  isBusinessDate,
  minuteOfDay,
  startOfBusinessDay,
} from './business-day.js';

describe('business day (Asia/Jakarta)', () => {
  it('turns at 17:00 UTC', () => {
    expect(businessDateOf(Date.parse('2026-11-21T16:59:59.999Z'))).toBe('2026-11-21');
    expect(businessDateOf(Date.parse('2026-11-21T17:00:00Z'))).toBe('2026-11-22');
    expect(businessHourOf(Date.parse('2026-11-21T17:00:00Z'))).toBe(0);
    expect(minuteOfDay(Date.parse('2026-11-21T00:30:00Z'))).toBe(7 * 60 + 30);
  });

  it('starts where the day before ends', () => {
    expect(startOfBusinessDay('2026-03-01')).toBe(startOfBusinessDay('2026-02-28') + 86_400_000);
    expect(addDays('2024-02-28', 1)).toBe('2024-02-29');
  });

  it('refuses days that no calendar has', () => {
    expect(isBusinessDate('2026-02-29')).toBe(false);
    expect(isBusinessDate('2026-2-9')).toBe(false);
    expect(isBusinessDate('2026-02-28')).toBe(true);
  });
});
