import type { Flag, ShiftOpenBody } from '@app/protocol';
import type { Arrival } from './arrival.js';
import type { Chronicle } from './chronicle.js';
import type { DeviceState, WaitingVoid } from './device-state.js';
import { voidTarget } from './lookups.js';
import type { Place } from './plan.js';

/**
 * What a record that counts brings about: income, the undoing of a payment, a shift that is known from now on.
 * @returns the flags that come of it
 */
export function applyEffect(arrival: Arrival, state: DeviceState, chronicle: Chronicle): Flag[] {
  const { record, place, facts, receivedAt } = arrival;
  const waiting = takeWaitingVoid(place, state);
  chronicle.touchDay(arrival.pointId, arrival.businessDate);
  if (facts) {
    // A void that waited for this payment takes it off at once, so neither is ever seen in the income.
    if (waiting) chronicle.setVoid(place, waiting, 'effective', receivedAt);
    else chronicle.income.add(facts, 1);
    return [];
  }
  if (waiting) {
    const voidPlace: Place = { deviceNo: place.deviceNo, epoch: waiting.voidEpoch, seq: waiting.voidSeq };
    chronicle.setVoid(place, waiting, 'without-effect', receivedAt);
    chronicle.lateFlag(voidPlace, 'void-without-effect', receivedAt);
    chronicle.finding({ ...waiting, place: voidPlace, receivedAt }, 'void-without-effect');
  }
  if (record.type === 'void') return applyVoid(arrival, state, chronicle);
  if (record.type === 'shift-open') openShift(arrival, state, chronicle);
  return [];
}

function takeWaitingVoid(place: Place, state: DeviceState): WaitingVoid | undefined {
  if (state.waitingVoids.size === 0) return undefined;
  const key = `${place.epoch}:${place.seq}`;
  const waiting = state.waitingVoids.get(key);
  if (waiting) state.waitingVoids.delete(key);
  return waiting;
}

/** The first void of a payment counts, and comes off the payment's own business day; it waits for one that is not there. */
function applyVoid(arrival: Arrival, state: DeviceState, chronicle: Chronicle): Flag[] {
  const { record, place, pointId, businessDate, receivedAt } = arrival;
  const target = voidTarget(record, place.deviceNo);
  const first: WaitingVoid = { voidEpoch: place.epoch, voidSeq: place.seq, pointId, businessDate };
  const isItself = target.epoch === place.epoch && target.seq === place.seq;
  if (!isItself && chronicle.voidState(target) === undefined) {
    const there = state.epochs.get(target.epoch)?.sequence.has(target.seq) ? chronicle.placed(target) : undefined;
    if (!there || (there.unread && there.type === 'payment')) {
      state.waitingVoids.set(`${target.epoch}:${target.seq}`, first);
      chronicle.setVoid(target, first, 'waiting', receivedAt);
      return [];
    }
    if (there.payment) {
      chronicle.setVoid(target, first, 'effective', receivedAt);
      chronicle.income.add(there.payment, -1);
      chronicle.touchDay(there.payment.pointId, there.payment.businessDate);
      return [];
    }
  }
  chronicle.finding(arrival, 'void-without-effect');
  return ['void-without-effect'];
}

function openShift({ record, pointId }: Arrival, state: DeviceState, chronicle: Chronicle): void {
  const { shift, attendant } = record.body as unknown as ShiftOpenBody;
  if (shift === '' || state.knowsShift(shift)) return;
  state.rememberShift(shift);
  chronicle.shifts.push({ deviceNo: state.deviceNo, shift, attendant, openedAt: record.at, pointId });
}
