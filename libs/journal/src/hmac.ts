import { createHmac, hash } from 'node:crypto';

const BLOCK_BYTES = 64;
const DIGEST_BYTES = 32;
/** Longer texts are left to Node's Hmac, which costs less beside them. UTF-8 takes at most three bytes a character. */
const TEXT_CHARS_MAX = 4_096;

interface Pads {
  readonly inner: Buffer;
  /** The outer pad, and room for the inner digest behind it. */
  readonly outer: Buffer;
}

const padsOfKey = new WeakMap<Uint8Array, Pads>();
/** The inner pad and a text: used within one call, so one is enough. */
const inside = Buffer.alloc(BLOCK_BYTES + TEXT_CHARS_MAX * 3);

/**
 * HMAC-SHA-256 (RFC 2104) of a text's UTF-8 bytes, as base64url without padding. By two digests whose pads are kept with
 * the key, which takes half the time of a new Hmac object a text (docs/PERFORMANCE.md).
 * @param key whose bytes never change
 */
export function hmacSha256(key: Uint8Array, text: string): string {
  if (key.length > BLOCK_BYTES || text.length > TEXT_CHARS_MAX)
    return createHmac('sha256', key).update(text).digest('base64url');
  return ofInside(key, BLOCK_BYTES + inside.write(text, BLOCK_BYTES));
}

/** Bytes of a message without some in their midst; the upper ends are the bytes after. */
export interface CutBytes {
  readonly from: number;
  readonly to: number;
  readonly cutFrom: number;
  readonly cutTo: number;
}

/** The same of bytes that need not become a text first. */
export function hmacSha256Cut(key: Uint8Array, bytes: Buffer, { from, to, cutFrom, cutTo }: CutBytes): string {
  if (key.length > BLOCK_BYTES || to - from > TEXT_CHARS_MAX) {
    const hmac = createHmac('sha256', key).update(bytes.subarray(from, cutFrom));
    return hmac.update(bytes.subarray(cutTo, to)).digest('base64url');
  }
  const before = bytes.copy(inside, BLOCK_BYTES, from, cutFrom);
  const after = bytes.copy(inside, BLOCK_BYTES + before, cutTo, to);
  return ofInside(key, BLOCK_BYTES + before + after);
}

/** @param end of the text in {@link inside} */
function ofInside(key: Uint8Array, end: number): string {
  let pads = padsOfKey.get(key);
  if (!pads) padsOfKey.set(key, (pads = padsOf(key)));
  const { inner, outer } = pads;
  inside.set(inner);
  outer.write(hash('sha256', inside.subarray(0, end), 'binary'), BLOCK_BYTES, 'latin1');
  return hash('sha256', outer, 'base64url');
}

function padsOf(key: Uint8Array): Pads {
  const inner = Buffer.alloc(BLOCK_BYTES, 0x36);
  const outer = Buffer.alloc(BLOCK_BYTES + DIGEST_BYTES, 0x5c);
  key.forEach((byte, index) => {
    inner[index] = byte ^ 0x36;
    outer[index] = byte ^ 0x5c;
  });
  return { inner, outer };
}
