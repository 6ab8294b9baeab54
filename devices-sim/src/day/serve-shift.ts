import { HOUR_MS, type BusinessDate, type Random } from '@app/kernel';
import { VEHICLE_CLASSES, type BodyOf, type VehicleClass } from '@app/protocol';
import type { Behaviour, Deed, Disturbance, Shift, ShiftContext } from '../behaviour/behaviour.js';
import type { SimPoint } from '../city/city.js';
import type { Fee } from '../city/tariff-book.js';
import { usualOpenHour, usualPerHour, type Arrival } from '../demand/demand.js';
import { driverOf, serialOf, stayMinutesOf } from './driver.js';
import type { RecordEvent, Truth, TruthDeed } from './events.js';
import type { Lane } from './shifts.js';

export interface ShiftOutcome {
  readonly events: RecordEvent[];
  readonly truth: Truth[];
  /** What was done to the terminal on purpose, on top of the faults. */
  readonly disturbances: readonly Disturbance[];
}

/** All that is given to one shift. */
export interface ShiftTask {
  readonly random: Random;
  readonly point: SimPoint;
  readonly date: BusinessDate;
  readonly lane: Lane;
  readonly shift: Shift;
  /** When the drawer is counted and the shift closed, true time, ms. */
  readonly closesAt: number;
  readonly arrivals: readonly Arrival[];
  /** Number of the first arrival in its lane's day. */
  readonly firstNumber: number;
  /** Honest faults of the terminal on this day. */
  readonly faults: readonly Disturbance[];
  readonly behaviours: readonly Behaviour[];
}

/** Attendants here bring their own change, so what they declare is what they took. */
const FLOAT_RUPIAH = 0;
/** An honest attendant takes the wrong class now and then, voids, and records it again. */
const MISTAKE_SHARE = 0.004;
/** An honest count of the drawer is out by a note now and then. */
const MISCOUNT_SHARE = 0.03;
const ISSUERS = ['Flazz', 'Brizzi', 'e-Money', 'TapCash'] as const;

/** Plays one shift: every driver is served by the attendant's behaviours, and what the terminal journals comes out. */
export function serveShift(task: ShiftTask): ShiftOutcome {
  const { shift, point, date, lane, behaviours } = task;
  const drivers = task.random.fork(`drivers/${shift.deviceId}/${shift.from}`);
  const context = new Context(task, task.random.fork(`deeds/${shift.deviceId}/${shift.from}`));
  const made = behaviours.flatMap((b) => b.disturb?.(context) ?? []);
  const disturbances = [...task.faults, ...made];
  const events: RecordEvent[] = [];
  const truth: Truth[] = [];
  task.arrivals.forEach((arrival, index) => {
    const n = task.firstNumber + index;
    const minutes = stayMinutesOf(drivers);
    const mistaken = drivers.chance(MISTAKE_SHARE) && lane.device.kind === 'handheld';
    const fee = point.tariffs.feeOf(arrival.vehicleClass, date, minutes);
    if (!fee) return;
    const honest = driverOf(drivers, point, lane, arrival, fee, minutes, serialOf(point, lane, date, n));
    const served = behaviours.reduce((deed, b) => b.serve?.(deed, context) ?? deed, whenOff(honest, disturbances));
    const id = `${shift.deviceId}/${date}/${n}`;
    const written = writeDeed(task, id, served, mistaken && served === honest, disturbances);
    context.cash += written.cash;
    events.push(...written.events);
    truth.push(written.truth);
  });
  if (shift.attendant || shift.id) events.push(...openAndClose(task, context, disturbances, truth));
  return { events, truth, disturbances: made };
}

class Context implements ShiftContext {
  cash = 0;
  readonly point: SimPoint;
  readonly shift: Shift;
  readonly cashExpected: number;

  constructor(
    private readonly task: ShiftTask,
    readonly random: Random,
  ) {
    this.point = task.point;
    this.shift = task.shift;
    const hours = ((task.shift.to - task.shift.from) / HOUR_MS) * usualOpenHour(task.point);
    const perHour = VEHICLE_CLASSES.map((c) => usualPerHour(task.point, c) * (this.feeOf(c)?.amount ?? 0));
    const cashShare = 1 - task.point.digitalShare;
    this.cashExpected = (perHour.reduce((a, b) => a + b, 0) * hours * cashShare) / task.point.devices.length;
  }

  feeOf(vehicleClass: VehicleClass): Fee | null {
    return this.task.point.tariffs.feeOf(vehicleClass, this.task.date, 60);
  }

  cashRecorded(): number {
    return this.cash;
  }
}

/** A terminal that is off records nothing: lost for a fault, pocketed when somebody switched it off for that. */
function whenOff(deed: Deed, disturbances: readonly Disturbance[]): Deed {
  const off = offAt(disturbances, deed.at);
  if (!off || deed.fate === 'exempt') return deed;
  if (off.pattern === null) return { ...deed, fate: 'lost' };
  return { ...deed, fate: 'unrecorded', taken: deed.fee, pattern: off.pattern };
}

export function offAt(disturbances: readonly Disturbance[], at: number): Disturbance | undefined {
  return disturbances.find((d) => d.what === 'power' && d.from <= at && at < d.to);
}

/** How long after a mistake it is voided, and the right payment is written. */
const UNDO_MS = 20_000;
const PUT_RIGHT_MS = 30_000;

interface Written {
  readonly events: RecordEvent[];
  readonly truth: TruthDeed;
  /** Cash that stays in the drawer's books. */
  readonly cash: number;
}

function writeDeed(task: ShiftTask, id: string, deed: Deed, mistaken: boolean, off: readonly Disturbance[]): Written {
  const { shift, point } = task;
  const base = { kind: 'record', deviceId: shift.deviceId, withheld: deed.fate === 'withheld' } as const;
  const isWritten = deed.fate === 'recorded' || deed.fate === 'withheld';
  // Too late to put anything right: the shift ends.
  const isMistaken = mistaken && deed.at + PUT_RIGHT_MS < shift.to - 1000;
  const events: RecordEvent[] = [];
  if (isWritten && isMistaken) {
    const body = paymentBody(task, id, wrongClassOf(task, deed));
    events.push({ ...base, id: `${id}/mistake`, at: deed.at, draft: { type: 'payment', body } });
    const undo = { type: 'void', target: `${id}/mistake`, reason: 'wrong class' } as const;
    events.push({ ...base, id: `${id}/undo`, at: deed.at + UNDO_MS, draft: undo });
  }
  const at = isMistaken ? deed.at + PUT_RIGHT_MS : deed.at;
  if (isWritten) events.push({ ...base, id, at, draft: { type: 'payment', body: paymentBody(task, id, deed) } });
  const voidAt =
    deed.voidAfterMs === null ? null : Math.max(at + 1000, Math.min(at + deed.voidAfterMs, shift.to - 1000));
  const voided = voidAt !== null && isWritten && !offAt(off, voidAt);
  if (voided) {
    events.push({ ...base, id: `${id}/void`, at: voidAt, draft: { type: 'void', target: id, reason: 'driver left' } });
  }
  const honestAgain = deed.voidAfterMs !== null && !voided;
  const truth: TruthDeed = {
    kind: 'deed',
    point: point.code,
    deviceId: shift.deviceId,
    attendant: shift.attendant,
    shift: shift.id,
    at: deed.at,
    vehicleClass: deed.trueClass,
    fee: deed.fee,
    method: deed.method,
    fate: voided ? 'voided' : deed.fate,
    record: isWritten ? id : null,
    recordedAmount: isWritten && !voided ? deed.amount : 0,
    taken: honestAgain ? 0 : deed.taken,
    pattern: honestAgain ? null : deed.pattern,
  };
  return { events, truth, cash: isWritten && !voided && deed.method === 'cash' ? deed.amount : 0 };
}

/** The deed with the class next to it taken by mistake, at that class's fee. */
function wrongClassOf({ point, date }: ShiftTask, deed: Deed): Deed {
  const vehicleClass = deed.vehicleClass === 'car' ? 'motorcycle' : 'car';
  const fee = point.tariffs.feeOf(vehicleClass, date, deed.minutes);
  if (!fee) return deed;
  return { ...deed, vehicleClass, tariff: fee.code, amount: deed.amount === 0 ? 0 : fee.amount };
}

function paymentBody({ shift, random }: ShiftTask, id: string, deed: Deed): BodyOf<'payment'> {
  const numbers = random.fork(`numbers/${id}`);
  const rrn = String(numbers.integer(0, 999_999_999_999)).padStart(12, '0');
  const digits = String(numbers.integer(0, 9999)).padStart(4, '0');
  return {
    vehicleClass: deed.vehicleClass,
    amount: deed.amount,
    method: deed.method,
    tariff: deed.tariff,
    shift: shift.id,
    attendant: shift.attendant,
    ...(deed.ticket && deed.method === 'cash' ? { ticket: deed.ticket } : {}),
    ...(deed.plate ? { plate: deed.plate } : {}),
    ...(deed.assisted ? { assisted: true } : {}),
    // Static code: no order id. A terminal on the wire asks for a dynamic one first (terminal/sell.ts).
    ...(deed.method === 'qris' ? { qris: { rrn, ...(deed.nmid ? { nmid: deed.nmid } : {}) } } : {}),
    ...(deed.method === 'card'
      ? {
          card: {
            issuer: ISSUERS[numbers.integer(0, 3)]!,
            panHash: panHashOf(deed, shift.attendant, rrn),
            last4: digits,
            trace: rrn.slice(6),
          },
        }
      : {}),
  };
}

/** For a driver with cash the attendant taps his own card. */
function panHashOf(deed: Deed, attendant: string, rrn: string): string {
  return deed.assisted || deed.pattern === 'assisted-abuse' ? `simcard-${attendant}` : `sim${rrn}`;
}

function openAndClose(task: ShiftTask, context: Context, off: readonly Disturbance[], truth: Truth[]): RecordEvent[] {
  const { shift, point, behaviours } = task;
  const base = { kind: 'record', deviceId: shift.deviceId, withheld: false } as const;
  const events: RecordEvent[] = [];
  const opensAt = whenOn(off, shift.from);
  const body = { shift: shift.id, attendant: shift.attendant, float: FLOAT_RUPIAH };
  // A terminal that was off all the while knows nothing of this shift.
  if (opensAt >= shift.to) return events;
  events.push({ ...base, id: `${shift.id}/open`, at: opensAt, draft: { type: 'shift-open', body } });
  const miscount = context.random.chance(MISCOUNT_SHARE) ? context.random.pick([-2000, -1000, 1000, 2000]) : 0;
  const keeper = behaviours.find((b) => b.keepBack);
  const kept = keeper?.keepBack?.(context.cash, context) ?? 0;
  // Before the next one opens: where a point never closes that is at midnight, and the day must end on its own date.
  const closesAt = whenOn(off, task.closesAt - 1);
  if (closesAt - task.closesAt > 6 * HOUR_MS) return events;
  const { id, attendant } = shift;
  const draft = { type: 'shift-close', shift: id, attendant, shortRupiah: kept + miscount } as const;
  events.push({ ...base, id: `${id}/close`, at: closesAt, draft });
  if (kept > 0 && keeper) {
    const who = { point: point.code, deviceId: shift.deviceId, attendant };
    truth.push({ kind: 'short', pattern: keeper.pattern, ...who, at: closesAt, taken: kept });
  }
  return events;
}

/** Just after the boot, and before any driver is served. */
const AFTER_BOOT_MS = 2;

/** This instant, or the one at which the terminal is on again. */
function whenOn(disturbances: readonly Disturbance[], at: number): number {
  const off = offAt(disturbances, at);
  return off ? whenOn(disturbances, off.to + AFTER_BOOT_MS) : at;
}
