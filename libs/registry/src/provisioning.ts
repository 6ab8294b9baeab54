import { randomBytes } from 'node:crypto';

export const DEVICE_KINDS = ['handheld', 'meter'] as const;
export type DeviceKind = (typeof DEVICE_KINDS)[number];

/** What a terminal needs to sign in and to seal its journal. Shown once, when the device is provisioned. */
export interface Credentials {
  readonly deviceId: string;
  readonly mqttPassword: string;
  /** 32 bytes, base64url without padding; null where the device signs with its own Ed25519 key. */
  readonly journalKey: string | null;
  readonly epoch: number;
}

/** A new 256-bit secret, base64url without padding (43 characters). */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** The text inside the printable QR of a provisioned terminal: compact JSON that the terminal's setup screen reads. */
export function provisioningText(credentials: Credentials): string {
  const { deviceId, mqttPassword, journalKey, epoch } = credentials;
  return JSON.stringify({ v: 1, deviceId, mqttPassword, ...(journalKey && { journalKey }), epoch });
}

/** The 32 raw bytes of an Ed25519 public key given as base64url (43 characters), or undefined. */
export function parsePublicKey(text: string): Buffer | undefined {
  if (!/^[A-Za-z0-9_-]{43}$/.test(text)) return undefined;
  const bytes = Buffer.from(text, 'base64url');
  return bytes.length === 32 && bytes.toString('base64url') === text ? bytes : undefined;
}
