import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { FastifyRequest } from 'fastify';
import { FieldError } from '@app/registry';
import { ApiError } from './errors.js';

/** A file that came with a form, spooled to the disk, and the form's other fields. */
export interface Upload {
  readonly name: string;
  readonly size: number;
  readonly sha256: Buffer;
  readonly fields: Readonly<Record<string, string>>;
  open(): Readable;
}

/** A file over the limit, with what was read of it. */
export class TooLarge extends ApiError {
  constructor(
    readonly read: Pick<Upload, 'name' | 'size' | 'sha256' | 'fields'>,
    bytesMax: number,
    remedy = 'Split it.',
  ) {
    super(413, { code: 'too-large', message: `The file has more than ${bytesMax} bytes.`, field: 'file', remedy });
  }
}

type Part =
  | { type: 'file'; fieldname: string; filename: string; file: Readable }
  | { type: 'field'; fieldname: string; value: unknown };

/** Limits of a form with a file; one byte more is read, so that what was read of a larger one is no file that fits. */
export const uploadLimits = (bytesMax: number) => ({
  fileSize: bytesMax + 1,
  files: 1,
  fields: 10,
  fieldSize: 1_000,
  parts: 11,
});

/**
 * Spools the file `file` of a multipart form to the disk and gives it to `work`; it is gone when that ends.
 * @param bytesMax as in `uploadLimits`
 * @throws ApiError 415 when it is no form, 400 when it cannot be read, TooLarge, FieldError without a file
 */
export async function withUpload<T>(
  request: FastifyRequest,
  bytesMax: number,
  work: (upload: Upload) => Promise<T>,
): Promise<T> {
  if (!request.headers['content-type']?.startsWith('multipart/form-data'))
    throw new ApiError(415, {
      code: 'unsupported-media-type',
      message: 'The file must come in a form.',
      remedy: 'Send multipart/form-data with a field "file".',
    });
  const folder = await mkdtemp(join(tmpdir(), 'eparking-upload-'));
  try {
    const upload = await spool(request, bytesMax, join(folder, 'file')).catch((error: unknown) => {
      throw isOfParser(error) ? badForm(error) : error;
    });
    return await work(upload);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function spool(request: FastifyRequest, bytesMax: number, path: string): Promise<Upload> {
  const hash = createHash('sha256');
  const fields: Record<string, string> = {};
  let found: { name: string } | undefined;
  let size = 0;
  const parts = (request as unknown as { parts(): AsyncIterable<Part> }).parts();
  for await (const part of parts) {
    if (part.type === 'field') {
      fields[part.fieldname] = String(part.value);
      continue;
    }
    if (part.fieldname !== 'file') throw new FieldError(part.fieldname, 'The file must be in the field "file".');
    const counted = async function* (source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
      for await (const chunk of source) {
        hash.update(chunk);
        size += chunk.length;
        yield chunk;
      }
    };
    await pipeline(part.file, counted, createWriteStream(path, { mode: 0o600 }));
    found = { name: safeName(part.filename) };
    if (size > bytesMax) throw new TooLarge({ name: found.name, size, sha256: hash.digest(), fields }, bytesMax);
  }
  if (!found) throw new FieldError('file', 'The form has no file.', 'Send it in the field "file".');
  return {
    name: found.name,
    size,
    sha256: hash.digest(),
    fields,
    open: () => createReadStream(path, { highWaterMark: 1_048_576 }),
  };
}

/** The form's parser tells what is wrong with a form by bare errors; those of disk and network have a code. */
function isOfParser(error: unknown): error is Error {
  return error instanceof Error && error.constructor === Error && !('code' in error);
}

const badForm = ({ message }: Error): ApiError =>
  new ApiError(400, {
    code: 'bad-form',
    message: `The form cannot be read: ${message}.`,
    remedy: 'Send multipart/form-data with its boundary, and all of it.',
  });

/** A file's name is shown and kept, never used as a path. */
function safeName(name: string | undefined): string {
  // eslint-disable-next-line no-control-regex -- control characters are what is taken out
  const clean = basename((name ?? '').replaceAll('\\', '/')).replace(/[\u0000-\u001f\u007f]/g, '');
  return clean.slice(0, 200) || 'unnamed';
}
