import { addDays, MINUTE_MS, startOfBusinessDay, type BusinessDate } from '@app/kernel';
import type { DeviceDay, HourClassCount, PointDay } from './city-day.js';
import { voidKey, type JournalFact, type PointFacts, type ShiftKey } from './journal-fact.js';
import { rollUpDevice } from './roll-up-device.js';
import { recordedIn } from './roll-up-counts.js';
import { rollUpShift } from './roll-up-shift.js';

/**
 * One point's day out of its journal. `records`: all accepted records whose `at` lies on the day, or whose shift was
 * opened on the day (a clock that was set back writes on the day before), of the point's devices, in any order.
 */
export function rollUpPointDay(date: BusinessDate, facts: PointFacts, records: readonly JournalFact[]): PointDay {
  const begin = startOfBusinessDay(date);
  const end = startOfBusinessDay(addDays(date, 1));
  const minute = (at: number): number => Math.round(((at - begin) / MINUTE_MS) * 100) / 100;
  const ordered = [...records].sort((a, b) => a.epoch - b.epoch || a.seq - b.seq);
  const today = ordered.filter((record) => record.at >= begin && record.at < end);
  const voids = voidsOf(ordered);
  const shifts = shiftsOf(ordered, date).map(([key, own]) => rollUpShift(key, own, { facts, voids, minute, begin }));
  const devices: DeviceDay[] = facts.devices.map((device) =>
    rollUpDevice(
      device,
      ordered.filter((record) => record.device === device.device),
      { begin, end, minute, shifts },
    ),
  );
  const { nmids: _nmids, ticketOf: _ticket, feeOf: _fee, isSettled: _settled, ...known } = facts;
  return {
    ...known,
    counts: hourCounts(today, voids, begin),
    shifts,
    devices,
    fieldCounts: recordedIn(facts, today, shifts, minute),
  };
}

/** Voids by the payment that each takes back; of two the first counts. */
function voidsOf(records: readonly JournalFact[]): Map<string, JournalFact> {
  const out = new Map<string, JournalFact>();
  for (const record of records) {
    if (record.type !== 'void' || record.body.voids === undefined) continue;
    const key = voidKey(record.device, record.body.epoch ?? record.epoch, record.body.voids);
    if (!out.has(key)) out.set(key, record);
  }
  return out;
}

/** Records by shift and attendant: those that name none (a meter's) by device. Shifts that began on another day are left out. */
function shiftsOf(records: readonly JournalFact[], date: BusinessDate): [ShiftKey, JournalFact[]][] {
  const found = new Map<string, [ShiftKey, JournalFact[]]>();
  for (const record of records) {
    const { type, device } = record;
    if (type !== 'payment' && type !== 'shift-open' && type !== 'shift-close') continue;
    const { shift = '', attendant = '' } = record.body;
    const key = `${device}|${shift}|${attendant}`;
    const entry = found.get(key) ?? [{ device, shift, attendant }, []];
    found.set(key, entry);
    entry[1].push(record);
  }
  const begin = startOfBusinessDay(date);
  const end = startOfBusinessDay(addDays(date, 1));
  return [...found.values()].filter(([key, own]) => {
    const first = own.find((record) => record.type === 'shift-open') ?? own[0]!;
    if (key.shift === '') return own.some((record) => record.at >= begin && record.at < end);
    return first.at >= begin && first.at < end;
  });
}

function hourCounts(today: readonly JournalFact[], voids: ReadonlyMap<string, JournalFact>, begin: number) {
  const out = new Map<string, { -readonly [K in keyof HourClassCount]: HourClassCount[K] }>();
  for (const record of today) {
    if (record.type !== 'payment') continue;
    const { vehicleClass = '', method = '', amount = 0 } = record.body;
    const hour = Math.floor((record.at - begin) / 3_600_000);
    const key = `${hour}|${vehicleClass}|${method}`;
    const row = out.get(key) ?? { hour, vehicleClass, method, count: 0, voided: 0, amount: 0 };
    out.set(key, row);
    row.count++;
    if (voids.has(voidKey(record.device, record.epoch, record.seq))) row.voided++;
    else row.amount += amount;
  }
  return [...out.values()];
}
