import type { FastifyReply, FastifyRequest } from 'fastify';
import { otherOrigin } from '../http/errors.js';

/**
 * The refresh token lives in a cookie that no script can read and no other site can have sent. Behind TLS its name
 * makes the browser insist on that (`__Host-`, RFC 6265bis, 4.1.3).
 */
const nameFor = (request: FastifyRequest): string =>
  request.protocol === 'https' ? '__Host-eparking-refresh' : 'eparking-refresh';

export function readRefreshCookie(request: FastifyRequest): string | undefined {
  const prefix = `${nameFor(request)}=`;
  const pair = (request.headers.cookie ?? '').split(/; */).find((text) => text.startsWith(prefix));
  return pair?.slice(prefix.length) || undefined;
}

/** Sets the cookie, or removes it (`value` undefined). */
export function writeRefreshCookie(
  request: FastifyRequest,
  reply: FastifyReply,
  value: string | undefined,
  ageMsMax: number,
): void {
  const age = value === undefined ? 0 : Math.floor(ageMsMax / 1000);
  const secure = request.protocol === 'https' ? '; Secure' : '';
  void reply.header(
    'set-cookie',
    `${nameFor(request)}=${value ?? ''}; Path=/; Max-Age=${age}; HttpOnly; SameSite=Strict${secure}`,
  );
}

/**
 * Besides SameSite: whatever another origin's page sends is refused. (A program that is no browser sends neither
 * header.) @throws ApiError 403
 */
export function refuseOtherOrigin(request: FastifyRequest): void {
  const { origin, 'sec-fetch-site': site } = request.headers;
  if (origin !== undefined && (!URL.canParse(origin) || new URL(origin).host !== request.host)) throw otherOrigin();
  if (site !== undefined && site !== 'same-origin' && site !== 'none') throw otherOrigin();
}
