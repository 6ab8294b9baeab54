import { HOUR_MS, MINUTE_MS, startOfBusinessDay } from '@app/kernel';
import type { JournalBody, JournalFact, PointFacts } from './journal-fact.js';
import { rollUpPointDay } from './roll-up.js';

const DATE = '2026-11-27';
const BEGIN = startOfBusinessDay(DATE);
const DEVICE = 'hh-1';
const facts = {
  ...{ point: 'P', district: null, streetClass: 'I', opening: { opens: 480, closes: 1200 }, closure: null },
  ...{ supervised: false, tariffChanged: false, fees: {}, spaces: {}, fieldCounts: [], deposits: [], complaints: 0 },
  ...{ exceptions: [], nmids: [], ticketOf: () => 'known', feeOf: () => 2000, isSettled: () => false },
  devices: [{ device: DEVICE, kind: 'handheld', connected: null, battery: [], seqBefore: null }],
} as unknown as PointFacts;

/** Records of one shift in the order given: hour of the day, type, more of the body. */
function dayOf(...records: [hour: number, type: string, body?: object][]) {
  const journal = records.map(([hour, type, body], n): JournalFact => {
    const at = BEGIN + hour * HOUR_MS;
    const whole = { shift: 's', attendant: 'att', vehicleClass: 'car', method: 'cash', amount: 2000, ...body };
    return { device: DEVICE, epoch: 1, seq: n + 1, type, at, receivedAt: at, body: whole as JournalBody, flags: [] };
  });
  return rollUpPointDay(DATE, facts, journal);
}

const quarterly = (from: number, to: number): [number, string][] =>
  Array.from({ length: (to - from) * 4 }, (_, n) => [from + n / 4, 'payment']);

describe('the roll-up of a day', () => {
  it('tells payments far outside the hours from those of the last drivers', () => {
    const [shift] = dayOf([19, 'payment'], [19.9, 'payment'], [20.4, 'payment'], [21.2, 'payment']).shifts;
    expect(shift!.flags.offHours).toEqual({ count: 2, amount: 4000 });
    expect(shift!.flags.farOffHours).toEqual({ count: 1, amount: 2000 });
  });

  it('holds a declaration against the cash until then, not against what was taken after the close', () => {
    const [shift] = dayOf([9, 'payment'], [19, 'shift-close', { cashDeclared: 2000 }], [20.5, 'payment']).shifts;
    expect(shift).toMatchObject({ cashRecorded: 2000, cashDeclared: 2000, flags: { offHours: { count: 1 } } });
  });

  it('takes a boot for the end of a time off where presence was not kept, and a short pause for none', () => {
    const off = dayOf(...quarterly(8, 12), [14, 'boot', { reason: 'power-on' }], ...quarterly(14, 18));
    const [silence] = off.devices[0]!.silences;
    expect(silence).toMatchObject({ to: 14 * 60, worked: false, bootReason: 'power-on', attendant: 'att' });
    expect(silence!.to - silence!.from).toBeGreaterThan(75);
    expect(silence!.to - silence!.from).toBeLessThanOrEqual(135);
    const on = dayOf(...quarterly(8, 12), [12, 'boot', { reason: 'power-on' }], ...quarterly(12, 18));
    expect(on.devices[0]!.silences).toEqual([]);
  });

  it('holds a count against payments only where the clock of the terminal agrees with it', () => {
    const count = (from: number, to: number) => {
      const at = (hour: number) => new Date(BEGIN + hour * HOUR_MS).toISOString();
      return { from: at(from), to: at(to), classes: { car: { arrivals: 5 } } };
    };
    const right = dayOf(...quarterly(8, 10), [10 - MINUTE_MS / HOUR_MS, 'count', count(9, 10)]);
    expect(right.fieldCounts).toMatchObject([{ fromMinute: 540, toMinute: 600, recorded: { car: 4 } }]);
    // Three hours behind, and a day behind: nothing was recorded in the stretch by such a clock.
    const wrong = dayOf(...quarterly(8, 10), [9, 'count', count(11, 12)], [9.5, 'count', count(33, 34)]);
    expect(wrong.fieldCounts).toEqual([]);
  });
});
