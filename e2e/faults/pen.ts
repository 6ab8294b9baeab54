import { createHmac } from 'node:crypto';

/**
 * A terminal's pen, written from the protocol document alone: nothing here is the gateway's own code.
 */

/** A journal record as it is sent. */
export interface Written {
  readonly v: 1;
  readonly epoch: number;
  readonly seq: number;
  readonly type: string;
  readonly at: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly prev: string;
  readonly mac: string;
}

/** RFC 8785 for what a record holds: text, integers, objects, arrays. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const fields = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${fields.map(([name, field]) => `${JSON.stringify(name)}:${canonical(field)}`).join(',')}}`;
}

/** Numbers, chains and signs the records of one epoch. */
export class Pen {
  #seq = 0;
  #prev = '';

  constructor(
    private readonly epoch: number,
    private readonly journalKey: string,
  ) {}

  get lastSeq(): number {
    return this.#seq;
  }

  write(type: string, atMs: number, body: Record<string, unknown>): Written {
    const at = new Date(atMs).toISOString();
    const record = { v: 1 as const, epoch: this.epoch, seq: ++this.#seq, type, at, body, prev: this.#prev };
    const key = Buffer.from(this.journalKey, 'base64url');
    this.#prev = createHmac('sha256', key).update(canonical(record)).digest('base64url');
    return { ...record, mac: this.#prev };
  }
}
