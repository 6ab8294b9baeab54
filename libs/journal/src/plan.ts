import type { BusinessDate, Rupiah } from '@app/kernel';
import type { Flag } from '@app/protocol';
import type { SeqRange } from './sequence.js';

/** The place of a record, for ever. */
export interface Place {
  readonly deviceNo: number;
  readonly epoch: number;
  readonly seq: number;
}

/** What of a payment makes income. */
export interface PaymentFacts {
  readonly pointId: number;
  readonly businessDate: BusinessDate;
  /** 0-23, Asia/Jakarta. */
  readonly hour: number;
  readonly vehicleClass: string;
  readonly method: string;
  readonly attendant: string;
  readonly shift: string;
  readonly amount: Rupiah;
}

export interface RecordRow extends Place {
  readonly receivedAt: number;
  readonly at: number;
  readonly businessDate: BusinessDate;
  readonly pointId: number;
  readonly type: string;
  readonly bodyFault: string | null;
  readonly vehicleClass: string | null;
  readonly method: string | null;
  readonly amount: Rupiah | null;
  readonly attendant: string | null;
  readonly shift: string | null;
  readonly flags: readonly Flag[];
  readonly record: string;
}

export interface ConflictRow extends Place {
  readonly seal: string;
  readonly receivedAt: number;
  readonly record: string;
}

export interface ReprocessedRow extends Place {
  readonly at: number;
  readonly facts: PaymentFacts | null;
}

export interface LateFlagRow extends Place {
  readonly flag: Flag;
  readonly at: number;
}

export interface QuarantineRow {
  readonly deviceNo: number;
  readonly at: number;
  readonly code: string;
  readonly reason: string;
  readonly topic: string;
  readonly epoch: number | null;
  readonly seq: number | null;
  readonly bytes: Uint8Array;
}

export interface FindingRow extends Place {
  /** The same finding again is the same row. */
  readonly key: string;
  readonly pattern: string;
  readonly pointId: number | null;
  readonly businessDate: BusinessDate | null;
  readonly at: number;
}

export type VoidState = 'waiting' | 'effective' | 'without-effect';

/** The first void of the payment at this place. */
export interface VoidRow extends Place {
  readonly voidEpoch: number;
  readonly voidSeq: number;
  readonly state: VoidState;
  readonly at: number;
}

export interface ShiftRow {
  readonly deviceNo: number;
  readonly shift: string;
  readonly attendant: string;
  readonly openedAt: number;
  readonly pointId: number;
}

export interface HeadRow extends Place {
  readonly tailSeal: string;
  readonly at: number;
}

export interface GapRow extends SeqRange {
  readonly deviceNo: number;
  readonly epoch: number;
  /** `from` of the stored gap it is left of; null for a new one. */
  readonly parent: number | null;
}

export interface IncomeDelta extends Omit<PaymentFacts, 'amount' | 'shift'> {
  readonly count: number;
  readonly amount: Rupiah;
}

/** Everything that one commit writes. */
export interface CommitPlan {
  readonly registryVersion: number;
  readonly writers: readonly { readonly deviceNo: number; readonly version: number }[];
  readonly records: readonly RecordRow[];
  readonly conflicts: readonly ConflictRow[];
  readonly reprocessed: readonly ReprocessedRow[];
  readonly lateFlags: readonly LateFlagRow[];
  readonly quarantine: readonly QuarantineRow[];
  readonly findings: readonly FindingRow[];
  readonly voids: readonly VoidRow[];
  readonly shifts: readonly ShiftRow[];
  readonly heads: readonly HeadRow[];
  readonly gapsClosed: readonly (Omit<Place, 'seq'> & { readonly from: number })[];
  readonly gapsOpened: readonly GapRow[];
  /** In the order of their keys, so that two gateways never lock them crosswise. */
  readonly income: readonly IncomeDelta[];
  /** Points and business days to look at again, in order. */
  readonly changedDays: readonly { readonly pointId: number; readonly businessDate: BusinessDate }[];
  readonly at: number;
}

/** Key of a place, for maps. */
export function placeKey(place: Place): string {
  return `${place.deviceNo}:${place.epoch}:${place.seq}`;
}

interface Sum {
  readonly facts: PaymentFacts;
  count: number;
  amount: Rupiah;
}

/** Adds up income by its whole key; a payment and its void in one batch leave nothing. */
export class IncomeSum {
  readonly #groups = new Map<string, Sum[]>();
  /** The group added to last: payments of one message mostly belong to one, and a key of text for each is garbage. */
  #group: Sum[] = [];

  add(facts: PaymentFacts, sign: 1 | -1): void {
    if (!isOfGroup(this.#group, facts)) this.#group = this.#groupOf(facts);
    const { vehicleClass, method } = facts;
    let sum = this.#group.find((each) => each.facts.vehicleClass === vehicleClass && each.facts.method === method);
    if (!sum) this.#group.push((sum = { facts, count: 0, amount: 0 }));
    sum.count += sign;
    sum.amount += sign * facts.amount;
  }

  rows(): IncomeDelta[] {
    return [...this.#groups.values()]
      .flat()
      .filter((sum) => sum.count !== 0 || sum.amount !== 0)
      .map((sum) => ({ key: incomeKey(sum.facts), ...sum }))
      .sort((a, b) => (a.key < b.key ? -1 : 1))
      .map(({ facts, count, amount }) => ({
        pointId: facts.pointId,
        businessDate: facts.businessDate,
        hour: facts.hour,
        vehicleClass: facts.vehicleClass,
        method: facts.method,
        attendant: facts.attendant,
        count,
        amount,
      }));
  }

  #groupOf({ businessDate, pointId, hour, attendant }: PaymentFacts): Sum[] {
    // Only the attendant may hold a blank, and stands last: no two keys are alike.
    const key = `${businessDate} ${pointId} ${hour} ${attendant}`;
    let group = this.#groups.get(key);
    if (!group) this.#groups.set(key, (group = []));
    return group;
  }
}

/** All of a group are of one day, point, hour and attendant; one that holds nothing yet is not known by them. */
function isOfGroup([first]: readonly Sum[], facts: PaymentFacts): boolean {
  return (
    first !== undefined &&
    first.facts.pointId === facts.pointId &&
    first.facts.hour === facts.hour &&
    first.facts.businessDate === facts.businessDate &&
    first.facts.attendant === facts.attendant
  );
}

function incomeKey({ businessDate, pointId, hour, vehicleClass, method, attendant }: PaymentFacts): string {
  return `${businessDate} ${pointId} ${hour} ${vehicleClass} ${method} ${attendant}`;
}
