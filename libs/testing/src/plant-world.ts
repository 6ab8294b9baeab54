import {
  addDays,
  HOUR_MS as HOUR,
  businessDateOf,
  startOfBusinessDay,
  type BusinessDate,
  type Random,
  type Rupiah,
} from '@app/kernel';
import {
  batchesOf,
  type BatchFact,
  type CreditFact,
  type CollectionFact,
  type DepositFact,
  type ExceptionPattern,
  type GapFact,
  type IntegrityFact,
  type OperatorDayFact,
  type RecordFact,
  type SettlementFact,
  type ShiftFact,
  type SlipFact,
  type TicketUse,
} from '@app/reconciliation';
import { settlementKey } from '@app/settlement';

/** Months of clean data with a known number of exceptions of every kind in it. */
export interface PlantOptions {
  seed: number | string;
  points: number;
  from: BusinessDate;
  days: number;
  perPattern: number;
  /** Digital payments a point and day; also half as many cash tickets. */
  digitalPerPointDay: number;
}

/** What was planted, and what it must be attributed to. */
export interface Planted {
  pattern: ExceptionPattern;
  record: string | null;
  settlement: string | null;
  /** Business day and subject id. */
  businessDate: BusinessDate;
  subject: string;
  amount: Rupiah;
}

export const OURS = 'ID1020000000001';

/** A payment with its settlement lines, as long as nobody has tampered with it. */
export interface Slot {
  record: RecordFact;
  rows: SettlementFact[];
}

export interface CashDay {
  shift: ShiftFact;
  deposit: DepositFact;
  slip: SlipFact;
}

export class World {
  readonly slots: Slot[] = [];
  readonly cashDays: CashDay[] = [];
  readonly tickets: TicketUse[] = [];
  readonly collections: CollectionFact[] = [];
  readonly operatorDays: OperatorDayFact[] = [];
  readonly gaps: GapFact[] = [];
  readonly integrity: IntegrityFact[] = [];
  readonly extraRows: SettlementFact[] = [];
  readonly planted: Planted[] = [];
  readonly removed = new Set<RecordFact>();
  credits: CreditFact[] = [];
  batches: BatchFact[] = [];
  private transactions = 0;

  constructor(
    readonly options: PlantOptions,
    readonly days: BusinessDate[],
    readonly random: Random,
  ) {
    for (let p = 1; p <= options.points; p++) this.growPoint(p);
    for (const date of days) {
      for (let op = 0; op * 10 < options.points; op++) {
        this.operatorDays.push({ operator: `op-${op}`, businessDate: date, minimum: 500_000, deposited: 500_000 + op });
      }
    }
  }

  private growPoint(p: number): void {
    const number = String(p).padStart(3, '0');
    const place = { point: `MDN-${number}`, device: `hh-0${number}`, attendant: `att-${number}` };
    let seq = 0;
    let serial = 0;
    for (const date of this.days) {
      const opens = startOfBusinessDay(date) + 7 * HOUR;
      const at = (): number => opens + this.random.integer(0, 14 * HOUR);
      for (let i = 0; i < this.options.digitalPerPointDay; i++) {
        this.slots.push(this.pay(place, ++seq, i === 0 ? startOfBusinessDay(addDays(date, 1)) - 5_000 : at(), date));
      }
      let cash = 0;
      for (let i = 0; i * 2 < this.options.digitalPerPointDay; i++) {
        const amount = this.random.pick([2000, 4000]);
        cash += amount;
        const ticket = `KR${number}-${String(++serial).padStart(6, '0')}`;
        const record = `${place.device}/1/${++seq}`;
        this.tickets.push({ record, ...place, serial: ticket, at: at(), businessDate: date, amount, voided: false });
      }
      this.cashDays.push(this.cashDay(place, date, cash));
      const [meter, money] = [`mt-0${number}`, this.random.integer(1, 300) * 500];
      this.collections.push({
        record: `${meter}/1/${seq}`,
        device: meter,
        point: place.point,
        collector: `col-${p % 3}`,
        number: seq,
        at: opens + 15 * HOUR,
        businessDate: date,
        registerCash: money,
        cashCounted: money,
      });
    }
  }

  /** One digital payment, settled 10 seconds later: at the end of a day the settlement falls on the next. */
  private pay(
    place: { point: string; device: string; attendant: string },
    seq: number,
    at: number,
    date: BusinessDate,
  ): Slot {
    const channel = this.random.chance(0.7) ? 'qris' : 'card';
    const amount = this.random.pick([2000, 4000, 5000]);
    const record: RecordFact = {
      id: `${place.device}/1/${seq}`,
      channel,
      ...place,
      amount,
      at,
      businessDate: date,
      orderId: channel === 'qris' ? `ORD-${place.device}-${seq}` : null,
      rrn: null,
      nmid: channel === 'qris' ? OURS : null,
      trace: channel === 'card' ? String(seq) : null,
      voided: null,
    };
    return { record, rows: [this.row(record, channel === 'card' ? at : at + 10_000, amount)] };
  }

  /** A settlement line for a record. */
  row(record: RecordFact, at: number, amount: Rupiah, change: Partial<SettlementFact> = {}): SettlementFact {
    const acquirer = record.channel === 'qris' ? 'dana' : 'card-flazz';
    const feeSen = record.channel === 'qris' ? Math.round(amount * 0.7) : 0;
    const net = Math.round((amount * 100 - feeSen) / 100);
    const date = businessDateOf(at);
    const row: SettlementFact = {
      id: '',
      channel: record.channel,
      point: record.point,
      device: record.device,
      acquirer,
      kind: 'payment',
      transactionId: `T${++this.transactions}`,
      part: '',
      originalTransactionId: null,
      batchId: `${acquirer}-${addDays(date, 1)}`,
      orderId: record.orderId,
      rrn: null,
      nmid: record.channel === 'qris' ? OURS : null,
      mid: null,
      terminal: record.channel === 'card' ? record.device : null,
      cardLast4: null,
      trace: record.trace,
      amount,
      fee: amount - net,
      net,
      netSen: amount * 100 - feeSen,
      transactionAt: at,
      settlementDate: addDays(date, 1),
      ...change,
    };
    return { ...row, id: settlementKey(row) };
  }

  private cashDay(
    place: { point: string; device: string; attendant: string },
    date: BusinessDate,
    cash: Rupiah,
  ): CashDay {
    const opened = startOfBusinessDay(date) + 7 * HOUR;
    const slip = `STS-${place.point}-${date}`;
    const shift: ShiftFact = {
      ...place,
      shift: `s-${date}`,
      businessDate: date,
      openedAt: opened,
      closedAt: opened + 15 * HOUR,
      float: 50_000,
      declared: cash + 50_000,
      recordedCash: cash,
      recordsComplete: true,
    };
    const deposit: DepositFact = {
      number: `TBP-${place.point}-${date}`,
      payer: { kind: 'attendant', id: place.attendant },
      point: place.point,
      businessDate: date,
      amount: cash,
      handedAt: opened + 20 * HOUR,
      treasurer: 'bp-1',
      slip,
    };
    const credit = { id: `bank/${slip}`, amount: cash, at: opened + 24 * HOUR };
    const written = {
      slip,
      treasurer: 'bp-1',
      businessDate: date,
      writtenAt: opened + 22 * HOUR,
      amount: cash,
      credit,
    };
    return { shift, deposit, slip: written };
  }

  /** Writes down what must be found: the pattern, on whom, on which day, for how much, at which record and line. */
  note(
    pattern: ExceptionPattern,
    amount: Rupiah,
    subject: string,
    at: { record?: RecordFact | null; row?: SettlementFact; businessDate?: BusinessDate },
  ): void {
    this.planted.push({
      pattern,
      record: at.record?.id ?? null,
      settlement: at.row?.id ?? null,
      businessDate: at.businessDate ?? at.record!.businessDate,
      subject,
      amount,
    });
  }

  /** Bank credits for every batch as it now stands: half of them name the batch, the others only the acquirer. */
  payOut(): void {
    this.batches = batchesOf(this.rows());
    this.credits = this.batches.map((batch, i) => ({
      id: `col/${batch.batchId}`,
      acquirer: batch.acquirer,
      account: 'col',
      entryId: batch.batchId,
      direction: 'credit',
      valueDate: addDays(batch.settlementDate, i % 2),
      amount: Math.round(batch.netSen / 100),
      reference: i % 2 ? batch.batchId : null,
      description: '',
    }));
  }

  rows(): SettlementFact[] {
    return [...this.slots.flatMap((slot) => slot.rows), ...this.extraRows];
  }

  records(): RecordFact[] {
    return this.slots.map((slot) => slot.record).filter((record) => !this.removed.has(record));
  }
}
