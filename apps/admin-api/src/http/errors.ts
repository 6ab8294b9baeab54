import { HttpException } from '@nestjs/common';
import type { ErrorBody, RowFault } from './errors.dto.js';
import { ConflictError, FieldError, NotFoundError, RegistryError } from '@app/registry';

export const badRows = (rows: RowFault[]): ApiError =>
  new ApiError(400, {
    code: 'bad-rows',
    message:
      rows.length === 1 ? '1 row is wrong; nothing was stored.' : `${rows.length} rows are wrong; nothing was stored.`,
    remedy: 'Correct the rows named here and send the whole file again.',
    rows,
  });

/** An error of the edge itself, with its status. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly body: ErrorBody,
    readonly retryAfterSeconds?: number,
  ) {
    super(body.message);
  }
}

export const notSignedIn = (): ApiError =>
  new ApiError(401, {
    code: 'not-signed-in',
    message: 'No valid access token came with the request.',
    remedy: 'Sign in at POST /api/v1/auth/login and send the header "Authorization: Bearer <accessToken>".',
  });

export const wrongPassword = (): ApiError =>
  new ApiError(401, { code: 'wrong-password', message: 'User name or password is wrong.' });

export const passwordExpired = (): ApiError =>
  new ApiError(401, {
    code: 'password-expired',
    message: 'The time of this temporary password is over.',
    remedy: 'Ask an administrator for a new one.',
  });

export const totpRequired = (): ApiError =>
  new ApiError(401, {
    code: 'totp-required',
    message: 'The code of the authenticator is needed.',
    field: 'totp',
    remedy: 'Send it, or one of the recovery codes, as totp.',
  });

export const wrongTotp = (): ApiError =>
  new ApiError(401, {
    code: 'wrong-totp',
    message: 'The code is wrong, or was used before.',
    field: 'totp',
    remedy: 'Wait for the next code, or use a recovery code.',
  });

export const sessionOver = (): ApiError =>
  new ApiError(401, { code: 'session-over', message: 'The session is over.', remedy: 'Sign in again.' });

export const busy = (message: string): ApiError =>
  new ApiError(503, { code: 'busy', message, remedy: 'Try again in a moment.' }, 15);

export const otherOrigin = (): ApiError =>
  new ApiError(403, { code: 'other-origin', message: 'Only pages of this server may ask for this.' });

export const gatewayAway = (): ApiError =>
  new ApiError(503, { code: 'gateway-away', message: 'No gateway answers.', remedy: 'Try again when one runs.' }, 15);

export const passwordDue = (): ApiError =>
  new ApiError(403, {
    code: 'password-change-required',
    message: 'Somebody else gave you your password.',
    remedy: 'Choose your own first: POST /api/v1/auth/password.',
  });

export const totpDue = (): ApiError =>
  new ApiError(403, {
    code: 'totp-enrolment-required',
    message: 'Your role signs in with an authenticator, and you have none yet.',
    remedy: 'Set one up: POST /api/v1/auth/totp/enrol.',
  });

export const forbidden = (role: string): ApiError =>
  new ApiError(403, { code: 'forbidden', message: `The role ${role} may not do this.` });

/** Which status a fault of the registry becomes. */
const REGISTRY_STATUS: readonly [new (...args: never[]) => RegistryError, number, string][] = [
  [NotFoundError, 404, 'not-found'],
  [ConflictError, 409, 'conflict'],
  [FieldError, 400, 'bad-field'],
];

const HTTP_CODES: Record<number, string> = {
  400: 'bad-request',
  404: 'not-found',
  405: 'method-not-allowed',
  413: 'too-large',
  415: 'unsupported-media-type',
  429: 'too-many-requests',
};

/** PostgreSQL is away: refused, reset, shutting down, or no connection within the limit. */
const DATABASE_AWAY = /^(ECONNREFUSED|ECONNRESET|EPIPE|ENOENT|ETIMEDOUT|57P0[123]|08\w\w\w|53300)$/;

/** PostgreSQL's text cannot hold U+0000. */
const BAD_TEXT = /^(22021|22P05)$/;

/** Status and body of any error; undefined for one that nobody foresaw. */
export function httpErrorOf(
  error: unknown,
): { status: number; body: ErrorBody; retryAfterSeconds?: number } | undefined {
  if (error instanceof ApiError) return error;
  const row = REGISTRY_STATUS.find(([type]) => error instanceof type);
  if (row) {
    const { message, remedy, field } = error as RegistryError & { field?: string };
    return { status: row[1], body: { code: row[2], message, ...(field && { field }), ...(remedy && { remedy }) } };
  }
  if (error instanceof HttpException) return plain(error.getStatus(), error.message);
  const { statusCode, code, message } = error as { statusCode?: number; code?: string; message?: string };
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500)
    return plain(statusCode, message ?? 'Bad request.');
  if (code && BAD_TEXT.test(code)) return plain(400, 'Text must not hold the character U+0000.');
  if (
    (code && DATABASE_AWAY.test(code)) ||
    /connection (terminated|timeout)|timeout exceeded when trying to connect/i.test(message ?? '')
  )
    return {
      status: 503,
      body: { code: 'database-away', message: 'The database does not answer.', remedy: 'Try again in a moment.' },
      retryAfterSeconds: 5,
    };
  return undefined;
}

function plain(status: number, message: string): { status: number; body: ErrorBody } {
  return { status, body: { code: HTTP_CODES[status] ?? 'bad-request', message } };
}
