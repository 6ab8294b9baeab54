import type { Flag, Receipt } from '@app/protocol';
import { pointIdAt, type RegisteredDevice, type RegistrySnapshot } from '@app/registry';
import { arrivalOf, type Arrival } from './arrival.js';
import { Chronicle } from './chronicle.js';
import type { DeviceState } from './device-state.js';
import { applyEffect } from './effects.js';
import { businessFlags, type FlagLimits } from './flags.js';
import type { Lookups } from './lookups.js';
import type { CommitPlan } from './plan.js';
import { receiptsOf, type ItemResult } from './receipts.js';
import type { Unacceptable, VerifiedItem } from './verify-message.js';

/** A journal message whose records were verified. */
export interface VerifiedMessage {
  readonly device: RegisteredDevice;
  readonly topic: string;
  /** ms */
  readonly receivedAt: number;
  /** The protocol's `of`. */
  readonly digest: string;
  readonly items: readonly VerifiedItem[];
}

export interface DecisionContext {
  readonly snapshot: RegistrySnapshot;
  readonly limits: FlagLimits;
  readonly lookups: Lookups;
  /** State of every device in the batch; changed in place. */
  stateOf(deviceNo: number): DeviceState;
}

export interface Decision {
  readonly plan: CommitPlan;
  /** For each message its receipts, one per epoch, in order. */
  readonly receipts: readonly (readonly Receipt[])[];
}

/**
 * Decides what becomes of each record of a batch, strictly in order, and what one commit must write for it.
 * Pure but for the device states, which move on: throw them away when the commit fails.
 */
export function decideBatch(messages: readonly VerifiedMessage[], context: DecisionContext): Decision {
  const chronicle = new Chronicle(context.lookups);
  const states = new Set<DeviceState>();
  const receipts = messages.map((message) => {
    const state = context.stateOf(message.device.deviceNo);
    states.add(state);
    const results = message.items.map((item) => decideItem(item, message, state, context, chronicle));
    return receiptsOf(message.digest, message.device.epoch, results, state);
  });
  return { plan: chronicle.toPlan(context.snapshot.version, states, messages.at(-1)!.receivedAt), receipts };
}

function decideItem(
  item: VerifiedItem,
  message: VerifiedMessage,
  state: DeviceState,
  context: DecisionContext,
  chronicle: Chronicle,
): ItemResult {
  if (item.kind === 'unacceptable') return quarantine(item, message, chronicle);
  const arrival = arrivalOf(item, message.device, pointIdAt(message.device, item.at), message.receivedAt);
  const isTaken = state.epoch(item.epoch).sequence.has(item.seq);
  const result = isTaken ? decideTaken(arrival, state, chronicle) : decideNew(arrival, state, context, chronicle);
  // An authentic record whose body cannot be read goes to quarantine too, so that it can be reprocessed after a fix.
  return item.bodyFault === null ? result : quarantine(unreadable(arrival), message, chronicle);
}

function unreadable({ record }: Arrival): Unacceptable {
  const { epoch, seq, bodyFault, bytes } = record;
  return { kind: 'unacceptable', code: 'bad-schema', reason: bodyFault!, epoch, seq, bytes: bytes! };
}

function quarantine(item: Unacceptable, message: VerifiedMessage, chronicle: Chronicle): ItemResult {
  const { code, reason, epoch, seq, bytes } = item;
  const { topic, receivedAt: at } = message;
  chronicle.quarantine.push({ deviceNo: message.device.deviceNo, at, code, reason, topic, epoch, seq, bytes });
  return { epoch, result: { seq, outcome: 'quarantined', code } };
}

function accepted(arrival: Arrival, flags: Flag[]): ItemResult {
  const { epoch, seq } = arrival.place;
  return { epoch, result: { seq, outcome: 'accepted', ...(flags.length > 0 && { flags }) } };
}

function decideNew(arrival: Arrival, state: DeviceState, context: DecisionContext, chronicle: Chronicle): ItemResult {
  const { record, pointId, receivedAt } = arrival;
  const flags = businessFlags(record, {
    snapshot: context.snapshot,
    limits: context.limits,
    point: context.snapshot.point(pointId),
    receivedAt,
    shiftKnown: isShiftKnown(arrival, state, context.lookups),
    subscriber: isSubscriber(arrival, context.lookups),
  });
  if (breaksChain(arrival, state, chronicle)) {
    flags.push('broken-chain');
    chronicle.finding(arrival, 'broken-chain');
  }
  if (record.bodyFault === null) flags.push(...applyEffect(arrival, state, chronicle));
  const epochState = state.epoch(record.epoch);
  if (record.seq > epochState.sequence.maxSeq) {
    // The old tail is known here only: nothing was looked up for it (collectNeeds), and the batch may still name it.
    chronicle.passTail(arrival.place, epochState);
    epochState.tailSeal = record.seal;
  }
  epochState.sequence.add(record.seq);
  chronicle.accept(arrival, epochState, flags);
  return accepted(arrival, flags);
}

/** The place is taken: the same content is a duplicate, other content a conflict, of which both are kept. */
function decideTaken(arrival: Arrival, state: DeviceState, chronicle: Chronicle): ItemResult {
  const { record, place } = arrival;
  const { epoch, seq } = place;
  const there = chronicle.placed(place);
  if (there && there.seal !== record.seal) {
    chronicle.conflict(arrival);
    return { epoch, result: { seq, outcome: 'conflict' } };
  }
  if (!there?.unread || record.bodyFault !== null) return { epoch, result: { seq, outcome: 'duplicate' } };
  // It could not be read when it came and can be now: from here on it counts.
  chronicle.reprocess(arrival);
  const flags = applyEffect(arrival, state, chronicle);
  for (const flag of flags) chronicle.lateFlag(place, flag, arrival.receivedAt);
  return accepted(arrival, flags);
}

/** Held against both neighbours that have come; whichever of two came last is flagged. */
function breaksChain({ record, place }: Arrival, state: DeviceState, chronicle: Chronicle): boolean {
  const { sequence, tailSeal } = state.epoch(place.epoch);
  if (place.seq === 1) {
    if (record.prev !== '') return true;
  } else if (sequence.has(place.seq - 1)) {
    const isTail = place.seq - 1 === sequence.maxSeq;
    const before = isTail ? tailSeal : chronicle.sealOf({ ...place, seq: place.seq - 1 });
    if (before !== record.prev) return true;
  }
  if (!sequence.has(place.seq + 1)) return false;
  return chronicle.placed({ ...place, seq: place.seq + 1 })?.prev !== record.seal;
}

function isShiftKnown({ record }: Arrival, state: DeviceState, lookups: Lookups): boolean {
  const { shift } = record.body as { shift?: unknown };
  if (typeof shift !== 'string' || shift === '') return true;
  return state.knowsShift(shift) || lookups.hasShift(state.deviceNo, shift);
}

function isSubscriber({ record, facts, businessDate }: Arrival, lookups: Lookups): boolean {
  const { plate } = record.body as { plate?: string };
  return facts !== null && Boolean(plate) && lookups.isSubscriber(plate!, facts.vehicleClass, businessDate);
}
