import { setTimeout as sleep } from 'node:timers/promises';
import { fail, type Result } from '@app/kernel';
import { bookNotice, keepRefusal, loadAcquirerByPartner } from '@app/persistence';
import { Counter } from '@app/platform';
import {
  checkSnapHeaders,
  noticeScheme,
  parseNotice,
  snapFaultAnswer,
  snapService,
  verifySnap,
  type Acquirer,
  type SnapAnswer,
  type SnapFault,
  type SnapHeaders,
} from '@app/settlement';
import type { Services } from '../services.js';

/** A notice as it came over HTTP. */
export interface RawNotice {
  method: string;
  /** As the caller called it, without host and query. */
  path: string;
  header: (name: string) => string | undefined;
  bytes: Uint8Array;
  /** It was longer than anybody may send; `bytes` is its beginning. */
  truncated: boolean;
}

/** X-TIMESTAMP may be this far from our clock. */
const SKEW_MS_MAX = 5 * 60_000;
/** A refused caller waits a little: whoever tries signatures gets few tries. */
const REFUSAL_MS = 200;
const KEPT_HEADERS = ['x-timestamp', 'x-signature', 'x-partner-id', 'x-external-id', 'channel-id', 'content-type'];
const HEADER_CHARACTERS_MAX = 2_048;

/** Takes acquirers' payment notices: verifies them over the raw bytes, books them, answers as SNAP BI wants it. */
export class SnapNotifyDesk {
  readonly #notices: Counter<'code'>;

  constructor(private readonly services: Services) {
    this.#notices = new Counter({
      name: 'eparking_snap_notices_total',
      help: 'Notices of acquirers by the SNAP code of the answer; dropped: refused and not kept, the day was full.',
      labelNames: ['code'],
      registers: [services.metrics],
    });
  }

  /** @throws what the database says; nothing is booked then, and the acquirer sends again */
  async take(raw: RawNotice): Promise<SnapAnswer> {
    const { database, sealer, clock } = this.services;
    const receivedAtMs = clock.now();
    const partnerId = raw.header('x-partner-id') ?? '';
    const acquirer = await loadAcquirerByPartner(database, sealer, partnerId);
    const believed = this.#believe(raw, acquirer, receivedAtMs);
    if (!believed.ok) return this.#refuse(raw, acquirer, believed.error, receivedAtMs);
    const { code } = acquirer!;
    const parsed = parseNotice(code, raw.bytes, (pan) => sealer.payerHash(pan));
    const { externalId } = believed.value;
    const received = { acquirer: code, externalId, headers: keptHeaders(raw), bytes: raw.bytes, receivedAtMs };
    const { answer } = await bookNotice(database, sealer, received, parsed);
    // A repeated id has its bytes kept with the refused: the first notice holds its place.
    if (answer.responseCode.startsWith('409')) await this.#keep(raw, acquirer, answer, receivedAtMs);
    this.#notices.inc({ code: answer.responseCode });
    return answer;
  }

  /** Form first, then who it is. The fault tells which check failed and nothing of what was expected. */
  #believe(raw: RawNotice, acquirer: Acquirer | undefined, nowMs: number): Result<SnapHeaders, SnapFault> {
    if (raw.truncated) return fail({ code: 'bad-body', field: '' });
    const headers = checkSnapHeaders(raw.header, { nowMs, timestampSkewMsMax: SKEW_MS_MAX });
    if (!headers.ok) return headers;
    const scheme = acquirer && noticeScheme(acquirer);
    const { token, timestamp, signature } = headers.value;
    const signed = { method: raw.method, path: raw.path, token, timestamp, body: raw.bytes };
    if (!scheme || !verifySnap(scheme, signed, signature)) return fail({ code: 'unauthorized', field: 'Signature' });
    return headers;
  }

  async #refuse(
    raw: RawNotice,
    acquirer: Acquirer | undefined,
    fault: SnapFault,
    receivedAtMs: number,
  ): Promise<SnapAnswer> {
    const answer = snapFaultAnswer(snapService.notify, fault);
    await this.#keep(raw, acquirer, answer, receivedAtMs);
    this.#notices.inc({ code: answer.responseCode });
    await sleep(REFUSAL_MS);
    return answer;
  }

  async #keep(raw: RawNotice, acquirer: Acquirer | undefined, answer: SnapAnswer, receivedAtMs: number): Promise<void> {
    const { database, sealer } = this.services;
    const { bytes, truncated } = raw;
    const refused = {
      acquirer: acquirer?.code ?? null,
      headers: keptHeaders(raw),
      bytes,
      truncated,
      answer,
      receivedAtMs,
    };
    if (!(await keepRefusal(database, sealer, refused))) this.#notices.inc({ code: 'dropped' });
  }
}

/** What is evidence of a notice; the access token is a secret and left out. */
function keptHeaders({ header }: RawNotice): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const name of KEPT_HEADERS) {
    const value = header(name);
    if (value !== undefined) kept[name] = value.replaceAll('\0', '').slice(0, HEADER_CHARACTERS_MAX);
  }
  return kept;
}
