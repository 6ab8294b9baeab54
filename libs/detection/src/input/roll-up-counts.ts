import { HOUR_MS, MINUTE_MS } from '@app/kernel';
import type { FieldCountWindow, ShiftDay } from './city-day.js';
import type { JournalFact, PointFacts } from './journal-fact.js';

const EARLY_MS = 5 * MINUTE_MS;

/**
 * A count is written when its stretch is over. Where the record's time and the stretch disagree the terminal's clock is
 * wrong, and its payments lie in other hours than what was counted.
 */
const clockAgrees = (at: number, to: number): boolean => at >= to - EARLY_MS && at <= to + HOUR_MS;

/** Field counts of the day (given, and `count` records) beside what was recorded in the same stretch. */
export function recordedIn(
  facts: PointFacts,
  today: readonly JournalFact[],
  shifts: readonly ShiftDay[],
  minute: (at: number) => number,
): FieldCountWindow[] {
  const sent = today.flatMap((record) => {
    const { from, to, classes } = record.body;
    if (record.type !== 'count' || !from || !to || !classes || !clockAgrees(record.at, Date.parse(to))) return [];
    const arrivals = Object.fromEntries(Object.entries(classes).map(([name, seen]) => [name, seen.arrivals ?? 0]));
    const span = { fromMinute: minute(Date.parse(from)), toMinute: minute(Date.parse(to)) };
    return [{ source: 'sensor' as const, ...span, arrivals, exempt: null }];
  });
  const payments = today.filter((record) => record.type === 'payment');
  return [...facts.fieldCounts, ...sent].map((window) => {
    const recorded: Record<string, number> = {};
    for (const { at, body } of payments) {
      const when = minute(at);
      if (when < window.fromMinute || when >= window.toMinute || !body.vehicleClass) continue;
      recorded[body.vehicleClass] = (recorded[body.vehicleClass] ?? 0) + 1;
    }
    const present = shifts.filter((s) => s.from < window.toMinute - 5 && s.to > window.fromMinute + 5);
    const names = [...new Set(present.map((s) => s.attendant))];
    return { ...window, recorded, attendant: names.length === 1 ? names[0]! : '' };
  });
}
