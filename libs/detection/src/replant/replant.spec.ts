import { addDays, seededRandom } from '@app/kernel';
import { defaultAssessSettings, Replant, type CityDay, type PointDay } from '../index.js';
import { cityDays, START } from '../assess/made-up-city.js';
import { PLANTED_PATTERNS, plantThefts, type PlantedPattern } from './plant-theft.js';

const [day] = cityDays(1, 1) as [CityDay];
const victim = day.points[3]!.shifts[0]!.attendant;

function planted(pattern: PlantedPattern): PointDay {
  const theft = { pattern, point: 'P3', attendant: victim, from: START, to: START, share: 0.5 };
  return plantThefts(day, [theft], seededRandom('plant')).points[3]!;
}

const cells = (point: PointDay, method: string, attendant = victim) =>
  point.shifts
    .filter((shift) => shift.attendant === attendant)
    .flatMap((shift) => shift.cells.filter((cell) => cell.method === method));
const count = (point: PointDay, method: string): number =>
  cells(point, method).reduce((sum, cell) => sum + cell.count, 0);
const own = (point: PointDay) => point.shifts.find((shift) => shift.attendant === victim)!;
const honest = day.points[3]!;

describe('a theft planted into a recorded day', () => {
  it('leaves the recorded day, other people and other points as they were', () => {
    const before = structuredClone(day);
    for (const pattern of PLANTED_PATTERNS) {
      const point = planted(pattern);
      const other = (p: PointDay) => p.shifts.filter((shift) => shift.attendant !== victim);
      expect(other(point)).toEqual(other(honest));
      expect(own(point)).not.toEqual(own(honest));
    }
    expect(day).toEqual(before);
  });

  it('takes cash out of the records with its money, and of withheld ones the number is missing', () => {
    for (const pattern of ['unrecorded-cash', 'withheld-records'] as const) {
      const point = planted(pattern);
      const gone = count(honest, 'cash') - count(point, 'cash');
      expect(gone).toBeGreaterThan(5);
      expect(count(point, 'qris')).toBe(count(honest, 'qris'));
      expect(own(point).cashDeclared).toBe(own(point).cashRecorded);
      expect(own(point).cashRecorded).toBe(cells(point, 'cash').reduce((sum, cell) => sum + cell.amount, 0));
      const sum = (hours: readonly number[]): number => hours.reduce((a, b) => a + b, 0);
      expect(sum(own(honest).byHour) - sum(own(point).byHour)).toBe(gone);
      expect(point.devices[0]!.missing).toHaveLength(pattern === 'withheld-records' ? gone : 0);
    }
  });

  it('keeps the number of payments when classes or means are exchanged or payments are voided', () => {
    const all = (point: PointDay): number => count(point, 'cash') + count(point, 'qris');
    const motorcycles = (point: PointDay): number =>
      cells(point, 'cash').find((cell) => cell.vehicleClass === 'motorcycle')!.count;
    expect(all(planted('wrong-class'))).toBe(all(honest));
    expect(motorcycles(planted('wrong-class'))).toBeGreaterThan(motorcycles(honest));
    expect(all(planted('void-abuse'))).toBe(all(honest));
    expect(own(planted('void-abuse')).voids.late).toBeGreaterThan(5);
    expect(count(planted('cash-instead-of-qris'), 'qris')).toBeLessThan(count(honest, 'qris') / 2);
    expect(own(planted('foreign-qris')).flags.foreignQris.count).toBeGreaterThan(0);
    expect(own(planted('cash-under-declared')).cashDeclared).toBeLessThan(own(honest).cashDeclared!);
    expect(planted('device-off').devices[0]!.silences.length).toBeGreaterThan(0);
  });
});

describe('recall by planted theft', () => {
  it('plants where nothing is suspected, and tells what was found, by what name and in how many days', async () => {
    const plan = { seed: 'a', state: null, settings: defaultAssessSettings, until: addDays(START, 28), copies: 1 };
    const replant = new Replant({ ...plan, excluded: new Set(['P0', 'P1', 'P3', 'P4']) });
    for (const each of cityDays(7, 29)) await replant.take(each, () => Promise.resolve());
    const [theft, ...others] = replant.report();
    expect(others).toEqual([]);
    expect(theft).toMatchObject({ share: 0.3, planted: 1, found: 1 });
    expect(theft!.medianDays).toBeLessThanOrEqual(14);
  });
});
