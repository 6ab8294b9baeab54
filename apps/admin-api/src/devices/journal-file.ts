import { createCipheriv, createHash, randomBytes, scrypt } from 'node:crypto';
import { once } from 'node:events';
import { PassThrough, type Writable } from 'node:stream';
import { promisify } from 'node:util';
import { readJournal, requireDevice, type SealedEpochKey } from '@app/persistence';
import { journalKeyContext, type Sealer } from '@app/registry';
import type { Services } from '../services.js';

/** What the signature at the end is over, before the hash: a signature for one purpose serves no other. */
const ATTESTED = 'eparking-journal/1 ';

/**
 * A device's journal as NDJSON (docs/JOURNAL-EXPORT.md): a head that names what must be there, the records as they were
 * received, other authentic content for places already taken, and an end with the hash of all before it, signed.
 */
export function journalFile(services: Services, deviceId: string, by: string): PassThrough {
  const out = new PassThrough();
  write(services, deviceId, by, out).catch((error: unknown) => {
    if (!out.destroyed) services.log.error({ err: error, deviceId }, 'journal export failed');
    out.destroy(error instanceof Error ? error : new Error(String(error)));
  });
  return out;
}

async function write(services: Services, deviceId: string, by: string, out: Writable): Promise<void> {
  const { database, sealer, clock } = services;
  const hash = createHash('sha256');
  const counts = { records: 0, conflicts: 0 };
  const lines = async (texts: readonly string[]): Promise<void> => {
    const chunk = texts.map((text) => `${text}\n`).join('');
    hash.update(chunk);
    if (out.destroyed) throw new Error('the reader of the export went away');
    if (!out.write(chunk)) await Promise.race([once(out, 'drain'), once(out, 'close')]);
  };
  await readJournal(
    database,
    deviceId,
    async (head) => {
      const exportedAt = new Date(clock.now()).toISOString();
      await lines([JSON.stringify({ format: 'eparking-journal', version: 1, ...head, exportedAt, exportedBy: by })]);
    },
    async (records, conflict) => {
      counts[conflict ? 'conflicts' : 'records'] += records.length;
      await lines(conflict ? records.map((record) => JSON.stringify({ conflict: record })) : records);
    },
  );
  const sha256 = hash.digest('hex');
  out.end(`${JSON.stringify({ end: { ...counts, sha256, ...sealer.attest(ATTESTED + sha256) } })}\n`);
}

/** So that a device which does not exist is a 404, not a broken file. */
export async function requireJournal(services: Services, deviceId: string): Promise<void> {
  await requireDevice(services.database, deviceId, {});
}

const SCRYPT = { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 1024 * 1024 };

/** A device's secret keys in a file that only its passphrase opens (scrypt, AES-256-GCM). */
export async function keyFile(
  sealer: Sealer,
  device: string,
  keys: readonly SealedEpochKey[],
  passphrase: string,
): Promise<Record<string, unknown>> {
  const [salt, nonce] = [randomBytes(16), randomBytes(12)];
  const derive = promisify(scrypt) as (p: string, s: Buffer, n: number, o: typeof SCRYPT) => Promise<Buffer>;
  const cipher = createCipheriv('aes-256-gcm', await derive(passphrase, salt, 32, SCRYPT), nonce);
  cipher.setAAD(Buffer.from(device));
  const plain = Object.fromEntries(
    keys.map(({ epoch, sealed }) => [
      epoch,
      sealer.open(sealed, journalKeyContext(device, epoch)).toString('base64url'),
    ]),
  );
  const sealed = Buffer.concat([cipher.update(JSON.stringify(plain)), cipher.final(), cipher.getAuthTag()]);
  return {
    format: 'eparking-journal-keys',
    version: 1,
    device,
    epochs: keys.map((key) => key.epoch),
    scrypt: { N: SCRYPT.N, r: SCRYPT.r, p: SCRYPT.p, salt: salt.toString('base64url') },
    nonce: nonce.toString('base64url'),
    sealed: sealed.toString('base64url'),
  };
}
