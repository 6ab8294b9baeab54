import { addDays, daysBetween, seededRandom } from '@app/kernel';
import { nationalDayKindOf, type DayKind } from '../calendar/day-kind.js';
import { createDetector, type DayScore, type DetectorState, type HourCount } from '../index.js';

const START = '2025-01-06';
const POINTS = 6;

/** Fasting moves vehicles from noon to the evening; the feast empties the streets. */
function factorOf(kind: DayKind | null, hour: number): number {
  if (kind === 'idul-fitri') return 0.25;
  if (kind === 'ramadan' || kind === 'before-idul-fitri') return hour >= 16 ? 1.8 : 0.5;
  return kind === null ? 1 : 0.6;
}

/** A town that keeps the Indonesian calendar; each point its own day-to-day factor. */
function town(days: number): HourCount[][] {
  const random = seededRandom('town');
  return Array.from({ length: days }, (_, day) => {
    const kind = nationalDayKindOf(addDays(START, day));
    return Array.from({ length: POINTS }, (_unused, p) => {
      const busy = (80 + 10 * p) * random.gamma(60, 1 / 60);
      return Array.from({ length: 24 }, (_none, hour) => {
        const open = hour >= 8 && hour < 20 ? busy / 12 : 0;
        return { point: `P${String(p).padStart(2, '0')}`, hour, count: random.poisson(open * factorOf(kind, hour)) };
      });
    }).flat();
  });
}

const dateOf = (day: number): string => addDays(START, day);
/** One walk over a year and two months; the memory is kept, through JSON as the worker does, on the eve of these days. */
const EVES = ['2026-03-10', '2026-03-21'];
const days = town(441);
const memories = new Map<string, DetectorState>();
const scored = walk(days, nationalDayKindOf);

function walk(some: readonly HourCount[][], kindOf: (date: string) => DayKind | null): DayScore[][] {
  const detector = createDetector();
  return some.map((counts, day) => {
    const date = dateOf(day);
    if (EVES.includes(date)) memories.set(date, JSON.parse(JSON.stringify(detector.state())) as DetectorState);
    return detector.ingestDay(date, counts, kindOf(date));
  });
}

const at = (rows: DayScore[][], date: string): DayScore[] => rows.find((day) => day[0]?.date === date)!;
const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
/** The next day, of which nothing is known but what the calendar says. */
const tomorrow = (date: string, kind: DayKind | null): DayScore[] =>
  createDetector(undefined, memories.get(date)).ingestDay(date, [], kind);

/** Share of a day's vehicles that is expected from this hour on. */
function shareAfter(date: string, hour: number): number {
  const { hours } = at(scored, date)[3]!;
  return hours.slice(hour).reduce((a, b) => a + b, 0) / hours.reduce((a, b) => a + b, 0);
}

describe('the calendar in the expectation', () => {
  it('expects the second Idul Fitri, ten days earlier in the year, to be as the first was, without any peer', () => {
    const truth = mean(at(scored, '2026-03-21').map((row) => row.recorded!));
    const told = tomorrow('2026-03-21', 'idul-fitri');
    const blind = tomorrow('2026-03-21', null);
    expect(mean(blind.map((row) => row.expected!)) / truth).toBeGreaterThan(2.5);
    expect(mean(told.map((row) => row.expected!)) / truth).toBeLessThan(1.6);
    expect(mean(told.map((row) => row.lower!))).toBeLessThan(truth);
  });

  it('moves the hours of the fasting month to the evening', () => {
    expect(shareAfter('2025-02-20', 16)).toBeLessThan(0.4);
    expect(shareAfter('2026-03-01', 16)).toBeGreaterThan(0.5);
  });

  it('leaves the fasting month out of what ordinary days are like', () => {
    const evening = mean(['2025-04-22', '2025-04-23', '2025-04-24'].map((date) => shareAfter(date, 16)));
    expect(evening).toBeGreaterThan(0.3);
    expect(evening).toBeLessThan(0.36);
  });

  it('gives a wider interval to a kind of day that it has never seen', () => {
    const width = (rows: DayScore[]): number => mean(rows.map((row) => Math.log(row.upper! / row.lower!)));
    const blind = walk(days.slice(0, 60), () => null);
    expect(width(at(scored, '2025-03-01'))).toBeGreaterThan(1.15 * width(at(blind, '2025-03-01')));
  });

  it('never changes a score when later days are added, and goes on from its memory as if it had never stopped', () => {
    expect(walk(days.slice(0, 70), nationalDayKindOf)).toEqual(scored.slice(0, 70));
    const resumed = createDetector(undefined, memories.get('2026-03-10'));
    expect(resumed.ingestDay('2026-03-10', days[daysBetween(START, '2026-03-10')]!, 'ramadan')).toEqual(
      at(scored, '2026-03-10'),
    );
  });
});
