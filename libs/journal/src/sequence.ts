import { invariant } from '@app/kernel';

/** A range of sequence numbers, both ends included. */
export interface SeqRange {
  readonly from: number;
  readonly to: number;
}

/** What became of the gaps since the last commit: rows to delete, and what is left of them or new. */
export interface GapChanges {
  readonly closed: readonly number[];
  /** `parent` is the `from` of the stored gap it is left of; null for a new gap. */
  readonly opened: readonly (SeqRange & { readonly parent: number | null })[];
}

interface Gap {
  from: number;
  to: number;
  /** `from` of the stored row this gap is or is left of; null when it is not stored yet. */
  parent: number | null;
}

/**
 * Which sequence numbers of an epoch have come: everything up to `maxSeq` but the gaps.
 * Adding is O(log n) to find and O(n) to splice at worst; n is the number of gaps, not of records.
 */
export class Sequence {
  #maxSeq: number;
  readonly #gaps: Gap[];
  readonly #stored: Map<number, number>;

  /** @param gaps the stored gaps in ascending order */
  constructor(maxSeq = 0, gaps: readonly SeqRange[] = []) {
    this.#maxSeq = maxSeq;
    this.#gaps = gaps.map(({ from, to }) => ({ from, to, parent: from }));
    this.#stored = new Map(gaps.map(({ from, to }) => [from, to]));
  }

  get maxSeq(): number {
    return this.#maxSeq;
  }

  /** Everything up to here has come. */
  get contiguous(): number {
    const first = this.#gaps[0];
    return first ? first.from - 1 : this.#maxSeq;
  }

  get gapCount(): number {
    return this.#gaps.length;
  }

  has(seq: number): boolean {
    if (seq < 1 || seq > this.#maxSeq) return false;
    const gap = this.#gaps[this.#indexAtOrBefore(seq)];
    return !gap || seq > gap.to;
  }

  /** Notes that a sequence number has come. It must not have come before. */
  add(seq: number): void {
    invariant(!this.has(seq), `sequence number ${seq} has come before`);
    if (seq > this.#maxSeq) {
      if (seq > this.#maxSeq + 1) this.#gaps.push({ from: this.#maxSeq + 1, to: seq - 1, parent: null });
      this.#maxSeq = seq;
      return;
    }
    const index = this.#indexAtOrBefore(seq);
    const { from, to, parent } = this.#gaps[index]!;
    const left: Gap[] = [];
    if (from < seq) left.push({ from, to: seq - 1, parent });
    if (seq < to) left.push({ from: seq + 1, to, parent });
    this.#gaps.splice(index, 1, ...left);
  }

  /** The oldest ranges that are missing, at most `limit`. */
  missing(limit: number): [number, number][] {
    return this.#gaps.slice(0, limit).map(({ from, to }) => [from, to]);
  }

  /** The difference to what is stored, and from now on this state counts as stored. */
  takeChanges(): GapChanges {
    const opened: (SeqRange & { parent: number | null })[] = [];
    const kept = new Set<number>();
    for (const gap of this.#gaps) {
      if (gap.parent === gap.from && this.#stored.get(gap.from) === gap.to) kept.add(gap.from);
      else opened.push({ ...gap });
    }
    const closed = [...this.#stored.keys()].filter((from) => !kept.has(from));
    if (closed.length === 0 && opened.length === 0) return { closed, opened };
    for (const from of closed) this.#stored.delete(from);
    for (const gap of this.#gaps) {
      gap.parent = gap.from;
      this.#stored.set(gap.from, gap.to);
    }
    return { closed, opened };
  }

  /** Index of the last gap that begins at or before `seq`, or -1. */
  #indexAtOrBefore(seq: number): number {
    let low = 0;
    let high = this.#gaps.length - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      if (this.#gaps[middle]!.from <= seq) low = middle + 1;
      else high = middle - 1;
    }
    return high;
  }
}
