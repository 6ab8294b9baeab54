import {
  createHash,
  createHmac,
  sign as rsaSign,
  timingSafeEqual,
  verify as rsaVerify,
  type KeyLike,
} from 'node:crypto';

/**
 * How a provider signs. SNAP BI knows two: a shared secret over a text with the access token (DOKU, Finpay), and the
 * provider's RSA key over a text without it (PayerMax, DOKU's asymmetric mode).
 */
export type SnapScheme =
  | { kind: 'symmetric'; secret: string; encoding: 'base64' | 'hex' }
  | { kind: 'asymmetric'; publicKey: KeyLike; encoding: 'base64' | 'hex' };

/** What is signed. `path` as the caller called it, without host and query; `timestamp` as it stood in X-TIMESTAMP. */
export interface SnapSigned {
  method: string;
  path: string;
  /** The bearer token without `Bearer `; unused by the asymmetric scheme. */
  token: string;
  timestamp: string;
  body: Uint8Array;
}

/**
 * Removes the white space between JSON tokens from raw bytes and touches nothing else: no re-serialising, so key
 * order, number forms and escapes stay as the sender signed them. White space inside strings stays.
 */
export function minifyJson(raw: Uint8Array): Uint8Array {
  const out = new Uint8Array(raw.length);
  let length = 0;
  let inString = false;
  let escaped = false;
  for (const byte of raw) {
    if (inString) {
      if (escaped) escaped = false;
      else if (byte === 0x5c) escaped = true;
      else if (byte === 0x22) inString = false;
    } else if (byte === 0x22) inString = true;
    else if (byte === 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d) continue;
    out[length++] = byte;
  }
  return out.subarray(0, length);
}

/** `METHOD:path:token:lowerhex(sha256(minified body)):timestamp`; the asymmetric scheme leaves the token part out. */
export function snapStringToSign(kind: SnapScheme['kind'], signed: SnapSigned): string {
  const digest = createHash('sha256').update(minifyJson(signed.body)).digest('hex');
  const parts = [signed.method.toUpperCase(), signed.path];
  if (kind === 'symmetric') parts.push(signed.token);
  return [...parts, digest, signed.timestamp].join(':');
}

/** HMAC-SHA512 with the shared secret, base64. */
export function signSymmetric(secret: string, signed: SnapSigned): string {
  return createHmac('sha512', secret).update(snapStringToSign('symmetric', signed)).digest('base64');
}

/** SHA256withRSA (PKCS #1 v1.5) with our private key, base64: for a provider simulator and for our own calls. */
export function signAsymmetric(privateKey: KeyLike, signed: SnapSigned): string {
  return rsaSign('RSA-SHA256', Buffer.from(snapStringToSign('asymmetric', signed)), privateKey).toString('base64');
}

/** The text that is signed to ask for an access token: `clientKey|timestamp`. */
export function accessTokenStringToSign(clientKey: string, timestamp: string): string {
  return `${clientKey}|${timestamp}`;
}

/** True when the signature fits. The symmetric comparison takes constant time; a malformed signature is just false. */
export function verifySnap(scheme: SnapScheme, signed: SnapSigned, signature: string): boolean {
  const given = decodeStrictly(signature, scheme.encoding);
  if (!given) return false;
  const text = Buffer.from(snapStringToSign(scheme.kind, signed));
  if (scheme.kind === 'asymmetric') return rsaVerify('RSA-SHA256', text, scheme.publicKey, given);
  const wanted = createHmac('sha512', scheme.secret).update(text).digest();
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

/** Node's decoders skip what they do not know; a signature must be exactly what it says. */
function decodeStrictly(text: string, encoding: 'base64' | 'hex'): Buffer | null {
  if (text.length === 0 || text.length > 2048) return null;
  const pattern = encoding === 'hex' ? /^(?:[0-9a-fA-F]{2})+$/ : /^[A-Za-z0-9+/]+={0,2}$/;
  return pattern.test(text) ? Buffer.from(text, encoding) : null;
}
