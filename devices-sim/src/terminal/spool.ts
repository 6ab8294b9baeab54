import { open, readFile, rename, type FileHandle } from 'node:fs/promises';
import type { JournalState } from '../journal/device-journal.js';

/** A record on its way: kept until the gateway has acknowledged it. */
export interface SpooledRecord {
  readonly seq: number;
  readonly text: string;
}

/** What is written about one sealed record. */
export interface SpoolEntry extends SpooledRecord {
  /** Id of the simulated event, and its true time (ms): where the simulation goes on after a restart. */
  readonly id: string;
  readonly at: number;
  /** Deleted before it could be sent: only its number and its seal stay. */
  readonly withheld: boolean;
  /** Cash of a payment, rupiah, for a later void; null for what is no payment. */
  readonly cash: number | null;
  /** The journal's state after this record. */
  readonly state: JournalState;
}

export interface SpoolLimits {
  /** Records that may wait. A full terminal takes no money until it could send. */
  readonly recordsMax: number;
  /** Acknowledged records that are kept for a `resend`. */
  readonly historyMax: number;
}

/** 60 days of a busy handheld. */
export const HANDHELD_SPOOL: SpoolLimits = { recordsMax: 20_000, historyMax: 2_000 };
/** A meter has room for years. */
export const METER_SPOOL: SpoolLimits = { recordsMax: 1_000_000, historyMax: 2_000 };

type Line = Omit<SpoolEntry, 'text' | 'withheld'>;

/**
 * A terminal's disk: an append-only file that survives a kill at any moment. A line a record (`R` with its text, `W`
 * withheld), `A` the highest seq that is acknowledged. A torn last line is a record that was never sealed for anybody.
 * What is acknowledged and older than the history is dropped when the file is opened, and when it has grown to double.
 */
export class Spool {
  private waiting: SpooledRecord[] = [];
  private acknowledged = 0;
  private lines = 0;
  private work: Promise<void> = Promise.resolve();
  /** The newest entry; null in a new file. */
  last: Line | null = null;
  /** Payments found in the file when it was opened, oldest first. */
  readonly payments: { id: string; seq: number; cash: number }[] = [];

  private constructor(
    private readonly path: string,
    private readonly limits: SpoolLimits,
    private file: FileHandle,
  ) {}

  /** Opens or creates the file, and forgets a torn last line. Rejects with the file system's error. */
  static async open(path: string, limits: SpoolLimits): Promise<Spool> {
    const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return '';
      throw error;
    });
    const whole = text.slice(0, text.lastIndexOf('\n') + 1);
    const file = await open(path, 'a');
    if (whole.length < text.length) await file.truncate(Buffer.byteLength(whole));
    const spool = new Spool(path, limits, file);
    for (const line of whole.split('\n')) spool.read(line);
    if (spool.lines > limits.historyMax) await spool.compact();
    return spool;
  }

  get pending(): readonly SpooledRecord[] {
    return this.waiting;
  }

  get isFull(): boolean {
    return this.waiting.length >= this.limits.recordsMax;
  }

  /** Resolves when the entries are on the disk: only then may a terminal give a receipt. */
  append(entries: readonly SpoolEntry[]): Promise<void> {
    const text = entries.map(writeEntry).join('');
    return this.inOrder(async () => {
      await this.file.appendFile(text);
      await this.file.datasync();
      this.lines += entries.length;
      for (const entry of entries) this.take(entry);
    });
  }

  /** Erases up to this seq. Not forced to the disk: after a kill the records go out again and are duplicates. */
  acknowledge(seq: number): Promise<void> {
    this.acknowledged = Math.max(this.acknowledged, seq);
    const kept = this.waiting.findIndex((record) => record.seq > this.acknowledged);
    this.waiting = kept === -1 ? [] : this.waiting.slice(kept);
    return this.inOrder(async () => {
      await this.file.appendFile(`A\t${seq}\n`);
      if (++this.lines > 2 * (this.limits.historyMax + this.waiting.length)) await this.compact();
    });
  }

  /** Records of this range that are still on the disk, oldest first. */
  async history(from: number, to: number): Promise<SpooledRecord[]> {
    const lines = (await readFile(this.path, 'utf8')).split('\n').filter((line) => line.startsWith('R\t'));
    return lines.map(parseLine).filter((record) => record.seq >= from && record.seq <= to);
  }

  async close(): Promise<void> {
    await this.inOrder(() => this.file.close());
  }

  private read(line: string): void {
    if (line === '') return;
    this.lines += 1;
    if (line.startsWith('A\t')) {
      const seq = Number(line.slice(2));
      this.acknowledged = Math.max(this.acknowledged, seq);
      this.waiting = this.waiting.filter((record) => record.seq > seq);
      return;
    }
    const entry = parseLine(line);
    if (entry.cash !== null) this.payments.push({ id: entry.id, seq: entry.seq, cash: entry.cash });
    this.take(entry);
  }

  private take({ text, withheld, ...line }: SpoolEntry): void {
    this.last = line;
    if (!withheld && line.seq > this.acknowledged) this.waiting.push({ seq: line.seq, text });
  }

  /** Writes the file anew without what nobody needs, and puts it in the place of the old one in one step. */
  private async compact(): Promise<void> {
    const lines = (await readFile(this.path, 'utf8')).split('\n').filter((line) => /^[RW]\t/.test(line));
    const keepFrom = Math.max(0, lines.length - this.waiting.length - this.limits.historyMax);
    const kept = [...lines.slice(keepFrom), `A\t${this.acknowledged}`];
    const draft = await open(`${this.path}.new`, 'w');
    await draft.writeFile(kept.join('\n') + '\n');
    await draft.datasync();
    await draft.close();
    await rename(`${this.path}.new`, this.path);
    await this.file.close();
    this.file = await open(this.path, 'a');
    this.lines = kept.length;
  }

  /** One change of the file after the other. A failed one is its caller's; the next is tried. */
  private inOrder(change: () => Promise<void>): Promise<void> {
    const done = this.work.then(change);
    this.work = done.catch(() => undefined);
    return done;
  }
}

function writeEntry({ text, withheld, ...line }: SpoolEntry): string {
  return withheld ? `W\t${JSON.stringify(line)}\n` : `R\t${JSON.stringify(line)}\t${text}\n`;
}

function parseLine(line: string): SpoolEntry {
  const [kind, meta, text] = line.split('\t');
  return { ...(JSON.parse(meta!) as Line), withheld: kind === 'W', text: text ?? '' };
}
