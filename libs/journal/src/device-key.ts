import { createPublicKey, timingSafeEqual, verify, type KeyObject } from 'node:crypto';
import type { DeviceKey } from '@app/registry';
import { hmacSha256, hmacSha256Cut, type CutBytes } from './hmac.js';

/** DER prefix of an Ed25519 SubjectPublicKeyInfo (RFC 8410), before the 32 bytes of the key. */
const ED25519_SPKI_PREFIX = Buffer.from('302a300506032b6570032100', 'hex');
const publicKeys = new WeakMap<DeviceKey, KeyObject>();

/**
 * True when `seal` is the MAC (or signature) of the canonical text under this key: base64url without padding of
 * HMAC-SHA-256, or of Ed25519 for a device with a secure element. A seal of the other kind is never right.
 */
export function isAuthentic(key: DeviceKey, canonicalText: string, seal: string, kind: 'mac' | 'sig'): boolean {
  if ((key.kind === 'hmac') !== (kind === 'mac')) return false;
  if (key.kind === 'hmac') return isSame(hmacSha256(key.bytes, canonicalText), seal);
  const signature = Buffer.from(seal, 'base64url');
  if (signature.length !== 64 || signature.toString('base64url') !== seal) return false;
  return verify(null, Buffer.from(canonicalText), publicKeyOf(key), signature);
}

/** The same of a MAC over bytes of a message. */
export function isAuthenticCut(key: DeviceKey, payload: Buffer, sealed: CutBytes, mac: string): boolean {
  return key.kind === 'hmac' && isSame(hmacSha256Cut(key.bytes, payload, sealed), mac);
}

/** SHA-256 as base64url without padding. */
const MAC_CHARS = 43;
/** Used within one call, so one pair is enough: new ones for each record would be garbage of the hot path. */
const expectedBytes = Buffer.alloc(MAC_CHARS);
const givenBytes = Buffer.alloc(MAC_CHARS);

/** How long it takes tells nothing of what is right. A text that is not as long in bytes as in characters is none of ours. */
function isSame(expected: string, given: string): boolean {
  if (given.length !== MAC_CHARS || givenBytes.write(given) !== MAC_CHARS) return false;
  expectedBytes.write(expected);
  return timingSafeEqual(expectedBytes, givenBytes);
}

function publicKeyOf(key: DeviceKey): KeyObject {
  let publicKey = publicKeys.get(key);
  if (!publicKey) {
    const der = Buffer.concat([ED25519_SPKI_PREFIX, key.bytes]);
    publicKey = createPublicKey({ key: der, format: 'der', type: 'spki' });
    publicKeys.set(key, publicKey);
  }
  return publicKey;
}
