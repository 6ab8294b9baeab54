import { businessDateOf, fail, ok, type Result } from '@app/kernel';
import type { SnapFault } from './snap-response.js';

/** The headers every signed SNAP request carries, checked for form. */
export interface SnapHeaders {
  timestamp: string;
  timestampMs: number;
  signature: string;
  partnerId: string;
  externalId: string;
  channelId: string | null;
  /** From `Authorization: Bearer`; empty when the header is absent. */
  token: string;
}

export interface SnapWindow {
  nowMs: number;
  /** How far X-TIMESTAMP may be from our clock, either way. */
  timestampSkewMsMax: number;
}

const ISO = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(\.\d{1,3})?(Z|[+-]\d\d:\d\d)$/;

/** An ISO 8601 instant with offset as ms since the epoch, or null when it is none (also for days no calendar has). */
export function parseSnapInstant(text: string): number | null {
  const match = ISO.exec(text);
  if (!match) return null;
  const ms = Date.parse(text);
  if (Number.isNaN(ms)) return null;
  const day = new Date(Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3])));
  return day.getUTCDate() === Number(match[3]) ? ms : null;
}

/**
 * Checks the SNAP headers of one request: all there, well formed, timestamp within the window.
 * @param header looks a header up by its lower-case name
 */
export function checkSnapHeaders(
  header: (name: string) => string | undefined,
  window: SnapWindow,
): Result<SnapHeaders, SnapFault> {
  for (const name of ['X-TIMESTAMP', 'X-SIGNATURE', 'X-PARTNER-ID', 'X-EXTERNAL-ID']) {
    if (!header(name.toLowerCase())) return fail({ code: 'missing-field', field: name });
  }
  const timestamp = header('x-timestamp')!;
  const timestampMs = parseSnapInstant(timestamp);
  if (timestampMs === null) return fail({ code: 'bad-field', field: 'X-TIMESTAMP' });
  if (Math.abs(timestampMs - window.nowMs) > window.timestampSkewMsMax) {
    return fail({ code: 'unauthorized', field: 'X-TIMESTAMP is too far from our clock' });
  }
  const externalId = header('x-external-id')!;
  if (!/^\d{1,36}$/.test(externalId)) return fail({ code: 'bad-field', field: 'X-EXTERNAL-ID' });
  const partnerId = header('x-partner-id')!;
  if (partnerId.length > 64) return fail({ code: 'bad-field', field: 'X-PARTNER-ID' });
  const token = /^Bearer (\S{1,4096})$/.exec(header('authorization') ?? '')?.[1] ?? '';
  const channelId = header('channel-id') ?? null;
  return ok({ timestamp, timestampMs, signature: header('x-signature')!, partnerId, externalId, channelId, token });
}

/** The key under which an X-EXTERNAL-ID may be used once: per partner and business day (Asia/Jakarta). */
export function externalIdKey(headers: Pick<SnapHeaders, 'partnerId' | 'externalId'>, receivedAtMs: number): string {
  return `${businessDateOf(receivedAtMs)}/${headers.partnerId}/${headers.externalId}`;
}
