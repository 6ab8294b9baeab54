/** One thing in a message: a record, good or bad, or bytes that are no record. */
export interface Item {
  readonly text: string;
  readonly kind:
    'good' | 'bad-body' | 'bad-mac' | 'unknown-epoch' | 'bad-envelope' | 'bad-json' | 'too-large' | 'empty-array';
  readonly epoch: number;
  /** null when it cannot be read. */
  readonly seq: number | null;
  readonly mac: string;
  readonly prev: string;
  readonly type: string;
  /** A payment's worth, for the totals. */
  readonly payment: { readonly date: string; readonly amount: number; readonly method: string } | null;
  /** The seq that a void voids. */
  readonly voids: number | null;
}
