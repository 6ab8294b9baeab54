import type { BusinessDate, Rupiah } from '@app/kernel';
import type { FileLine } from './csv-file.js';
import type { RowError } from './field-reader.js';
import {
  judgeKnown,
  settlementHash,
  settlementKey,
  type SettlementKind,
  type SettlementRow,
} from './settlement-row.js';

/** What an import would do, before it does it. */
export interface SettlementPreview {
  /** Lines after the header. */
  lines: number;
  fresh: number;
  /** Lines already known with the same content, in this file or before it: they change nothing. */
  duplicates: number;
  errorCount: number;
  /** The first errors, at most the limit given. */
  errors: RowError[];
  totals: Record<SettlementKind, { count: number; amount: Rupiah; fee: Rupiah; net: Rupiah }>;
  settlementDates: { from: BusinessDate; to: BusinessDate } | null;
  batches: string[];
}

/** A line that may be booked, with its identity. */
export interface KeyedRow {
  line: number;
  key: string;
  hash: string;
  row: SettlementRow;
}

/**
 * Watches the lines of one file go by: gives each fresh line its key and hash, finds repeated and conflicting ones,
 * and keeps the totals. Feed it every line in order; what it returns may be booked once the file was read to its end.
 * It remembers key and hash of every line (about 200 bytes each), bounded by the reader's row limit.
 */
export class SettlementIntake {
  private readonly seen = new Map<string, { hash: string; line: number }>();
  private readonly batches = new Set<string>();
  readonly preview: SettlementPreview = {
    lines: 0,
    fresh: 0,
    duplicates: 0,
    errorCount: 0,
    errors: [],
    totals: {
      payment: { count: 0, amount: 0, fee: 0, net: 0 },
      refund: { count: 0, amount: 0, fee: 0, net: 0 },
      cancel: { count: 0, amount: 0, fee: 0, net: 0 },
      fee: { count: 0, amount: 0, fee: 0, net: 0 },
    },
    settlementDates: null,
    batches: [],
  };

  /**
   * @param known content hash of a key booked by an earlier file, undefined when there is none
   * @param errorsMax how many errors are kept whole; the others are counted
   */
  constructor(
    private readonly known: (key: string) => string | undefined = () => undefined,
    private readonly errorsMax = 100,
  ) {}

  /** The row to book, or null when the line is wrong, a duplicate or in conflict. */
  take(item: FileLine<SettlementRow>): KeyedRow | null {
    this.preview.lines += 1;
    if (item.error) return this.refuse(item.error);
    const { line, row } = item;
    const key = settlementKey(row);
    const hash = settlementHash(row);
    const before = this.seen.get(key);
    const verdict = judgeKnown(hash, before?.hash ?? this.known(key));
    if (verdict === 'duplicate') {
      this.preview.duplicates += 1;
      return null;
    }
    if (verdict === 'conflict') {
      const where = before ? `line ${before.line} of this file` : 'an earlier file';
      const message = `line ${line}: transaction ${row.transactionId} stands in ${where} with other content; ask the acquirer which counts`;
      return this.refuse({ line, field: '', code: 'conflict', message });
    }
    this.seen.set(key, { hash, line });
    this.count(row);
    return { line, key, hash, row };
  }

  private refuse(error: RowError): null {
    this.preview.errorCount += 1;
    if (this.preview.errors.length < this.errorsMax) this.preview.errors.push(error);
    return null;
  }

  private count(row: SettlementRow): void {
    const preview = this.preview;
    preview.fresh += 1;
    const total = preview.totals[row.kind];
    total.count += 1;
    total.amount += row.amount;
    total.fee += row.fee;
    total.net += row.net;
    const { from, to } = preview.settlementDates ?? { from: row.settlementDate, to: row.settlementDate };
    preview.settlementDates = {
      from: row.settlementDate < from ? row.settlementDate : from,
      to: row.settlementDate > to ? row.settlementDate : to,
    };
    if (!this.batches.has(row.batchId)) {
      this.batches.add(row.batchId);
      preview.batches.push(row.batchId);
    }
  }
}
