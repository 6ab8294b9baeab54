import { createWriteStream, mkdirSync, type WriteStream } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { addDays, type BusinessDate } from '@app/kernel';
import type { Truth } from '../day/events.js';
import type { TruthMoney } from '../money/mischief.js';
import type { Sealed } from '../terminal/terminal.js';

const KEPT_DAYS = 35;

/** What is written beside the truth of the plan: which events became records, and what came out otherwise. */
export type TruthLine =
  | Truth
  | TruthMoney
  | { readonly kind: 'sealed'; readonly deviceId: string; readonly records: readonly Sealed[] }
  | { readonly kind: 'refused'; readonly deviceId: string; readonly ids: readonly string[] }
  | { readonly kind: 'paid-otherwise'; readonly deviceId: string; readonly id: string; readonly method: string };

/**
 * JSON lines of what really happened, a file a business day, kept for 35 days. Only for judging the system: the system
 * never reads it. After a restart the plan of a day is written again; its lines name the same records.
 */
export class TruthFile {
  private readonly streams = new Map<BusinessDate, WriteStream>();

  constructor(private readonly folder: string) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  }

  write(date: BusinessDate, lines: readonly TruthLine[]): void {
    if (lines.length === 0) return;
    this.streamOf(date).write(lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  }

  /** Ends the files of days before `date` and deletes those that are too old. */
  async turnPage(date: BusinessDate): Promise<void> {
    for (const [day, stream] of this.streams) {
      if (day >= addDays(date, -1)) continue;
      stream.end();
      this.streams.delete(day);
    }
    const oldest = `truth-${addDays(date, -KEPT_DAYS)}.jsonl`;
    const stale = (await readdir(this.folder)).filter((name) => name.startsWith('truth-') && name < oldest);
    await Promise.all(stale.map((name) => rm(join(this.folder, name), { force: true })));
  }

  async close(): Promise<void> {
    await Promise.all(
      [...this.streams.values()].map((stream) => new Promise<void>((done) => stream.end(() => done()))),
    );
    this.streams.clear();
  }

  private streamOf(date: BusinessDate): WriteStream {
    let stream = this.streams.get(date);
    if (!stream) {
      stream = createWriteStream(join(this.folder, `truth-${date}.jsonl`), { flags: 'a', mode: 0o600 });
      this.streams.set(date, stream);
    }
    return stream;
  }
}
