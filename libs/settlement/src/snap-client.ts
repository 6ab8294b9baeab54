import { fail, ok, type Result } from '@app/kernel';
import { formatSnapAmount, parseNotice, type HashPan, type PaymentNotice } from './snap-notice.js';
import type { QrisOrder } from './qris-order.js';
import { snapService } from './snap-response.js';

/** What we know at a provider. */
export interface SnapMerchant {
  merchantId: string;
  /** Prefix of the provider's paths, e.g. `/v1.0`. */
  pathPrefix: string;
}

/** A call to a provider, before it is signed and sent. */
export interface SnapCall {
  method: 'POST';
  path: string;
  body: string;
}

/** What a provider answered when it did not do what we asked. */
export interface SnapRefusal {
  /** `unclear`: the answer cannot be read, or the provider failed: nothing is known, ask again. */
  code: 'refused' | 'unclear';
  /** The provider's response code, e.g. `4095201`, where it gave one. */
  responseCode: string | null;
  message: string;
}

/** Asks for a dynamic code for an order (service 47). */
export function generateCall(order: QrisOrder, merchant: SnapMerchant): SnapCall {
  const body = {
    partnerReferenceNo: order.orderId,
    amount: { value: formatSnapAmount(order.amount), currency: 'IDR' },
    merchantId: merchant.merchantId,
    terminalId: order.device,
    validityPeriod: jakartaTime(order.expiresAt),
  };
  return { method: 'POST', path: `${merchant.pathPrefix}/qr/qr-mpm-generate`, body: JSON.stringify(body) };
}

/** Asks what became of an order (service 51): repairs a notice that was missed. */
export function queryCall(order: QrisOrder, merchant: SnapMerchant): SnapCall {
  const body = {
    originalPartnerReferenceNo: order.orderId,
    ...(order.referenceNo ? { originalReferenceNo: order.referenceNo } : {}),
    serviceCode: snapService.generate,
    merchantId: merchant.merchantId,
  };
  return { method: 'POST', path: `${merchant.pathPrefix}/qr/qr-mpm-query`, body: JSON.stringify(body) };
}

/** The QR text and the provider's reference out of the answer to a generate call. The text is not checked here. */
export function parseGenerateAnswer(
  httpStatus: number,
  raw: Uint8Array,
): Result<{ qr: string; referenceNo: string | null }, SnapRefusal> {
  const answer = readAnswer(httpStatus, raw);
  if (!answer.ok) return answer;
  const { qrContent, referenceNo } = answer.value;
  if (typeof qrContent !== 'string' || qrContent.length < 1 || qrContent.length > 512) {
    return fail({
      code: 'unclear',
      responseCode: null,
      message: 'the answer carries no qrContent of 1 to 512 characters',
    });
  }
  return ok({ qr: qrContent, referenceNo: typeof referenceNo === 'string' ? referenceNo : null });
}

/** The state of an order out of the answer to a query call, as the notice that was missed. */
export function parseQueryAnswer(
  provider: string,
  order: QrisOrder,
  httpStatus: number,
  raw: Uint8Array,
  hashPan: HashPan,
): Result<PaymentNotice, SnapRefusal> {
  const answer = readAnswer(httpStatus, raw);
  if (!answer.ok) return answer;
  // Some providers leave their own reference out of the answer: then our order id stands for it.
  const { originalReferenceNo, ...rest } = answer.value;
  const body = { ...rest, originalReferenceNo: originalReferenceNo || order.referenceNo || order.orderId };
  const notice = parseNotice(provider, new TextEncoder().encode(JSON.stringify(body)), hashPan);
  if (notice.ok) return notice;
  const message = `the answer's ${notice.error.field || 'body'} cannot be read (${notice.error.code})`;
  return fail({ code: 'unclear', responseCode: null, message });
}

function readAnswer(httpStatus: number, raw: Uint8Array): Result<Record<string, unknown>, SnapRefusal> {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(raw));
  } catch {
    return fail({ code: 'unclear', responseCode: null, message: `HTTP ${httpStatus} with a body that is no JSON` });
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return fail({ code: 'unclear', responseCode: null, message: `HTTP ${httpStatus} with a body that is no object` });
  }
  const answer = value as Record<string, unknown>;
  const responseCode = typeof answer.responseCode === 'string' ? answer.responseCode.slice(0, 7) : null;
  if (httpStatus === 200 && responseCode?.startsWith('200')) return ok(answer);
  const isRefused = httpStatus >= 400 && httpStatus < 500 && httpStatus !== 408 && httpStatus !== 429;
  return fail({
    code: isRefused ? 'refused' : 'unclear',
    responseCode,
    message: `HTTP ${httpStatus}, response code ${responseCode ?? 'none'}`,
  });
}

/** An instant as SNAP writes it: `2026-11-21T09:15:02+07:00`, whole seconds, Jakarta. */
export function jakartaTime(instantMs: number): string {
  return `${new Date(instantMs + 7 * 3_600_000).toISOString().slice(0, 19)}+07:00`;
}
