import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import {
  BANK_ADAPTER,
  fileErrorsQuery,
  findFile,
  importFile,
  keepFile,
  noteRefusedFile,
  pageOf,
  SETTLEMENT_ADAPTERS,
  unfinishedFiles,
  unknownAdapter,
  write,
  type FileRow,
} from '@app/persistence';
import type { JobRun } from '@app/queue';
import { defaultFileLimits, FileRefused } from '@app/settlement';
import { prepareInbox, putAside, readyFiles, type InboxFile } from '../inbox/inbox-folder.js';
import { inboxWatch, type Tick } from '../job-types.js';
import type { RunFigures, WorkerJob } from '../job.js';
import { WORKER_CORE, type WorkerCore } from '../worker-core.js';

/** A file that has not changed for so long is whole. */
const QUIET_MS = 3_000;
const FILES_AT_ONCE = 100;
const ERRORS_TOLD_MAX = 1_000;
/** An import that has not ended after so long has lost its job, or its job is dead. */
const UNFINISHED_MS = 10 * 60_000;
const INBOX = { username: 'inbox', address: '' };

/**
 * Takes files out of the watched folder, keeps and imports them, and moves them to `done/` or `refused/`. What is kept
 * is known by its bytes, so a file that is seen twice, by two workers or after a kill, is imported once.
 */
@Injectable()
export class InboxWatch implements WorkerJob<Tick> {
  readonly type = inboxWatch;
  readonly schedule = { everyMs: 5_000 };

  constructor(@Inject(WORKER_CORE) private readonly core: WorkerCore) {}

  async run(_tick: Tick, { signal }: JobRun): Promise<RunFigures> {
    const { config, database, clock, log } = this.core;
    const root = config.inboxDir ?? join(config.dataDir, 'inbox');
    const figures = { done: 0, refused: 0, failed: 0, resumed: 0 };
    await prepareInbox(root, SETTLEMENT_ADAPTERS);
    for (const file of await readyFiles(root, QUIET_MS, Date.now(), FILES_AT_ONCE)) {
      signal.throwIfAborted();
      try {
        figures[await this.#take(file, signal)] += 1;
      } catch (error) {
        if (!isFileFault(error)) throw error;
        // One file that cannot be read must not keep the others waiting.
        log.warn({ err: error, file: file.path }, 'a file of the inbox cannot be taken; see its rights');
        figures.failed += 1;
      }
    }
    for (const id of await unfinishedFiles(database, clock.now() - UNFINISHED_MS)) {
      signal.throwIfAborted();
      if (await importFile(database, id, { nowMs: clock.now(), signal })) figures.resumed += 1;
    }
    return figures;
  }

  async #take(file: InboxFile, signal: AbortSignal): Promise<'done' | 'refused'> {
    const { database, clock } = this.core;
    const { adapter, name, size } = file;
    const sha256 = await hashOf(file.path);
    const kept = { adapter, name: name.slice(0, 200), size, sha256, source: 'inbox' as const };
    const refusal = refusalOf(file);
    if (refusal !== null) {
      const id = await write(database, INBOX, (tx) => noteRefusedFile(tx, kept, refusal, clock.now()));
      await putAside(file, 'refused', { prefix: String(id), words: refusal.message });
      return 'refused';
    }
    const { id } = await write(database, INBOX, (tx) =>
      keepFile(tx, kept, createReadStream(file.path, { highWaterMark: 1_048_576 }), clock.now()),
    );
    await importFile(database, id, { nowMs: clock.now(), signal });
    const outcome = await findFile(database, adapter === BANK_ADAPTER ? 'bank' : 'settlement', id);
    const where = outcome.state === 'refused' ? 'refused' : 'done';
    await putAside(file, where, { prefix: String(id), words: await this.#wordsOn(outcome) });
    return where;
  }

  /** What somebody who looks into the folder should know; null when all went well. */
  async #wordsOn(file: FileRow): Promise<string | null> {
    if (file.state !== 'refused' && file.errors === 0) return null;
    const errors = await pageOf(this.core.database, fileErrorsQuery(file.id), { limit: ERRORS_TOLD_MAX, offset: 0 });
    const sum = `${file.accepted} lines taken, ${file.duplicates} known before, ${file.errors} wrong.`;
    const first = file.refusal === null ? [] : [`Nothing was booked: ${file.refusal}`];
    return [`File ${file.id}, ${file.name}: ${sum}`, ...first, ...errors.rows.map((row) => row.message)].join('\n');
  }
}

/** Why a file cannot be kept in the database; it stays in the folder. */
function refusalOf({ adapter, size }: InboxFile): FileRefused | null {
  if (adapter !== BANK_ADAPTER && !SETTLEMENT_ADAPTERS.includes(adapter))
    return new FileRefused('adapter', unknownAdapter(adapter));
  const { bytesMax } = defaultFileLimits;
  if (size <= bytesMax) return null;
  return new FileRefused('too-large', `The file has ${size} bytes; at most ${bytesMax}. Split it.`);
}

async function hashOf(path: string): Promise<Buffer> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest();
}

function isFileFault(error: unknown): boolean {
  return ['EACCES', 'EPERM', 'ENOENT', 'EISDIR', 'EIO'].includes((error as NodeJS.ErrnoException).code ?? '');
}
