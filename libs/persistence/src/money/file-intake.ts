import {
  addBankEntry,
  addSettlement,
  bankEntryHash,
  bankEntryKey,
  bankFormat,
  emptyBankSummary,
  emptySettlementSummary,
  judgeKnown,
  settlementFormats,
  settlementHash,
  settlementKey,
  type BankEntry,
  type FileFormat,
  type FileLine,
  type SettlementRow,
} from '@app/settlement';
import type { Sql } from '../database.js';
import { linkCreditNotes } from './deposit-store.js';
import { BANK_ADAPTER, type FileCounts, type FileError } from './file-store.js';
import { bookTouched, insertBankEntries, insertSettlementRows, untouched } from './settlement-store.js';

/** Faults of one file that are kept whole; further ones are counted. */
export const ERRORS_KEPT_MAX = 10_000;

/** One kind of file: how its lines are read, known again and taken. */
export interface Intake<Row> {
  readonly format: FileFormat<Row>;
  readonly summary: object;
  key(row: Row): string;
  hash(row: Row): string;
  /** Takes lines; returns the keys of those that were new. */
  insert(rows: readonly Keyed<Row>[]): Promise<Set<string>>;
  add(row: Row): void;
  /** Content and place of keys that are known. */
  known(keys: readonly string[]): Promise<KnownLine[]>;
  /** Books what was taken. */
  finish(): Promise<void>;
}

export interface Keyed<Row> {
  line: number;
  key: string;
  hash: string;
  row: Row;
}

interface KnownLine {
  key: string;
  hash: string;
  line: number | null;
  fileId: number | null;
  fileName: string | null;
}

/** What takes a file of this adapter, in the transaction given; undefined when there is no such adapter. */
export function intakeOf(
  adapter: string,
  sql: Sql,
  file: { id: number; receivedBy: string },
  nowMs: number,
): Intake<never> | undefined {
  if (adapter === BANK_ADAPTER) return bankIntake(sql, file, nowMs) as Intake<never>;
  const format = Object.hasOwn(settlementFormats, adapter) ? settlementFormats[adapter] : undefined;
  return format && (settlementIntake(format, sql, file.id, nowMs) as Intake<never>);
}

/** The adapters of settlement files. */
export const SETTLEMENT_ADAPTERS: readonly string[] = Object.keys(settlementFormats);

function settlementIntake(
  format: FileFormat<SettlementRow>,
  sql: Sql,
  fileId: number,
  nowMs: number,
): Intake<SettlementRow> {
  const summary = emptySettlementSummary();
  const touched = untouched();
  return {
    format,
    summary,
    key: settlementKey,
    hash: settlementHash,
    insert: (rows) => insertSettlementRows(sql, fileId, rows, nowMs, touched),
    add: (row) => addSettlement(summary, row),
    known: (keys) => knownLines(sql, 'settlement_rows', keys),
    finish: () => bookTouched(sql, touched, nowMs),
  };
}

function bankIntake(sql: Sql, file: { id: number; receivedBy: string }, nowMs: number): Intake<BankEntry> {
  const summary = emptyBankSummary();
  const entriesOf = (rows: readonly Keyed<BankEntry>[]) => rows.map(({ row: entry, line }) => ({ entry, line }));
  return {
    format: bankFormat,
    summary,
    key: bankEntryKey,
    hash: bankEntryHash,
    insert: (rows) => insertBankEntries(sql, file.id, entriesOf(rows), file.receivedBy, nowMs),
    add: (entry) => addBankEntry(summary, entry),
    known: (keys) => knownLines(sql, 'bank_entries', keys),
    finish: async () => void (await linkCreditNotes(sql, file.receivedBy, nowMs)),
  };
}

function knownLines(
  sql: Sql,
  table: 'settlement_rows' | 'bank_entries',
  keys: readonly string[],
): Promise<KnownLine[]> {
  return sql.query<KnownLine>(
    `SELECT t.key, t.hash, t.line, t.file_id AS "fileId", f.name AS "fileName"
       FROM ${table} t LEFT JOIN settlement_files f ON f.id = t.file_id WHERE t.key = ANY($1)`,
    [keys],
  );
}

/** Watches the lines of one file go by, takes those that are new, and keeps count. Memory does not grow with the file. */
export class LineTaker<Row> {
  readonly counts: FileCounts = { lines: 0, accepted: 0, duplicates: 0, errors: 0 };
  readonly errors: FileError[] = [];

  constructor(
    private readonly intake: Intake<Row>,
    private readonly fileId: number,
  ) {}

  /** Takes the next lines of the file, in its order. */
  async take(lines: readonly FileLine<Row>[]): Promise<void> {
    const { intake, counts } = this;
    counts.lines += lines.length;
    const firsts = new Map<string, Keyed<Row>>();
    for (const { line, row, error } of lines) {
      if (error) this.#refuse(error);
      else this.#gather(firsts, { line, row, key: intake.key(row), hash: intake.hash(row) });
    }
    const rows = [...firsts.values()];
    if (rows.length === 0) return;
    const fresh = await intake.insert(rows);
    for (const { key, row } of rows) if (fresh.has(key)) intake.add(row);
    counts.accepted += fresh.size;
    const old = rows.filter(({ key }) => !fresh.has(key));
    if (old.length === 0) return;
    const known = new Map((await intake.known(old.map(({ key }) => key))).map((line) => [line.key, line]));
    for (const row of old) this.#compare(row, known.get(row.key)!);
  }

  /** Within one gulp the file itself says whether a line came before. */
  #gather(firsts: Map<string, Keyed<Row>>, next: Keyed<Row>): void {
    const first = firsts.get(next.key);
    if (!first) firsts.set(next.key, next);
    else this.#compare(next, { ...first, fileId: this.fileId, fileName: null });
  }

  #compare({ line, key, hash }: Keyed<Row>, known: KnownLine): void {
    if (judgeKnown(hash, known.hash) === 'duplicate') {
      this.counts.duplicates += 1;
      return;
    }
    const where =
      known.fileId === this.fileId
        ? `line ${known.line} of this file`
        : known.fileId === null
          ? 'an entry that an officer made'
          : `line ${known.line} of ${known.fileName} (file ${known.fileId})`;
    const name = decodeURIComponent(key.replaceAll('/', ' '));
    const message = `line ${line}: ${name} stands in ${where} with other content; ask the sender which counts`;
    this.#refuse({ line, field: '', code: 'conflict', message });
  }

  #refuse(error: FileError): void {
    this.counts.errors += 1;
    if (this.errors.length < ERRORS_KEPT_MAX) this.errors.push(error);
  }
}
