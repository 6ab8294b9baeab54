import type { Flag, PaymentBody } from '@app/protocol';
import {
  amountDue,
  distanceM,
  isFreeZone,
  isOpen,
  tariffInForce,
  type RegisteredPoint,
  type RegistrySnapshot,
} from '@app/registry';
import type { VerifiedRecord } from './verify-message.js';

/** Limits that the city may set (docs/CONFIGURATION.md). */
export interface FlagLimits {
  /** `at` farther ahead of the receive time than this is flagged. */
  readonly clockAheadMsMax: number;
  /** `at` farther behind the receive time than this is flagged. */
  readonly clockBehindMsMax: number;
}

/** What the flags of one record are judged by. */
export interface FlagContext {
  readonly snapshot: RegistrySnapshot;
  readonly limits: FlagLimits;
  readonly point: RegisteredPoint | undefined;
  readonly receivedAt: number;
  readonly shiftKnown: boolean;
  readonly subscriber: boolean;
}

/** Methods by which money changes hands. */
const PAID_METHODS: ReadonlySet<string> = new Set(['cash', 'qris', 'card']);

/**
 * What an officer should know about a record. A flag never refuses it (device protocol, promise 2).
 * The chain and voids have flags of their own, which need the neighbours (decide.ts).
 */
export function businessFlags(record: VerifiedRecord, context: FlagContext): Flag[] {
  const flags: Flag[] = [];
  collect(flags, record, context);
  // What a list grows by is room for seventeen, and flags wait with their receipt: the copy takes what it needs.
  return flags.length === 0 ? flags : flags.slice();
}

function collect(flags: Flag[], record: VerifiedRecord, context: FlagContext): void {
  const { snapshot, limits, receivedAt } = context;
  if (record.at > receivedAt + limits.clockAheadMsMax || record.at < receivedAt - limits.clockBehindMsMax) {
    flags.push('clock-skew');
  }
  if (record.bodyFault) return;
  const { attendant, shift } = record.body as { attendant?: string; shift?: string };
  if (attendant && !snapshot.hasAttendant(attendant)) flags.push('unknown-attendant');
  if (shift && record.type !== 'shift-open' && !context.shiftKnown) flags.push('unknown-shift');
  if (record.type === 'payment' && context.point) collectOfPayment(flags, record, context, context.point);
}

function collectOfPayment(flags: Flag[], record: VerifiedRecord, context: FlagContext, point: RegisteredPoint): void {
  const body = record.body as unknown as PaymentBody;
  const paid = PAID_METHODS.has(body.method) && body.amount > 0;
  if (isWrongTariff(body, record.at, context.snapshot, point)) flags.push('wrong-tariff');
  if (isOpen(point, record.at) === false) flags.push('outside-hours');
  if (isOutsideFence(body, point)) flags.push('outside-geofence');
  if (paid && isFreeZone(point, record.at)) flags.push('free-zone');
  if (paid && context.subscriber) flags.push('subscriber');
}

/** The tariff named must be the one in force, and the sum paid what it asks for; a free parking costs nothing. */
function isWrongTariff(body: PaymentBody, at: number, snapshot: RegistrySnapshot, point: RegisteredPoint): boolean {
  if (!PAID_METHODS.has(body.method)) return body.amount !== 0;
  const tariff = tariffInForce(snapshot.tariffs, point, body.vehicleClass, at);
  return tariff === undefined || tariff.code !== body.tariff || amountDue(tariff, body.minutes) !== body.amount;
}

function isOutsideFence(body: PaymentBody, point: RegisteredPoint): boolean {
  if (!point.geofence || !body.loc) return false;
  return distanceM(point.geofence, body.loc) > point.geofence.radiusM + (body.loc.acc ?? 0);
}
