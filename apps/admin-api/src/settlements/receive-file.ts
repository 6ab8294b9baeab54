import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  fileErrorsQuery,
  findFile,
  keepFile,
  noteRefusedFile,
  pageOf,
  previewFile,
  unknownAdapter,
  type FileKind,
} from '@app/persistence';
import { FieldError, type Actor } from '@app/registry';
import { defaultFileLimits, FileRefused } from '@app/settlement';
import { ApiError } from '../http/errors.js';
import { TooLarge, withUpload, type Upload } from '../http/upload.js';
import type { Services } from '../services.js';
import type { FileErrorDto, PreviewDto, UploadedDto, UploadOptions } from './settlements.dto.js';

const LOOK_MS = 100;
const ERRORS_SHOWN_MAX = 100;

/** Which adapter a kind of upload uses, and what may be asked for. */
export interface Reception {
  readonly kind: FileKind;
  readonly adapters: readonly string[];
}

/**
 * Takes an uploaded file: keeps it, lets the worker import it and waits for the end, or previews it. The reply's status
 * says which: 201 imported, 200 known before or preview, 202 still at work.
 * @throws ApiError 400 for a file of which nothing can be taken (it is kept), 409 when all of it is in conflict, 413 for
 *   one that is too large (what was read of it is noted, and not kept)
 */
export async function receiveFile(
  services: Services,
  reception: Reception,
  { request, reply, actor }: { request: FastifyRequest; reply: FastifyReply; actor: Actor },
  options: UploadOptions,
): Promise<UploadedDto | PreviewDto> {
  const { kind, adapters } = reception;
  const { bytesMax } = defaultFileLimits;
  const received = withUpload(request, bytesMax, async (upload) => {
    const adapter = adapterOf(upload, options, adapters);
    if (isDryRun(upload, options)) {
      reply.status(200);
      const preview = await previewFile(services.database, adapter, upload.open(), services.clock.now());
      return { ...preview, dryRun: true };
    }
    const { name, size, sha256 } = upload;
    const file = { adapter, name, size, sha256, source: 'upload' as const };
    const now = services.clock.now();
    const { id, known } = await services.write(actor, (tx) => keepFile(tx, file, upload.open(), now));
    const outcome = await waitForEnd(services, kind, id, options.wait);
    if (outcome.state === 'refused') throw refusedAs(outcome);
    reply.status(outcome.state === 'imported' ? (known ? 200 : 201) : 202);
    return { ...outcome, repeated: known };
  });
  return received.catch(async (error: unknown) => {
    throw error instanceof TooLarge && !isDryRun(error.read, options)
      ? await noted(services, reception, error, { actor, options })
      : error;
  });
}

/** A file that is too large leaves a row among the files that came: who sent what, and that nothing of it is there. */
async function noted(
  services: Services,
  { kind, adapters }: Reception,
  { read }: TooLarge,
  { actor, options }: { actor: Actor; options: UploadOptions },
): Promise<ApiError> {
  const { bytesMax } = defaultFileLimits;
  const named = read.fields['adapter'] ?? options.adapter ?? kind;
  const adapter = adapters.includes(named) ? named : kind;
  const file = { ...read, adapter, source: 'upload' as const };
  const why = `The file has more than ${bytesMax} bytes; reading stopped there, and its bytes are not kept.`;
  const id = await services.write(actor, (tx) =>
    noteRefusedFile(tx, file, new FileRefused('too-large', why), services.clock.now()),
  );
  return new TooLarge(read, bytesMax, `Split it. This one is noted as number ${id}; its bytes are not kept.`);
}

function adapterOf(upload: Upload, options: UploadOptions, adapters: readonly string[]): string {
  const adapter = upload.fields['adapter'] ?? options.adapter ?? (adapters.length === 1 ? adapters[0] : undefined);
  if (adapter === undefined)
    throw new FieldError('adapter', 'The adapter is missing.', `One of ${adapters.join(', ')}.`);
  if (!adapters.includes(adapter))
    throw new FieldError('adapter', `${unknownAdapter(adapter)}.`, `One of ${adapters.join(', ')}.`);
  return adapter;
}

function isDryRun(upload: Pick<Upload, 'fields'>, options: UploadOptions): boolean {
  const given = upload.fields['dryRun'];
  if (given === undefined) return options.dryRun ?? false;
  if (given !== 'true' && given !== 'false') throw new FieldError('dryRun', 'dryRun must be true or false.');
  return given === 'true';
}

async function waitForEnd(
  { database }: Services,
  kind: FileKind,
  id: number,
  seconds: number,
): Promise<Omit<UploadedDto, 'repeated'>> {
  const until = performance.now() + seconds * 1000;
  let file = await findFile(database, kind, id);
  while (file.endedAt === null && performance.now() < until) {
    await sleep(LOOK_MS);
    file = await findFile(database, kind, id);
  }
  const errors = await pageOf(database, fileErrorsQuery(id), { limit: ERRORS_SHOWN_MAX, offset: 0 });
  return { ...file, firstErrors: errors.rows };
}

function refusedAs(file: Omit<UploadedDto, 'repeated'>): ApiError {
  const conflicts = file.firstErrors.filter((error) => error.code === 'conflict').length;
  const rows = file.firstErrors.map(({ line, field, message }: FileErrorDto) => ({ line, field, message }));
  return new ApiError(conflicts > 0 && conflicts === file.errors ? 409 : 400, {
    code: conflicts > 0 && conflicts === file.errors ? 'conflict' : 'bad-file',
    field: 'file',
    message: `Nothing of ${file.name} was booked: ${file.refusal ?? 'it was refused'}`,
    remedy: `The file is kept as number ${file.id}; correct it and send it again.`,
    rows,
  });
}
