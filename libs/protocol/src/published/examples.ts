import type { Channel } from '../topics.js';
import type {
  Command,
  OrderOffer,
  OrderStateMessage,
  QrisRequest,
  Receipt,
  Reply,
  Status,
  Telemetry,
} from '../schemas/messages.js';
import type { DeviceConfig } from '../schemas/device-config.js';

/** One good message or more of each channel but the journal (test-vectors.ts has those): shown in the documents. */

const at = '2026-11-21T09:15:02+07:00';
const expiresAt = '2026-11-22T09:15:02+07:00';

const telemetry: Telemetry = {
  v: 1,
  at,
  battery: 87,
  queued: 3,
  oldestQueuedAt: '2026-11-21T08:58:40+07:00',
  signal: -71,
  firmware: '1.4.2',
  epoch: 1,
  seq: 1042,
};
const online: Status = { v: 1, state: 'online' };
const offline: Status = { v: 1, state: 'offline' };
const request: QrisRequest = { v: 1, requestId: 'r-20261121-0007', at, vehicleClass: 'car', amount: 4000 };
const done: Reply = { v: 1, id: '5b0e7c1a', ok: true };
const notDone: Reply = { v: 1, id: '5b0e7c1a', ok: false, code: 'records-erased' };
const receipt: Receipt = {
  v: 1,
  of: 'IOuQHHxFvhEM7oD7f2Ugy2ns5wKFw2-dpwV_WT0L0bo',
  epoch: 1,
  results: [
    { seq: 1042, outcome: 'accepted', flags: ['wrong-tariff'] },
    { seq: 1043, outcome: 'duplicate' },
    { seq: 1044, outcome: 'quarantined', code: 'bad-mac' },
  ],
  contiguous: 1040,
  missing: [
    [1041, 1041],
    [1044, 1044],
  ],
};
const resend: Command = {
  v: 1,
  id: '5b0e7c1a',
  name: 'resend',
  args: { epoch: 1, from: 1041, to: 1041 },
  expiresAt,
};
const lock: Command = { v: 1, id: '5b0e7c1b', name: 'lock', args: { reason: 'Return to the office' }, expiresAt };
const unlock: Command = { v: 1, id: '5b0e7c1c', name: 'unlock', args: {}, expiresAt };
const sync: Command = { v: 1, id: '5b0e7c1d', name: 'sync-config', args: {}, expiresAt };
const message: Command = {
  v: 1,
  id: '5b0e7c1e',
  name: 'message',
  args: { text: 'The shift ends at 18:00 today.' },
  expiresAt,
};
const offer: OrderOffer = {
  v: 1,
  requestId: 'r-20261121-0007',
  orderId: 'EP261121000123',
  qr: '00020101021226…6304A13F',
  expiresAt: '2026-11-21T09:20:02+07:00',
};
const paid: OrderStateMessage = { v: 1, orderId: 'EP261121000123', state: 'paid', rrn: '632509150277', at };
const unavailable: OrderStateMessage = { v: 1, requestId: 'r-20261121-0007', state: 'unavailable', at };
const config: DeviceConfig = {
  v: 1,
  version: 3,
  deviceId: 'hh-0001',
  issuedAt: at,
  point: {
    code: 'MDN-001',
    name: 'Jl. Example, north side',
    street: 'Jl. Example',
    streetClass: 'I',
    lat: 3_589_500,
    lon: 98_673_800,
    geofenceMetres: 150,
  },
  tariffs: [
    { code: 'MDN-2026-CAR', vehicleClass: 'car', kind: 'flat', amount: 4000, from: '2026-02-25', to: '2026-12-31' },
    {
      code: 'MDN-2027-CAR',
      vehicleClass: 'car',
      kind: 'progressive',
      amount: 4000,
      rule: { baseMinutes: 60, stepMinutes: 30, stepAmount: 1000, dayAmountMax: 20_000 },
      from: '2027-01-01',
    },
  ],
  hours: [
    { weekday: 1, opens: 420, closes: 1320 },
    { weekday: 2, opens: 420, closes: 1320 },
  ],
  freePeriods: [{ from: '2027-03-20', to: '2027-03-21', reason: 'Holiday' }],
  attendants: ['JP-0001', 'JP-0002'],
  limits: {
    batchRecordsMax: 100,
    payloadBytesMax: 65_536,
    inFlightMax: 500,
    amountMax: 10_000_000,
    telemetryEverySeconds: 300,
    spoolDaysMin: 60,
  },
};

export const EXAMPLES: Record<Exclude<Channel, 'journal'>, readonly object[]> = {
  telemetry: [telemetry],
  status: [online, offline],
  requests: [request],
  replies: [done, notDone],
  receipts: [receipt],
  config: [config],
  commands: [resend, lock, unlock, sync, message],
  payments: [offer, paid, unavailable],
};
