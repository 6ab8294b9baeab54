import fc from 'fast-check';
import { Sequence, type SeqRange } from './sequence.js';

/** The plain truth: a set of numbers. */
function missingOf(seen: ReadonlySet<number>): [number, number][] {
  const ranges: [number, number][] = [];
  for (let seq = 1; seq <= Math.max(0, ...seen); seq++) {
    if (seen.has(seq)) continue;
    if (ranges.at(-1)?.[1] === seq - 1) ranges.at(-1)![1] = seq;
    else ranges.push([seq, seq]);
  }
  return ranges;
}

/** What the database holds after applying the changes that the sequence reports. */
class StoredGaps {
  readonly rows = new Map<number, { to: number; age: number }>();

  apply(sequence: Sequence, now: number): void {
    const { closed, opened } = sequence.takeChanges();
    const gone = new Map(closed.map((from) => [from, this.rows.get(from)!]));
    for (const from of closed) expect(this.rows.delete(from)).toBe(true);
    for (const { from, to, parent } of opened) {
      expect(this.rows.has(from)).toBe(false);
      this.rows.set(from, { to, age: parent === null ? now : gone.get(parent)!.age });
    }
  }

  ranges(): SeqRange[] {
    return [...this.rows].map(([from, { to }]) => ({ from, to })).sort((a, b) => a.from - b.from);
  }
}

describe('Sequence', () => {
  it('knows what has come and what is missing, like a set, whatever the order', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 60 })), (order) => {
        const sequence = new Sequence();
        const seen = new Set<number>();
        for (const seq of order) {
          expect(sequence.has(seq)).toBe(false);
          sequence.add(seq);
          seen.add(seq);
          expect(sequence.missing(100)).toEqual(missingOf(seen));
          expect(sequence.contiguous).toBe((missingOf(seen)[0]?.[0] ?? Math.max(...seen) + 1) - 1);
        }
        for (let seq = 0; seq <= 61; seq++) expect(sequence.has(seq)).toBe(seen.has(seq));
      }),
    );
  });

  it('reports changes that keep the stored gaps equal to it, and what is left of a gap keeps its age', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 1, max: 40 }), { minLength: 1 }),
        fc.infiniteStream(fc.boolean()),
        (order, commits) => {
          const stored = new StoredGaps();
          const born = new Map<number, number>();
          let sequence = new Sequence();
          let maxSeq = 0;
          order.forEach((seq, now) => {
            for (let gap = maxSeq + 1; gap < seq; gap++) born.set(gap, now);
            maxSeq = Math.max(maxSeq, seq);
            sequence.add(seq);
            if (!commits.next().value && now < order.length - 1) return;
            stored.apply(sequence, now);
            expect(stored.ranges()).toEqual(sequence.missing(100).map(([from, to]) => ({ from, to })));
            // Reading it again from the database must go on as if nothing had happened.
            sequence = new Sequence(maxSeq, stored.ranges());
          });
          // A missing number's gap is never older than the number's own absence, and never younger than the commit after it.
          for (const [from, { to, age }] of stored.rows)
            for (let seq = from; seq <= to; seq++) expect(age).toBeGreaterThanOrEqual(born.get(seq)!);
        },
      ),
    );
  });

  it('bears the largest sequence number there is', () => {
    const sequence = new Sequence();
    sequence.add(Number.MAX_SAFE_INTEGER);
    expect(sequence.missing(1)).toEqual([[1, Number.MAX_SAFE_INTEGER - 1]]);
    sequence.add(1);
    expect(sequence.contiguous).toBe(1);
  });
});
