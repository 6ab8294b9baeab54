import 'reflect-metadata';
import { readFile } from 'node:fs/promises';
import { unwatchFile, watchFile } from 'node:fs';
import type { SecureContextOptions } from 'node:tls';
import { X509Crl } from '@peculiar/x509';

/** PEM files of a TLS listener; undefined where there is none. */
export interface TlsPaths {
  readonly cert: string;
  readonly key: string;
  /** The authorities whose client certificates sign a device in. */
  readonly clientCa: string | undefined;
  /** What those authorities took back. */
  readonly clientCrl: string | undefined;
}

export interface TlsMaterial {
  readonly context: SecureContextOptions;
  /** Serial numbers that were taken back, hex in lower case without leading zeros. */
  readonly revoked: ReadonlySet<string>;
}

const LOOK_EVERY_MS = 2_000;
/** Forward secrecy and authenticated encryption only; TLS 1.3 has nothing else. */
const CIPHERS = 'ECDHE+AESGCM:ECDHE+CHACHA20';

export const plainSerial = (hex: string): string => hex.toLowerCase().replace(/^0+/, '');

/** @throws when a file is not there or is no PEM */
export async function readTls({ cert, key, clientCa, clientCrl }: TlsPaths): Promise<TlsMaterial> {
  const [certPem, keyPem, ca, crl] = await Promise.all([
    readFile(cert),
    readFile(key),
    clientCa === undefined ? undefined : readFile(clientCa),
    clientCrl === undefined ? undefined : readFile(clientCrl, 'utf8'),
  ]);
  const revoked = new Set(
    crl === undefined ? [] : new X509Crl(crl).entries.map((one) => plainSerial(one.serialNumber)),
  );
  const context = {
    cert: certPem,
    key: keyPem,
    minVersion: 'TLSv1.2',
    ciphers: CIPHERS,
    honorCipherOrder: true,
  } as const;
  return { context: { ...context, ...(ca && { ca }), ...(crl !== undefined && { crl }) }, revoked };
}

/** Calls when one of the files changed: a renewed certificate, a longer revocation list. Returns how to stop. */
export function watchTls(paths: TlsPaths, onChange: () => void): () => void {
  const files = Object.values(paths).filter((path): path is string => path !== undefined);
  const changed = (now: { mtimeMs: number }, before: { mtimeMs: number }): void => {
    if (now.mtimeMs !== before.mtimeMs && now.mtimeMs > 0) onChange();
  };
  for (const file of files) watchFile(file, { interval: LOOK_EVERY_MS, persistent: false }, changed);
  return () => files.forEach((file) => unwatchFile(file, changed));
}
