import type { BusinessDate } from '@app/kernel';
import { isRecordType, type Flag } from '@app/protocol';
import type { Arrival } from './arrival.js';
import type { DeviceState, EpochState, WaitingVoid } from './device-state.js';
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
import type { VerifiedRecord } from './verify-message.js';

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
  /** Accepted and not in `#placed` yet: most batches never ask for a place, so they are put there when one does. */
  readonly #accepted: Arrival[] = [];
  /** Epochs in which this batch took records. */
  readonly #changed = new Set<EpochState>();
  /** Seals of the tails that were there before this batch, of the epochs whose tail it has passed. */
  readonly #passedTails = new Map<string, string>();
  readonly #passed = new Set<EpochState>();
  readonly #voids = new Map<string, VoidRow>();
  readonly #findings = new Map<string, FindingRow>();
  readonly #days = new Map<string, { pointId: number; businessDate: BusinessDate }>();
  /** The day touched last: records of one message mostly belong to one. */
  #lastDay: { pointId: number; businessDate: BusinessDate } | null = null;

  constructor(readonly lookups: Lookups) {}

  placed(place: Place): PlacedRecord | undefined {
    this.#placeAccepted();
    return this.#placed.get(placeKey(place)) ?? this.lookups.placed(place);
  }

  /** The seal of the record that counts at a place which has come. */
  sealOf(place: Place): string | undefined {
    return this.#passedTails.get(placeKey(place)) ?? this.placed(place)?.seal;
  }

  /** A record comes beyond the newest of its epoch. The tails after the first are records of this batch itself. */
  passTail({ deviceNo, epoch }: Place, epochState: EpochState): void {
    if (this.#passed.has(epochState)) return;
    this.#passed.add(epochState);
    this.#passedTails.set(placeKey({ deviceNo, epoch, seq: epochState.sequence.maxSeq }), epochState.tailSeal);
  }

  #placeAccepted(): void {
    for (const { place, record, facts } of this.#accepted.splice(0)) {
      const { seal, prev, bodyFault } = record;
      const unread = bodyFault !== null;
      this.#placed.set(placeKey(place), { seal, prev, type: typeOf(record), unread, payment: facts });
    }
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
  accept(arrival: Arrival, epochState: EpochState, flags: readonly Flag[]): void {
    const { record, place, facts, pointId, businessDate, receivedAt } = arrival;
    const { bodyFault, at, canonical } = record;
    const body = (bodyFault ? {} : record.body) as { attendant?: string; shift?: string; amount?: number };
    this.#accepted.push(arrival);
    this.#changed.add(epochState);
    this.#records.push({
      deviceNo: place.deviceNo,
      epoch: place.epoch,
      seq: place.seq,
      receivedAt,
      at,
      businessDate,
      pointId,
      type: typeOf(record),
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
    this.#placeAccepted();
    this.#placed.set(placeKey(place), { seal, prev, type, unread: false, payment: facts });
    this.#reprocessed.push({ ...place, at: receivedAt, facts });
  }

  toPlan(registryVersion: number, states: Iterable<DeviceState>, at: number): CommitPlan {
    const writers: { deviceNo: number; version: number }[] = [];
    const gapsClosed: CommitPlan['gapsClosed'][number][] = [];
    const gapsOpened: GapRow[] = [];
    const heads: CommitPlan['heads'][number][] = [];
    for (const state of states) {
      const { deviceNo } = state;
      writers.push({ deviceNo, version: state.version });
      for (const [epoch, epochState] of state.epochs) {
        if (!this.#changed.has(epochState)) continue;
        const { sequence, tailSeal } = epochState;
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

/** Types that this version does not know are kept as one. */
function typeOf({ type }: VerifiedRecord): string {
  return isRecordType(type) ? type : 'unknown';
}
