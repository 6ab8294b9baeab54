import { readFileSync, watchFile } from 'node:fs';
import type { Server, ServerOptions } from 'node:https';

interface HttpsFiles {
  readonly certFile: string;
  readonly keyFile: string;
}

const LOOK_EVERY_MS = 5_000;

/** TLS 1.2 or newer with forward secrecy and authenticated encryption only. @throws when a file is not there */
export function readHttps({ certFile, keyFile }: HttpsFiles): ServerOptions {
  return {
    cert: readFileSync(certFile),
    key: readFileSync(keyFile),
    minVersion: 'TLSv1.2',
    ciphers: 'ECDHE+AESGCM:ECDHE+CHACHA20',
    honorCipherOrder: true,
  };
}

/** Takes a renewed certificate without a restart; one that cannot be read leaves the old one in use. */
export function renewWhenChanged(server: Server, files: HttpsFiles): void {
  watchFile(files.certFile, { interval: LOOK_EVERY_MS, persistent: false }, () => {
    try {
      server.setSecureContext(readHttps(files));
    } catch {
      // Half written: it changes again.
    }
  });
}
