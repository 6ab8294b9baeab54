import { createHmac, randomBytes } from 'node:crypto';
import { canonicalJsonWithout, type PaymentBody, type RecordType } from '@app/protocol';

/** A journal record as a terminal makes it. */
export interface TerminalRecord {
  v: 1;
  epoch: number;
  seq: number;
  type: RecordType;
  at: string;
  body: Record<string, unknown>;
  prev: string;
  mac: string;
}

/** A terminal's pen: numbers, chains and signs records as the device protocol says. Knows nothing of the gateway. */
export class TestTerminal {
  seq = 0;
  prev = '';

  constructor(
    readonly deviceId: string,
    public journalKey: Buffer = randomBytes(32),
    public epoch = 1,
    /** What `at` is when a record gives none, ms. */
    public now: number = Date.parse('2026-11-20T03:00:00Z'),
  ) {}

  /** The next record of the chain. */
  record(type: RecordType, body: Record<string, unknown>, atMs: number = this.now): TerminalRecord {
    const record = this.sign({ seq: this.seq + 1, type, body, prev: this.prev, at: new Date(atMs).toISOString() });
    this.seq = record.seq;
    this.prev = record.mac;
    return record;
  }

  payment(over: Partial<PaymentBody> = {}, atMs?: number): TerminalRecord {
    const body = {
      vehicleClass: 'car',
      amount: 4000,
      method: 'cash',
      tariff: 'CAR',
      shift: '',
      attendant: '',
      ...over,
    };
    return this.record('payment', body, atMs);
  }

  /** Signs any fields, in or out of the chain. */
  sign(fields: Partial<TerminalRecord>): TerminalRecord {
    const record = {
      v: 1,
      epoch: this.epoch,
      seq: 1,
      type: 'boot',
      body: {},
      prev: '',
      mac: '',
      ...fields,
    } as TerminalRecord;
    record.at ??= new Date(this.now).toISOString();
    record.mac = createHmac('sha256', this.journalKey).update(canonicalJsonWithout(record, 'mac')).digest('base64url');
    return record;
  }

  /** A new epoch under a new key, as after a rotation. */
  rotate(journalKey: Buffer = randomBytes(32)): void {
    this.epoch += 1;
    this.journalKey = journalKey;
    this.seq = 0;
    this.prev = '';
  }
}
