import { businessDateOf, businessHourOf } from '@app/kernel';
import type { PaymentBody, VoidBody } from '@app/protocol';
import type { DeviceState } from './device-state.js';
import type { PaymentFacts, Place, VoidState } from './plan.js';
import type { VerifiedItem, VerifiedRecord } from './verify-message.js';

/** What counts at a place of the sequence. */
export interface PlacedRecord {
  readonly seal: string;
  readonly prev: string;
  readonly type: string;
  /** An authentic record with a bad body that was not reprocessed: it fills its place only. */
  readonly unread: boolean;
  /** There when it is a payment that can be read. */
  readonly payment: PaymentFacts | null;
}

/** What deciding must look up in the database beforehand. The journal is append-only, so an answer stays true. */
export interface Needs {
  readonly places: Place[];
  readonly voids: Place[];
  readonly shifts: { readonly deviceNo: number; readonly shift: string }[];
  readonly plates: Set<string>;
}

export interface Lookups {
  placed(place: Place): PlacedRecord | undefined;
  voidState(place: Place): VoidState | undefined;
  hasShift(deviceNo: number, shift: string): boolean;
  /** True when this plate had a subscription for this class of vehicle on that business day. */
  isSubscriber(plate: string, vehicleClass: string, businessDate: string): boolean;
}

/** The income facts of a payment at a point; null for other records, and for a body that cannot be read. */
export function paymentFacts(record: VerifiedRecord, pointId: number): PaymentFacts | null {
  if (record.type !== 'payment' || record.bodyFault) return null;
  const body = record.body as unknown as PaymentBody;
  return {
    pointId,
    businessDate: businessDateOf(record.at),
    hour: businessHourOf(record.at),
    vehicleClass: body.vehicleClass,
    method: body.method,
    attendant: body.attendant,
    shift: body.shift,
    amount: body.amount,
  };
}

/** The payment that a void takes back. */
export function voidTarget(record: VerifiedRecord, deviceNo: number): Place {
  const body = record.body as unknown as VoidBody;
  return { deviceNo, epoch: body.epoch ?? record.epoch, seq: body.voids };
}

/** Collects what the items of one message need; more than needed is harmless. */
export function collectNeeds(state: DeviceState, items: readonly VerifiedItem[], needs: Needs): void {
  for (const item of items) {
    if (item.kind !== 'record') continue;
    collectPlaces(state, item, needs.places);
    if (item.bodyFault) continue;
    const { shift, plate } = item.body as { shift?: string; plate?: string };
    if (item.type === 'void') {
      const target = voidTarget(item, state.deviceNo);
      needs.voids.push(target);
      if (state.epochs.get(target.epoch)?.sequence.has(target.seq)) needs.places.push(target);
    }
    if (item.type === 'payment' || item.type === 'shift-close') {
      if (shift && !state.knowsShift(shift)) needs.shifts.push({ deviceNo: state.deviceNo, shift });
      if (plate) needs.plates.add(plate);
    }
  }
}

/** The place itself when it has come before, else its neighbours that have; the tail is known without looking. */
function collectPlaces(state: DeviceState, record: VerifiedRecord, places: Place[]): void {
  const { epoch, seq } = record;
  const sequence = state.epochs.get(epoch)?.sequence;
  if (!sequence) return;
  const { deviceNo } = state;
  if (sequence.has(seq)) places.push({ deviceNo, epoch, seq });
  if (sequence.has(seq - 1) && seq - 1 !== sequence.maxSeq) places.push({ deviceNo, epoch, seq: seq - 1 });
  if (sequence.has(seq + 1)) places.push({ deviceNo, epoch, seq: seq + 1 });
}
