import { createHmac, generateKeyPairSync, sign } from 'node:crypto';
import { canonicalJson, canonicalJsonWithout } from '@app/protocol';
import type { DeviceKey, RegisteredDevice } from '@app/registry';
import { verifyMessage, type VerifiedItem } from './verify-message.js';

const journalKey = Buffer.alloc(32, 1);
const fields = {
  v: 1,
  epoch: 1,
  seq: 1,
  type: 'boot',
  at: '2026-11-20T10:00:00+07:00',
  body: { reason: 'r', firmware: 'f' },
  prev: '',
};

function deviceWith(key: DeviceKey): RegisteredDevice {
  return {
    deviceNo: 1,
    deviceId: 'hh-0001',
    kind: 'handheld',
    status: 'active',
    epoch: 1,
    keyOf: (epoch) => (epoch === 1 ? key : undefined),
    assignments: [{ from: -Infinity, to: Infinity, pointId: 1 }],
  };
}
const device = deviceWith({ kind: 'hmac', bytes: journalKey });
function macOf(record: object): string {
  return createHmac('sha256', journalKey).update(canonicalJsonWithout(record, 'mac')).digest('base64url');
}
const verify = (value: unknown) => verifyMessage(Buffer.from(JSON.stringify(value)), device);

describe('verifyMessage', () => {
  it('keeps the canonical form of the whole record, equal to that of RFC 8785', () => {
    const record = { ...fields, body: { z: 1, a: [true, null, { é: '\u20ac', '😀': 2 }], reason: 'r', firmware: 'f' } };
    const sealed = { ...record, mac: macOf(record) };
    const [item] = verify(sealed);
    expect(item).toMatchObject({ kind: 'record', bodyFault: null, canonical: canonicalJson(sealed) });
  });

  it('reads numbers as the integers they are before the MAC is checked', () => {
    const record = { ...fields, type: 'test', body: { amount: 2000, technician: 't' } };
    const text = JSON.stringify({ ...record, mac: macOf(record) })
      .replace('2000', '2.0e3')
      .replace('"seq":1', '"seq":1.0');
    expect(verifyMessage(Buffer.from(text), device)).toMatchObject([{ kind: 'record', seq: 1, bodyFault: null }]);
  });

  it('takes the last of a repeated key', () => {
    const text = JSON.stringify({ ...fields, mac: macOf(fields) }).replace('{', '{"seq":77,');
    expect(verifyMessage(Buffer.from(text), device)).toMatchObject([{ kind: 'record', seq: 1 }]);
  });

  it('verifies Ed25519 signatures of a secure element, and takes no MAC in their place', () => {
    const pair = generateKeyPairSync('ed25519');
    const bytes = pair.publicKey.export({ format: 'der', type: 'spki' }).subarray(12);
    const secure = deviceWith({ kind: 'ed25519', bytes });
    const sig = sign(null, Buffer.from(canonicalJson(fields)), pair.privateKey).toString('base64url');
    const good = verifyMessage(Buffer.from(JSON.stringify({ ...fields, sig })), secure);
    expect(good).toMatchObject([{ kind: 'record', seal: sig, canonical: canonicalJson({ ...fields, sig }) }]);
    const forged = verifyMessage(Buffer.from(JSON.stringify({ ...fields, seq: 2, sig })), secure);
    expect(forged).toMatchObject([{ code: 'bad-mac', seq: 2 }]);
    const mac = verifyMessage(Buffer.from(JSON.stringify({ ...fields, mac: macOf(fields) })), secure);
    expect(mac).toMatchObject([{ code: 'bad-mac' }]);
  });

  it('tells epoch and seq of a bad envelope as far as each can be read', () => {
    expect(verify({ ...fields, mac: 'x', extra: 1 })).toMatchObject([{ code: 'bad-schema', epoch: 1, seq: 1 }]);
    expect(verify({ ...fields, epoch: 'one', mac: 'x' })).toMatchObject([{ code: 'bad-schema', epoch: null, seq: 1 }]);
    expect(verify({ ...fields, seq: 0, mac: 'x' })).toMatchObject([{ code: 'bad-schema', epoch: 1, seq: null }]);
    expect(verify(7)).toMatchObject([{ code: 'bad-schema', epoch: null, seq: null }]);
    expect(verify([[fields]])).toMatchObject([{ code: 'bad-schema' }]);
  });

  it('refuses what leaves no canonical form before it looks at the epoch', () => {
    const deep = JSON.parse(`${'{"a":'.repeat(8)}1${'}'.repeat(8)}`) as object;
    for (const body of [{ a: 0.5 }, { a: 2 ** 53 }, { a: '\ud800' }, deep]) {
      expect(verify({ ...fields, epoch: 99, body, mac: 'x' })).toMatchObject([{ code: 'bad-schema' }]);
    }
    expect(verify({ ...fields, epoch: 99, mac: 'x' })).toMatchObject([{ code: 'unknown-epoch', epoch: 99, seq: 1 }]);
  });

  it('reads no message with a byte-order mark, broken UTF-8 or broken JSON', () => {
    const good = JSON.stringify({ ...fields, mac: macOf(fields) });
    for (const bytes of [`\ufeff${good}`, good.slice(1), '']) {
      expect(verifyMessage(Buffer.from(bytes), device)).toMatchObject([{ code: 'bad-json', seq: null }]);
    }
    expect(verifyMessage(Buffer.from([0x22, 0xff, 0x22]), device)).toMatchObject([{ code: 'bad-json' }]);
  });

  describe('of canonical payments, whose bytes are read without parsing', () => {
    const body = { amount: 2000, attendant: 'a', method: 'cash', shift: 's', tariff: 't', vehicleClass: 'car' };
    const payment = (changes: object = {}): { mac: string } => {
      const record = { ...fields, type: 'payment', body, ...changes };
      return { mac: macOf(record), ...record };
    };
    const cases: [string, object][] = [
      ['are right', payment()],
      [
        'carry a ticket, a plate and a QRIS payment',
        payment({ body: { ...body, ticket: 'K', plate: 'P', qris: { rrn: '1' } } }),
      ],
      ['have a forged MAC', { ...payment(), mac: macOf(fields) }],
      ['have a MAC that is none', { ...payment(), mac: 'x' }],
      ['have another amount than was sealed', { ...payment(), body: { ...body, amount: 2001 } }],
      ['are of an epoch never given', payment({ epoch: 9 })],
      ['have no instant', payment({ at: 'now' })],
      ['have an unknown method', payment({ body: { ...body, method: 'shells' } })],
      ['pay too much', payment({ body: { ...body, amount: 10_000_001 } })],
      ['have too long a shift', payment({ body: { ...body, shift: 's'.repeat(65) } })],
      ['have seq 0', payment({ seq: 0 })],
    ];

    it.each(cases)('it says the same as of parsed ones that %s', (_which, record) => {
      const canonical = canonicalJson(record);
      const { mac } = record as { mac: string };
      const last = `${canonicalJsonWithout(record, 'mac').slice(0, -1)},"mac":"${mac}"}`;
      const [parsed] = verifyMessage(Buffer.from(`${canonical} `), device) as [VerifiedItem];
      for (const text of [canonical, last]) {
        const bytes = 'bytes' in parsed && parsed.bytes ? Buffer.from(text) : null;
        expect(verifyMessage(Buffer.from(text), device)).toEqual([{ ...parsed, bytes }]);
        const among = verifyMessage(Buffer.from(`[${canonicalJson(payment())},${text}]`), device);
        expect(among).toEqual([expect.objectContaining({ bodyFault: null }), { ...parsed, bytes }]);
      }
    });

    it('it takes no MAC of a terminal that signs', () => {
      const secure = deviceWith({ kind: 'ed25519', bytes: Buffer.alloc(32, 1) });
      expect(verifyMessage(Buffer.from(canonicalJson(payment())), secure)).toMatchObject([{ code: 'bad-mac' }]);
    });

    it('it refuses the whole message when one record among them is no JSON', () => {
      const text = `[${canonicalJson(payment())},{"seq":}]`;
      expect(verifyMessage(Buffer.from(text), device)).toMatchObject([{ code: 'bad-json', seq: null }]);
    });
  });

  it('never throws, whatever the bytes', () => {
    const base = Buffer.from(JSON.stringify([{ ...fields, mac: macOf(fields) }]));
    for (let i = 0; i < base.length; i++) {
      for (const flip of [1, 32, 255]) {
        const bytes = Buffer.from(base);
        bytes[i]! ^= flip;
        expect(verifyMessage(bytes, device)).toHaveLength(1);
      }
    }
  });
});
