/**
 * A backup is a gzipped text that any `psql` can read: for each table a line of JSON behind `--`, PostgreSQL's own
 * `COPY ... FROM stdin;`, the rows, `\.`, and a line with their count and SHA-256. The first line says what the file
 * is, the last that it is whole.
 */
export const BACKUP_FORMAT = 'eparking-backup';
export const BACKUP_VERSION = 1;

/** The first line: where and when the snapshot was taken, and what is needed to read it. */
export interface BackupHead {
  readonly format: typeof BACKUP_FORMAT;
  readonly version: number;
  /** ISO 8601, the database's clock. */
  readonly takenAt: string;
  /** The newest migration of the schema that the rows fit. */
  readonly schema: string;
  /** Under which key new secrets were sealed, and whose hashes of plates lie in it: fingerprints, no keys. */
  readonly sealingKey: string;
  readonly hashKeys: string;
}

export interface TableHead {
  readonly table: string;
  readonly columns: readonly string[];
}

/** What was copied of a table. */
export interface TableSum {
  readonly rows: number;
  /** Of the rows in COPY's text format, hex. */
  readonly sha256: string;
}

/** The last line. */
export interface BackupEnd {
  readonly end: {
    readonly tables: number;
    readonly rows: number;
    readonly sequences: Readonly<Record<string, number>>;
  };
}

/** A file that cannot be restored, in a sentence that says why and what helps. */
export class BackupError extends Error {
  override name = 'BackupError';
}

const NEWLINE = 0x0a;
const END_OF_ROWS = Buffer.from('\\.\n');
const END_AFTER_ROW = Buffer.from('\n\\.\n');
const LINE_BYTES_MAX = 1 << 20;

/** Reads a backup's text from its unzipped chunks: lines of notes, and rows in pieces of whole rows. */
export class BackupReader {
  #buffer: Buffer = Buffer.alloc(0);
  readonly #chunks: AsyncIterator<Buffer>;

  constructor(chunks: AsyncIterable<Buffer>) {
    this.#chunks = chunks[Symbol.asyncIterator]();
  }

  /** The next note: a line of JSON behind `-- `. */
  async note<T>(): Promise<T> {
    const line = await this.line();
    if (!line.startsWith('-- ')) throw new BackupError('This is no backup of ours, or a changed one.');
    return JSON.parse(line.slice(3)) as T;
  }

  async line(): Promise<string> {
    for (;;) {
      const end = this.#buffer.indexOf(NEWLINE);
      if (end >= 0)
        return this.#take(end + 1)
          .toString('utf8')
          .trimEnd();
      if (this.#buffer.length > LINE_BYTES_MAX) throw new BackupError('This is no backup of ours: a line has no end.');
      await this.#fill();
    }
  }

  /** The rows up to `\.`, which is consumed. */
  async *rows(): AsyncGenerator<Buffer> {
    for (;;) {
      if (this.#buffer.subarray(0, END_OF_ROWS.length).equals(END_OF_ROWS)) {
        this.#take(END_OF_ROWS.length);
        return;
      }
      const end = this.#buffer.indexOf(END_AFTER_ROW);
      const whole = end >= 0 ? end + 1 : this.#buffer.lastIndexOf(NEWLINE) + 1;
      if (whole > 0) yield this.#take(whole);
      else await this.#fill();
    }
  }

  #take(length: number): Buffer {
    const taken = this.#buffer.subarray(0, length);
    this.#buffer = this.#buffer.subarray(length);
    return taken;
  }

  async #fill(): Promise<void> {
    const next = await this.#chunks.next();
    if (next.done) throw new BackupError('The backup ends in its middle: it was cut off. Take another copy of it.');
    this.#buffer = this.#buffer.length === 0 ? next.value : Buffer.concat([this.#buffer, next.value]);
  }
}
