import type { Item } from './item.js';

/** A receipt as the protocol says that it must be, without the flags of the registry's business. */
export interface Expectation {
  readonly epoch: number;
  readonly results: readonly { seq: number | null; outcome: string; code?: string; brokenChain: boolean }[];
  readonly contiguous: number;
  readonly missing: readonly (readonly [number, number])[];
  readonly more: boolean;
}

const MISSING_TOLD_MAX = 32;
const CODES: Readonly<Partial<Record<Item['kind'], string>>> = {
  'bad-body': 'bad-schema',
  'bad-envelope': 'bad-schema',
  'empty-array': 'bad-schema',
  'bad-json': 'bad-json',
  'bad-mac': 'bad-mac',
  'unknown-epoch': 'unknown-epoch',
  'too-large': 'too-large',
};

/** A model of the gateway in a few lines, straight from the protocol document: it decides item by item, in order. */
export class Oracle {
  /** What counts in each place. */
  private readonly placed = new Map<number, Item>();
  private contiguous = 0;
  private highest = 0;
  readonly conflicts = new Set<string>();
  /** Every quarantined content once, by code. */
  readonly quarantined = new Map<string, Set<string>>();

  constructor(private readonly epoch: number) {}

  decide(items: readonly Item[]): Expectation[] {
    const byEpoch = new Map<number, Expectation['results'][number][]>();
    for (const item of items) {
      const epoch = item.kind === 'unknown-epoch' ? item.epoch : this.epoch;
      const results = byEpoch.get(epoch) ?? [];
      results.push(this.decideItem(item));
      byEpoch.set(epoch, results);
    }
    return [...byEpoch].map(([epoch, results]) => {
      if (epoch !== this.epoch) return { epoch, results, contiguous: 0, missing: [], more: false };
      const missing = this.missing();
      const told = missing.slice(0, MISSING_TOLD_MAX);
      return { epoch, results, contiguous: this.contiguous, missing: told, more: missing.length > told.length };
    });
  }

  /** Inclusive ranges without a record, below the highest seen. */
  missing(): [number, number][] {
    const ranges: [number, number][] = [];
    for (let seq = this.contiguous + 1; seq < this.highest; seq++) {
      if (this.placed.has(seq)) continue;
      const last = ranges.at(-1);
      if (last && last[1] === seq - 1) last[1] = seq;
      else ranges.push([seq, seq]);
    }
    return ranges;
  }

  get contiguousUpTo(): number {
    return this.contiguous;
  }

  /** Payments that count, by `business day|method`: not voided by a void that counts. */
  income(): Map<string, { count: number; amount: number }> {
    const voided = new Set([...this.placed.values()].flatMap((item) => (item.voids === null ? [] : [item.voids])));
    const sums = new Map<string, { count: number; amount: number }>();
    for (const [seq, { payment }] of this.placed) {
      if (!payment || voided.has(seq)) continue;
      const key = `${payment.date}|${payment.method}`;
      const sum = sums.get(key) ?? { count: 0, amount: 0 };
      sums.set(key, { count: sum.count + 1, amount: sum.amount + payment.amount });
    }
    return sums;
  }

  private decideItem(item: Item): Expectation['results'][number] {
    const code = CODES[item.kind];
    if (code) this.quarantined.set(code, (this.quarantined.get(code) ?? new Set()).add(item.text));
    if (item.kind === 'bad-body' && !this.placed.has(item.seq!)) this.place(item);
    if (code) return { seq: item.seq, outcome: 'quarantined', code, brokenChain: false };
    const there = this.placed.get(item.seq!);
    if (there?.text === item.text) return { seq: item.seq, outcome: 'duplicate', brokenChain: false };
    if (there) {
      this.conflicts.add(item.text);
      return { seq: item.seq, outcome: 'conflict', brokenChain: false };
    }
    const brokenChain = this.breaksChain(item);
    this.place(item);
    return { seq: item.seq, outcome: 'accepted', brokenChain };
  }

  private breaksChain({ seq, prev, mac }: Item): boolean {
    const before = this.placed.get(seq! - 1);
    const after = this.placed.get(seq! + 1);
    const breaksBefore = seq === 1 ? prev !== '' : before !== undefined && before.mac !== prev;
    return breaksBefore || (after !== undefined && after.prev !== mac);
  }

  private place(item: Item): void {
    this.placed.set(item.seq!, item);
    this.highest = Math.max(this.highest, item.seq!);
    while (this.placed.has(this.contiguous + 1)) this.contiguous += 1;
  }
}
