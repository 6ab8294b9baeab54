import { addDays } from '@app/kernel';
import fc from 'fast-check';
import {
  assessDay,
  Assessor,
  defaultAssessSettings,
  type AssessState,
  type CityDay,
  type PointDay,
  type Suspicion,
} from '../index.js';
import { cityDays, START, type Deeds } from './made-up-city.js';

/** All tests go on from what one honest city has learned in so many days. */
const WARM_DAYS = 30;
const SEED = 1;
let warm: AssessState;
beforeAll(() => {
  const assessor = new Assessor(defaultAssessSettings, null);
  for (const day of cityDays(SEED, WARM_DAYS)) assessor.assess(day);
  warm = assessor.state();
});

/** The days after the warm ones. */
const later = (days: number, deeds: Deeds = {}): CityDay[] => cityDays(SEED, WARM_DAYS + days, deeds).slice(WARM_DAYS);

/** Day after day in one memory. */
function run(days: readonly CityDay[]) {
  const assessor = new Assessor(defaultAssessSettings, warm);
  return days.map((day) => assessor.assess(day));
}

/** Each day from the written memory of the day before, as the worker does. */
function runFromState(days: readonly CityDay[]) {
  let state = warm;
  return days.map((day) => {
    const result = assessDay(state, day);
    state = JSON.parse(JSON.stringify(result.state)) as AssessState;
    const { engine: _engine, ...rest } = result.assessment;
    return rest;
  });
}

const found = (assessments: ReturnType<typeof run>): Suspicion[] => assessments.flatMap((a) => a.suspicions);

describe('the assessment of days', () => {
  it('finds who skims cash, says so with numbers in both languages, and blames nobody else', () => {
    const all = found(run(later(14, { skim: (who, day) => (who === 'P3-A1' && day >= 34 ? 0.5 : 0) })));
    const first = all.find((s) => s.isNew)!;
    expect(first).toMatchObject({ point: 'P3', attendant: 'P3-A1', pattern: 'unrecorded-cash' });
    expect(first.from >= addDays(START, 30)).toBe(true);
    const { low, mid, high } = first.rupiahAtRisk;
    expect(low <= mid && mid <= high && mid > 0).toBe(true);
    expect(first.explanation.en).toMatch(/expected \d+-\d+ vehicles, recorded \d+/);
    expect(first.explanation.id).toMatch(/diharapkan \d+-\d+ kendaraan, tercatat \d+/);
    expect(all.every((s) => s.attendant === 'P3-A1')).toBe(true);
    expect(new Set(all.map((s) => s.id)).size).toBe(1);
  });

  it('finds small shorts at the close', () => {
    const short = (who: string, day: number): number => (who === 'P3-A0' && day >= 30 ? 15_000 : 0);
    const first = found(run(later(6, { short }))).find((s) => s.isNew)!;
    expect(first).toMatchObject({ attendant: 'P3-A0', pattern: 'cash-under-declared' });
    expect(first.to <= addDays(START, 33)).toBe(true);
  });

  it('finds who hands in late again and again, and blames nobody when the counter was closed', () => {
    const days = later(14);
    const late = (who: readonly string[]) =>
      days.map((day, n) => ({
        ...day,
        points: day.points.map((point) => ({
          ...point,
          deposits: point.shifts.flatMap(({ attendant, cashRecorded }) => {
            const back = who.includes(attendant) ? 6 : 1;
            return n < back ? [] : [{ attendant, forDate: addDays(day.date, -back), amount: cashRecorded }];
          }),
        })),
      }));
    const [first] = found(run(late(['P3-A1'])));
    expect(first).toMatchObject({ attendant: 'P3-A1', pattern: 'lapping', isNew: true });
    expect(first!.explanation.en).toContain('handed in late');
    const everybody = [0, 1, 2, 3, 4].flatMap((p) => [`P${p}-A0`, `P${p}-A1`]);
    expect(found(run(late(everybody)))).toEqual([]);
  });

  it('does not blame a person for a street that lost half of its drivers', () => {
    const halved = later(14).map((day, n) => ({
      ...day,
      points: day.points.map((point) => (point.point === 'P3' && n >= 4 ? thinned(point) : point)),
    }));
    expect(found(run(halved)).filter((s) => s.point === 'P3')).toEqual([]);
  });

  it('never changes a day when later days are added, and goes on from its state as if it had never stopped', () => {
    const days = later(9, { skim: (who) => (who === 'P3-A1' ? 0.6 : 0) });
    const whole = run(days);
    expect(runFromState(days.slice(0, 7))).toEqual(whole.slice(0, 7));
    expect(found(whole)).not.toEqual([]);
  });

  it('bears garbage: no crash, no number that is none, no accusation', () => {
    const count = fc.oneof(fc.integer({ min: 0, max: 30 }), fc.constantFrom(-5, 1e9, 0));
    const mess = fc.record({
      ...{ point: fc.integer({ min: 0, max: 4 }), day: fc.integer({ min: 0, max: 10 }) },
      ...{ count, hour: fc.integer({ min: -2, max: 30 }), back: fc.integer({ min: -1e6, max: 1e6 }) },
      lost: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(mess, { maxLength: 6 }).map(backOnce), (messes) => {
        const days = later(11).flatMap((day, n) => {
          if (n >= 1 && n < 8) return [];
          return [messes.filter((m) => m.day === n).reduce((bad, m) => spoil(bad, m), day)];
        });
        for (const { suspicions, expectations } of run(days)) {
          expect(suspicions).toEqual([]);
          for (const { expected, lower, upper } of expectations) {
            for (const value of [expected, lower, upper]) expect(value === null || Number.isFinite(value)).toBe(true);
          }
        }
      }),
      { numRuns: 3 },
    );
  });

  it('suspects who sets the clock back day after day, and nobody when it goes forward or does not move', () => {
    const set = (back: number) => {
      const mess = { point: 3, count: 0, hour: 10, back, lost: false };
      return found(run(later(6).map((day, n) => (n < 1 ? day : spoil(day, mess)))));
    };
    expect(set(1_440)).toContainEqual(expect.objectContaining({ attendant: 'P3-A0', pattern: 'clock-tampering' }));
    for (const back of [0, -30, -1_440]) expect(set(back)).toEqual([]);
  });

  it('takes a terminal that is off for a fault as a note to maintenance', () => {
    const days = later(3).map((day, n) => (n < 1 ? day : withSilence(day, 'watchdog')));
    const last = run(days).at(-1)!;
    expect(last.suspicions).toEqual([]);
    expect(last.notes).toContainEqual(expect.objectContaining({ pattern: 'device-fault', device: 'hh-P3' }));
  });
});

/** Every other payment of all kinds did not happen. */
function thinned(point: PointDay): PointDay {
  const half = (n: number): number => Math.floor(n / 2);
  return {
    ...point,
    counts: point.counts.map((row) => ({ ...row, count: half(row.count) })),
    shifts: point.shifts.map((shift) => {
      const cells = shift.cells.map((cell) => ({ ...cell, count: half(cell.count), amount: half(cell.amount) }));
      const cash = cells.filter((cell) => cell.method === 'cash').reduce((sum, cell) => sum + cell.amount, 0);
      return { ...shift, cells, byHour: shift.byHour.map(half), cashRecorded: cash, cashDeclared: cash };
    }),
  };
}

interface Mess {
  readonly point: number;
  readonly count: number;
  readonly hour: number;
  readonly back: number;
  readonly lost: boolean;
}

/** At each point the clock goes back but once: again and again for one person is no garbage, but a lead. */
function backOnce<M extends Mess>(messes: readonly M[]): M[] {
  return messes.map((mess, n) =>
    messes.slice(0, n).some(({ point }) => point === mess.point) ? { ...mess, back: -Math.abs(mess.back) } : mess,
  );
}

function spoil(day: CityDay, mess: Mess): CityDay {
  const points = day.points.map((point, p) => {
    if (p !== mess.point) return point;
    if (mess.lost) return { ...point, counts: [], shifts: [], devices: [] };
    const bad = { hour: mess.hour, vehicleClass: 'car', method: 'cash', count: mess.count, voided: 0, amount: 0 };
    const step = { minute: 600, back: mess.back, records: 3, attendant: `P${p}-A0` };
    return {
      ...point,
      counts: [...point.counts, bad],
      devices: point.devices.map((d) => ({ ...d, clockSteps: [step] })),
    };
  });
  return { ...day, points };
}

function withSilence(day: CityDay, bootReason: string): CityDay {
  const silence = { from: 600, to: 700, worked: false, bootReason, attendant: 'P3-A0', battery: null };
  const points = day.points.map((point) =>
    point.point === 'P3' ? { ...point, devices: point.devices.map((d) => ({ ...d, silences: [silence] })) } : point,
  );
  return { ...day, points };
}
