import { createHmac, generateKeyPairSync, sign } from 'node:crypto';
import { canonicalJson, canonicalJsonWithout } from '@app/protocol';
import type { DeviceKey, RegisteredDevice } from '@app/registry';
import { verifyMessage } from './verify-message.js';

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
