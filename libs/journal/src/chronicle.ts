import type { BusinessDate } from '@app/kernel';
import { isRecordType, type Flag } from '@app/protocol';
import type { Arrival } from './arrival.js';
import type { DeviceState, WaitingVoid } from './device-state.js';
import type { Lookups, PlacedRecord } from './lookups.js';
import {
  IncomeSum,
  placeKey,
  type CommitPlan,
  type ConflictRow,
  type FindingRow,
  type GapRow,
  type LateFlagRow,
  type Place,
  type QuarantineRow,
  type RecordRow,
  type ReprocessedRow,
  type ShiftRow,
  type VoidRow,
  type VoidState,
} from './plan.js';

/** What a finding is about. */
type Subject = Pick<Arrival, 'place' | 'pointId' | 'businessDate' | 'receivedAt'>;

/** What a batch has decided so far: reads see the batch's own records before those of the database. */
export class Chronicle {
  readonly quarantine: QuarantineRow[] = [];
  readonly shifts: ShiftRow[] = [];
  readonly income = new IncomeSum();
  readonly #records: RecordRow[] = [];
  readonly #conflicts: ConflictRow[] = [];
  readonly #lateFlags: LateFlagRow[] = [];
  readonly #reprocessed: ReprocessedRow[] = [];
  readonly #placed = new Map<string, PlacedRecord>();
  /** Seals of the tails that this batch has passed. */
  readonly #passedTails = new Map<string, string>();
  readonly #voids = new Map<string, VoidRow>();
  readonly #findings = new Map<string, FindingRow>();
  readonly #days = new Map<string, { pointId: number; businessDate: BusinessDate }>();
  /** The day touched last: records of one message mostly belong to one. */
  #lastDay: { pointId: number; businessDate: BusinessDate } | null = null;

  constructor(readonly lookups: Lookups) {}

  placed(place: Place): PlacedRecord | undefined {
    return this.#placed.get(placeKey(place)) ?? this.lookups.placed(place);
  }

  /** The seal of the record that counts at a place which has come. */
  sealOf(place: Place): string | undefined {
    return this.#passedTails.get(placeKey(place)) ?? this.placed(place)?.seal;
  }

  /** A record came beyond the newest of its epoch. */
  passTail(place: Place, seal: string): void {
    this.#passedTails.set(placeKey(place), seal);
  }

  voidState(place: Place): VoidState | undefined {
    return this.#voids.get(placeKey(place))?.state ?? this.lookups.voidState(place);
  }

  setVoid(place: Place, first: WaitingVoid, state: VoidState, at: number): void {
    const { voidEpoch, voidSeq } = first;
    this.#voids.set(placeKey(place), { ...place, voidEpoch, voidSeq, state, at });
  }

  touchDay(pointId: number, businessDate: BusinessDate): void {
    if (this.#lastDay?.pointId === pointId && this.#lastDay.businessDate === businessDate) return;
    this.#lastDay = { pointId, businessDate };
    this.#days.set(`${businessDate}:${pointId}`, this.#lastDay);
  }

  /** The same finding of the same record is one row, however often it is made. */
  finding(subject: Subject, pattern: string, suffix = ''): void {
    const { place, pointId, businessDate, receivedAt } = subject;
    const key = `${pattern}:${placeKey(place)}${suffix}`;
    this.#findings.set(key, { ...place, key, pattern, pointId, businessDate, at: receivedAt });
  }

  lateFlag(place: Place, flag: Flag, at: number): void {
    this.#lateFlags.push({ ...place, flag, at });
  }

  /** Other authentic content for a place that is taken: kept once, never counted. */
  conflict(arrival: Arrival): void {
    const { record, place, receivedAt } = arrival;
    this.#conflicts.push({ ...place, seal: record.seal, receivedAt, record: record.canonical });
    this.finding(arrival, 'record-conflict', `:${record.seal}`);
  }

  /**
   * A record takes its place in the sequence and becomes a row of the journal. The row is written out field by field:
   * spreading the place into so wide an object took a fifth of the gateway's time (docs/PERFORMANCE.md).
   */
  accept(arrival: Arrival, flags: readonly Flag[]): void {
    const { record, place, facts, pointId, businessDate, receivedAt } = arrival;
    const { bodyFault, at, seal, prev, canonical } = record;
    const type = isRecordType(record.type) ? record.type : 'unknown';
    const body = (bodyFault ? {} : record.body) as { attendant?: string; shift?: string; amount?: number };
    this.#placed.set(placeKey(place), { seal, prev, type, unread: bodyFault !== null, payment: facts });
    this.#records.push({
      deviceNo: place.deviceNo,
      epoch: place.epoch,
      seq: place.seq,
      receivedAt,
      at,
      businessDate,
      pointId,
      type,
      bodyFault,
      vehicleClass: facts?.vehicleClass ?? null,
      method: facts?.method ?? null,
      amount: body.amount ?? null,
      attendant: body.attendant ?? null,
      shift: body.shift ?? null,
      flags,
      record: canonical,
    });
  }

  /** A record that filled its place unread can be read now. */
  reprocess({ record, place, facts, receivedAt }: Arrival): void {
    const { seal, prev, type } = record;
    this.#placed.set(placeKey(place), { seal, prev, type, unread: false, payment: facts });
    this.#reprocessed.push({ ...place, at: receivedAt, facts });
  }

  toPlan(registryVersion: number, states: Iterable<DeviceState>, at: number): CommitPlan {
    const writers: { deviceNo: number; version: number }[] = [];
    const gapsClosed: CommitPlan['gapsClosed'][number][] = [];
    const gapsOpened: GapRow[] = [];
    const heads: CommitPlan['heads'][number][] = [];
    const changed = new Set(this.#records.map(({ deviceNo, epoch }) => `${deviceNo}:${epoch}`));
    for (const state of states) {
      const { deviceNo } = state;
      writers.push({ deviceNo, version: state.version });
      for (const [epoch, { sequence, tailSeal }] of state.epochs) {
        if (!changed.has(`${deviceNo}:${epoch}`)) continue;
        const { closed, opened } = sequence.takeChanges();
        for (const from of closed) gapsClosed.push({ deviceNo, epoch, from });
        for (const gap of opened) gapsOpened.push({ deviceNo, epoch, ...gap });
        heads.push({ deviceNo, epoch, seq: sequence.maxSeq, tailSeal, at });
      }
    }
    return {
      registryVersion,
      writers: writers.sort((a, b) => a.deviceNo - b.deviceNo),
      records: this.#records,
      conflicts: this.#conflicts,
      reprocessed: this.#reprocessed,
      lateFlags: this.#lateFlags,
      quarantine: this.quarantine,
      findings: [...this.#findings.values()],
      voids: [...this.#voids.values()],
      shifts: this.shifts,
      heads,
      gapsClosed,
      gapsOpened,
      income: this.income.rows(),
      changedDays: [...this.#days.values()].sort(
        (a, b) =>
          Number(a.businessDate > b.businessDate) - Number(a.businessDate < b.businessDate) || a.pointId - b.pointId,
      ),
      at,
    };
  }
}
