import { createHash, createHmac, createSign, createVerify, timingSafeEqual } from 'node:crypto';

/**
 * SNAP BI's signatures, read anew from its standard and written here a second time on purpose: a fault in the system's
 * own code would otherwise be on both sides and never show.
 */

/** A request as it is signed. The body is the very text that goes over the wire, which this provider writes compact. */
export interface SignedRequest {
  readonly method: string;
  readonly path: string;
  readonly token: string;
  readonly body: string;
  readonly timestamp: string;
}

function bodyDigest(body: string): string {
  // Whoever calls may write JSON with spaces; the standard signs it without.
  let compact = body;
  try {
    compact = JSON.stringify(JSON.parse(body));
  } catch {
    // No JSON: the digest of what came then; it is refused for what it is.
  }
  return createHash('sha256').update(compact).digest('hex').toLowerCase();
}

export function hmacSignature(secret: string, { method, path, token, body, timestamp }: SignedRequest): string {
  const text = `${method}:${path}:${token}:${bodyDigest(body)}:${timestamp}`;
  return createHmac('sha512', secret).update(text, 'utf8').digest('base64');
}

export function isHmacSignature(secret: string, request: SignedRequest, signature: string): boolean {
  const [wanted, given] = [Buffer.from(hmacSignature(secret, request)), Buffer.from(signature)];
  return wanted.length === given.length && timingSafeEqual(wanted, given);
}

function rsaText({ method, path, body, timestamp }: SignedRequest): string {
  return `${method}:${path}:${bodyDigest(body)}:${timestamp}`;
}

export function rsaSignature(privateKey: string, request: SignedRequest): string {
  return createSign('RSA-SHA256').update(rsaText(request)).sign(privateKey, 'base64');
}

export function isRsaSignature(publicKey: string, request: SignedRequest, signature: string): boolean {
  return createVerify('RSA-SHA256').update(rsaText(request)).verify(publicKey, signature, 'base64');
}

/** Who asks for an access token signs `clientKey|timestamp`. */
export function isTokenSignature(publicKey: string, clientKey: string, timestamp: string, signature: string): boolean {
  return createVerify('RSA-SHA256').update(`${clientKey}|${timestamp}`).verify(publicKey, signature, 'base64');
}

/** `2026-11-21T09:15:02+07:00` */
export function jakartaInstant(ms: number): string {
  return `${new Date(ms + 7 * 3_600_000).toISOString().slice(0, 19)}+07:00`;
}
