import { CELLS, cellOf } from './cells.js';
import type { ShiftRecord } from './subject.js';
import type { FieldCountWindow, MissingRun, PointDay, ShiftDay, Silence } from '../input/city-day.js';

/** A shorter time off is a reboot. */
const OFF_MIN = 4;
/** An end so long after the shift's end is a fault's: a thief goes on working. */
const OUTLASTS_MIN = 60;
/** Without a boot a shorter silence is a network's. */
const LONG_MIN = 90;
const DAY_MINUTES = 1440;
const EMPTY_BATTERY_PERCENT = 10;
/** A boot for one of these was not asked for. */
const FAULT_REASON = /watchdog|battery|repair|fault|crash|error|firmware|update|brown|panic|thermal|overheat/i;

/** What the point was expected to do, by hour, and each terminal's share of it. */
export interface HourlyExpectation {
  /** Payments of the point in each hour; empty without a history. */
  readonly hours: readonly number[];
  readonly shareOf: (device: string) => number;
}

/** One shift as evidence: what was done, and what should have been. Colleagues and city mix are filled in later. */
export function readShift(point: PointDay, shift: ShiftDay, expectation: HourlyExpectation): ShiftRecord {
  const device = point.devices.find((d) => d.device === shift.device);
  const silences = (device?.silences ?? []).filter(isOff);
  const cells = new Array<number>(CELLS).fill(0);
  const amounts = new Array<number>(CELLS).fill(0);
  for (const cell of shift.cells) {
    const at = cellOf(cell.vehicleClass, cell.method, cell.assisted);
    cells[at]! += cell.count;
    amounts[at]! += cell.amount;
  }
  const span = spanOf(point, shift);
  const share = expectation.shareOf(shift.device);
  const expectedIn = (from: number, to: number): number => share * sumHours(expectation.hours, from, to);
  const off = silences.filter((s) => s.to > span.from && s.from < span.to);
  const lostIn = (s: Silence): number => expectedIn(Math.max(s.from, span.from), Math.min(s.to, span.to));
  const lost = off.reduce((sum, s) => sum + lostIn(s), 0);
  // On a closed or free day nothing is due: what comes is no measure of anybody.
  const known = expectation.hours.length > 0 && point.opening !== null;
  const { flags, tickets } = shift;
  return {
    date: '',
    device: shift.device,
    cells,
    amounts,
    expected: known ? Math.max(0, expectedIn(span.from, span.to) - lost) : null,
    othersRecorded: 0,
    othersExpected: 0,
    cityMix: new Array<number>(CELLS).fill(1),
    cashRecorded: shift.cashRecorded,
    cashDeclared: shift.cashDeclared,
    afterCash: shift.afterCash,
    rates: {
      lateVoids: [shift.voids.late, shift.voids.lateAmount],
      offHours: [flags.offHours.count > 0 ? 1 : 0, flags.offHours.amount],
      farOffHours: [flags.farOffHours.count > 0 ? 1 : 0, flags.farOffHours.amount],
      // Told on the day on which it is handed in: see Assessor.
      lateDeposits: [0, 0],
      freeZone: [flags.freeZone.count, flags.freeZone.amount],
      subscriberCharged: [flags.subscriberCharged.count, flags.subscriberCharged.amount],
      subscriptionRepeated: [flags.subscriptionRepeated.count, flags.subscriptionRepeated.amount],
      wrongTariff: [flags.wrongTariff.count, Math.max(0, flags.wrongTariff.amount)],
      foreignQris: [flags.foreignQris.count, flags.foreignQris.amount],
      cardRepeated: [flags.cardRepeated.count, flags.cardRepeated.amount],
      settledVoids: [shift.voids.settled, shift.voids.settled * averageFee(shift)],
      reused: [tickets.reused, averageCash(shift) * tickets.reused],
      unknown: [tickets.unknown, averageCash(shift) * tickets.unknown],
      missing: missingOf(
        shift,
        (device?.missing ?? []).filter((run) => isOf(shift, run, point)),
      ),
    },
    silences: off.map((s) => [s.to - s.from, isByHand(s, span) ? 1 : 0, lostIn(s)] as const),
    collections: shift.attendant === '' ? (device?.collections ?? []).map((c) => [c.register, c.counted] as const) : [],
    clockSteps: (device?.clockSteps ?? [])
      .filter((step) => step.back > 0 && isOf(shift, step, point))
      .map((step) => [step.back, step.records] as const),
    fieldCounts: point.fieldCounts
      .filter(
        (count) =>
          isOf(shift, { ...count, minute: (count.fromMinute + count.toMinute) / 2 }, point) && isFair(count, point),
      )
      .map(
        (count) =>
          [
            came(count.arrivals) - (count.exempt ?? 0),
            came(count.recorded),
            count.source === 'sensor' ? 1 : 0,
          ] as const,
      ),
    suspect: false,
  };
}

/** Off, and not merely without a network: a boot ended it, or it never ended, or nothing came of long hours. */
export function isOff(silence: Silence): boolean {
  const minutes = silence.to - silence.from;
  const ended = silence.bootReason !== null || silence.to >= DAY_MINUTES - 1;
  return !silence.worked && minutes >= OFF_MIN && (ended || minutes >= LONG_MIN);
}

const came = (counts: Readonly<Record<string, number>>): number => Object.values(counts).reduce((sum, n) => sum + n, 0);

/** What happened to an attendant at a minute is told of one of his shifts on the terminal: the one that was nearest. */
function isOf(shift: ShiftDay, what: { minute: number; attendant: string }, { shifts }: PointDay): boolean {
  if (what.attendant !== shift.attendant) return false;
  const away = ({ from, to }: ShiftDay): number => Math.max(0, from - what.minute, what.minute - to);
  const own = shifts.filter((other) => other.device === shift.device && other.attendant === shift.attendant);
  return own.every(
    (other) => other === shift || away(shift) < away(other) || (away(shift) === away(other) && shift.from < other.from),
  );
}

/** A count says something of a person when he alone was there and every terminal worked. */
function isFair(count: FieldCountWindow, { devices }: PointDay): boolean {
  const disturbed = devices.some(
    (device) =>
      device.clockSteps.length > 0 ||
      device.silences.some((s) => isOff(s) && s.to > count.fromMinute && s.from < count.toMinute),
  );
  return devices.length === 1 && !disturbed;
}

/** The shift within the opening hours, minutes; a meter's is the whole day. */
function spanOf({ opening }: PointDay, shift: ShiftDay): { from: number; to: number } {
  const opens = opening?.opens ?? 0;
  const closes = opening?.closes ?? 1440;
  if (shift.shift === '') return { from: opens, to: closes };
  return { from: Math.max(opens, shift.from), to: Math.min(closes, Math.max(shift.from, shift.to)) };
}

function sumHours(hours: readonly number[], from: number, to: number): number {
  let sum = 0;
  for (let hour = Math.floor(from / 60); hour < 24 && hour * 60 < to; hour++) {
    const part = Math.min(to, hour * 60 + 60) - Math.max(from, hour * 60);
    if (part > 0) sum += ((hours[hour] ?? 0) * part) / 60;
  }
  return sum;
}

/** Switched off on purpose, as far as reason, battery and time tell. */
function isByHand(silence: Silence, span: { from: number; to: number }): boolean {
  if (silence.battery !== null && silence.battery <= EMPTY_BATTERY_PERCENT) return false;
  if (silence.bootReason !== null && FAULT_REASON.test(silence.bootReason)) return false;
  if (silence.bootReason === null) return false;
  return silence.from >= span.from - 5 && silence.to <= span.to + OUTLASTS_MIN;
}

const averageCash = ({ cells }: ShiftDay): number => averageOf(cells.filter((cell) => cell.method === 'cash'));
const averageFee = ({ cells }: ShiftDay): number => averageOf(cells.filter((cell) => cell.amount > 0));

function averageOf(cells: ShiftDay['cells']): number {
  const count = cells.reduce((sum, cell) => sum + cell.count, 0);
  return count > 0 ? cells.reduce((sum, cell) => sum + cell.amount, 0) / count : 0;
}

/** Runs of missing numbers: a run counts up to three, so that a block lost by a fault is no habit. */
function missingOf(shift: ShiftDay, runs: readonly MissingRun[]): [number, number] {
  const records = runs.reduce((sum, run) => sum + run.count, 0);
  return [runs.reduce((sum, run) => sum + Math.min(3, run.count), 0), averageCash(shift) * records];
}
