import { businessDateOf, type BusinessDate } from '@app/kernel';
import type { RegisteredDevice } from '@app/registry';
import { paymentFacts } from './lookups.js';
import type { PaymentFacts, Place } from './plan.js';
import type { VerifiedRecord } from './verify-message.js';

/** A record that has arrived, with the place, point and day to which it belongs. */
export interface Arrival {
  readonly record: VerifiedRecord;
  readonly place: Place;
  readonly pointId: number;
  /** The record's own business day. */
  readonly businessDate: BusinessDate;
  /** There when it is a payment that can be read. */
  readonly facts: PaymentFacts | null;
  /** ms */
  readonly receivedAt: number;
}

/** It belongs to the point to which its device was assigned when it happened. */
export function arrivalOf(
  record: VerifiedRecord,
  device: RegisteredDevice,
  pointId: number,
  receivedAt: number,
): Arrival {
  return {
    record,
    place: { deviceNo: device.deviceNo, epoch: record.epoch, seq: record.seq },
    pointId,
    businessDate: businessDateOf(record.at),
    facts: paymentFacts(record, pointId),
    receivedAt,
  };
}
