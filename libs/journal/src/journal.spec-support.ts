import { createHmac } from 'node:crypto';
import { canonicalJsonWithout } from '@app/protocol';
import type { RegisteredDevice, RegistrySnapshot } from '@app/registry';

export const NOW = Date.parse('2026-11-20T03:00:00Z');

const key = { kind: 'hmac' as const, bytes: Buffer.alloc(32, 7) };

/** A handheld of one epoch at one point. */
export const device: RegisteredDevice = {
  deviceNo: 1,
  deviceId: 'hh-0001',
  kind: 'handheld',
  status: 'active',
  epoch: 1,
  keyOf: (epoch) => (epoch === 1 ? key : undefined),
  assignments: [{ from: -Infinity, to: Infinity, pointId: 5 }],
};

/** A registry that has this device, and nothing to hold a record against. */
export const snapshot: RegistrySnapshot = {
  version: 1,
  tariffs: [],
  deviceByNo: () => device,
  point: () => undefined,
  hasAttendant: () => true,
};

/** A record of the device at NOW under its seal, and the seal. */
export function sealed(record: { seq: number; type: string; body: object; prev: string }): {
  text: string;
  mac: string;
} {
  const whole = { v: 1, epoch: 1, at: new Date(NOW).toISOString(), ...record };
  const mac = createHmac('sha256', key.bytes).update(canonicalJsonWithout(whole, 'mac')).digest('base64url');
  return { text: JSON.stringify({ ...whole, mac }), mac };
}
