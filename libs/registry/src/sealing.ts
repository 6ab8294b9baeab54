import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  createPrivateKey,
  createPublicKey,
  hkdfSync,
  randomBytes,
  sign,
} from 'node:crypto';
import { invariant } from '@app/kernel';

/** DER prefix of an Ed25519 private key (RFC 8410), before its 32 bytes. */
const ED25519_PKCS8_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');

/**
 * Seals secrets that the system must be able to read again (device journal keys), so that a stolen database alone
 * does not reveal them. AES-256-GCM; the context is authenticated, so a sealed value cannot be moved to another row.
 * Layout: version (1 byte, 1) | key id (4) | nonce (12) | tag (16) | ciphertext.
 */
export class Sealer {
  readonly #keys = new Map<string, Buffer>();
  #current = '';
  readonly #plateKey: Uint8Array;
  readonly #payerKey: Uint8Array;
  readonly #readAgain: (() => readonly Uint8Array[]) | undefined;

  /**
   * @param keys 32-byte sealing keys, the current one first; older ones still open what they sealed.
   * @param more.hashKeys the keys of hashes, which outlive a rotation; by default they come from the oldest key
   * @param more.readAgain reads the keys anew, before sealing and at an unknown key: a rotation needs no restart
   */
  constructor(keys: readonly Uint8Array[], more: SealerOptions = {}) {
    this.#take(keys);
    const hashKeys = more.hashKeys ?? derivedHashKeys(keys.at(-1)!);
    this.#plateKey = hashKeys.subarray(0, 32);
    this.#payerKey = hashKeys.subarray(32);
    this.#readAgain = more.readAgain;
  }

  #take(keys: readonly Uint8Array[]): void {
    invariant(keys.length > 0, 'at least one sealing key is needed');
    for (const key of keys) {
      invariant(key.length === 32, 'a sealing key has 32 bytes');
      this.#keys.set(keyId(key), Buffer.from(hkdfSync('sha256', key, '', 'eparking/seal/v1', 32)));
    }
    this.#current = keyId(keys[0]!);
  }

  /** Tells under which key a value is sealed: the four bytes that stand in it. */
  get currentKeyId(): Buffer {
    return Buffer.from(this.#current, 'hex');
  }

  /** Whether what was sealed under this key can be opened. */
  knows(id: Uint8Array): boolean {
    return this.#keys.has(Buffer.from(id).toString('hex'));
  }

  /** A fingerprint of the keys of hashes: two systems with the same make the same hashes. */
  get hashKeyId(): string {
    return createHmac('sha256', this.#plateKey).update('eparking/hash-key-id').digest('hex').slice(0, 8);
  }

  /** Seals bytes for a context such as `device-key/17/2`. */
  seal(plain: Uint8Array, context: string): Buffer {
    if (this.#readAgain) this.#take(this.#readAgain());
    const nonce = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', this.#keys.get(this.#current)!, nonce);
    cipher.setAAD(Buffer.from(context));
    const sealed = Buffer.concat([cipher.update(plain), cipher.final()]);
    return Buffer.concat([Buffer.of(1), Buffer.from(this.#current, 'hex'), nonce, cipher.getAuthTag(), sealed]);
  }

  /** Opens what `seal` made for the same context. Throws SealError when the key is missing or the bytes were changed. */
  open(sealed: Uint8Array, context: string): Buffer {
    const bytes = Buffer.from(sealed);
    if (bytes.length < 33 || bytes[0] !== 1) throw new SealError('not a sealed value of a known version');
    const id = bytes.subarray(1, 5).toString('hex');
    if (!this.#keys.has(id) && this.#readAgain) this.#take(this.#readAgain());
    const key = this.#keys.get(id);
    if (!key)
      throw new SealError(
        'sealed under a key that is not configured: set EPARKING_SEALING_KEY to the key of this database',
      );
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(5, 17));
    decipher.setAAD(Buffer.from(context));
    decipher.setAuthTag(bytes.subarray(17, 33));
    try {
      return Buffer.concat([decipher.update(bytes.subarray(33)), decipher.final()]);
    } catch {
      throw new SealError('the sealed value was changed or belongs to another place');
    }
  }

  /**
   * Signs a text with Ed25519, so that others can tell that a file came from this system unchanged. The key changes with
   * the sealing key. Both values are base64url.
   */
  attest(text: string): { publicKey: string; signature: string } {
    const seed = Buffer.from(hkdfSync('sha256', this.#keys.get(this.#current)!, '', 'eparking/attest/v1', 32));
    const der = Buffer.concat([ED25519_PKCS8_PREFIX, seed]);
    const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
    const publicKey = createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(-32).toString('base64url');
    return { publicKey, signature: sign(null, Buffer.from(text), key).toString('base64url') };
  }

  /** Keyed hash of a licence plate (letters and digits only, upper case), for matching without keeping the plate. */
  plateHash(plate: string): Buffer {
    return createHmac('sha256', this.#plateKey)
      .update(plate.toUpperCase().replace(/[^A-Z0-9]/g, ''))
      .digest();
  }

  /** Keyed hash (hex) of a payer's number, for telling payers apart without keeping the number. */
  payerHash(number: string): string {
    return createHmac('sha256', this.#payerKey).update(number).digest('hex');
  }
}

export interface SealerOptions {
  readonly hashKeys?: Uint8Array | undefined;
  readonly readAgain?: (() => readonly Uint8Array[]) | undefined;
}

/** The keys of hashes (plates, then payers; 64 bytes) that belong to a sealing key; to be kept when that key goes. */
export function derivedHashKeys(key: Uint8Array): Buffer {
  const derive = (use: string): Buffer => Buffer.from(hkdfSync('sha256', key, '', use, 32));
  return Buffer.concat([derive('eparking/plate/v1'), derive('eparking/payer/v1')]);
}

export class SealError extends Error {
  override name = 'SealError';
}

/** A sealer on the keys that the configuration gives. */
export function sealerOf(given: { readonly keys: readonly Uint8Array[]; readonly more: SealerOptions }): Sealer {
  return new Sealer(given.keys, given.more);
}

/** The context under which a device's journal key is sealed. */
export function journalKeyContext(deviceId: string, epoch: number): string {
  return `device-journal-key/${deviceId}/${epoch}`;
}

/** SHA-256 of a random 256-bit secret (MQTT password, session token): enough for secrets that nobody can guess. */
export function secretHash(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}

function keyId(key: Uint8Array): string {
  return createHash('sha256').update('eparking/key-id/').update(key).digest('hex').slice(0, 8);
}
