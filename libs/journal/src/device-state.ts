import { MISSING_RANGES_MAX } from '@app/protocol';
import { Sequence } from './sequence.js';

/** The newest shifts of a device that are remembered in memory; older ones are looked up. */
const SHIFTS_REMEMBERED_MAX = 100;

export interface EpochState {
  readonly sequence: Sequence;
  /** Seal of the record at `sequence.maxSeq`: what the next record must name; '' when there is none. */
  tailSeal: string;
}

/** The first void of a payment that has not come yet. */
export interface WaitingVoid {
  readonly voidEpoch: number;
  readonly voidSeq: number;
  /** Where the void record itself belongs, for the finding if it turns out to have no effect. */
  readonly pointId: number;
  readonly businessDate: string;
}

/**
 * What the journal knows of one device, as of one version. Deciding changes it in place; when the commit fails it is
 * thrown away and read again.
 */
export class DeviceState {
  readonly epochs = new Map<number, EpochState>();
  /** By `epoch:seq` of the payment that is waited for. */
  readonly waitingVoids = new Map<string, WaitingVoid>();
  readonly #shifts = new Set<string>();

  constructor(
    readonly deviceNo: number,
    /** The version of the device's journal this state was read at; the commit holds it against the database. */
    public version: number,
  ) {}

  epoch(epoch: number): EpochState {
    let state = this.epochs.get(epoch);
    if (!state) {
      state = { sequence: new Sequence(), tailSeal: '' };
      this.epochs.set(epoch, state);
    }
    return state;
  }

  /** `contiguous`, `missing` and `more` of a receipt; an epoch never heard of has nothing and misses nothing. */
  standing(epoch: number): { contiguous: number; missing: [number, number][]; more?: true } {
    const sequence = this.epochs.get(epoch)?.sequence;
    if (!sequence) return { contiguous: 0, missing: [] };
    const missing = sequence.missing(MISSING_RANGES_MAX);
    const standing = { contiguous: sequence.contiguous, missing };
    return sequence.gapCount > MISSING_RANGES_MAX ? { ...standing, more: true } : standing;
  }

  knowsShift(shift: string): boolean {
    return this.#shifts.has(shift);
  }

  rememberShift(shift: string): void {
    this.#shifts.delete(shift);
    this.#shifts.add(shift);
    if (this.#shifts.size > SHIFTS_REMEMBERED_MAX) this.#shifts.delete(this.#shifts.values().next().value!);
  }
}
