import { createHash, generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { formatSnapAmount, parseNotice, parseSnapAmount } from './snap-notice.js';
import { checkSnapHeaders, externalIdKey, parseSnapInstant } from './snap-request.js';
import { snapCode, snapFaultAnswer, snapSuccess } from './snap-response.js';
import {
  minifyJson,
  signAsymmetric,
  signSymmetric,
  snapStringToSign,
  verifySnap,
  type SnapSigned,
} from './snap-signature.js';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const text = (raw: Uint8Array): string => new TextDecoder().decode(raw);
const signed = (body: string): SnapSigned => ({
  method: 'post',
  path: '/v1.0/qr/qr-mpm-notify',
  token: 'tok',
  timestamp: '2026-11-21T09:15:02+07:00',
  body: bytes(body),
});

describe('minified body', () => {
  it('strips white space between tokens and nowhere else', () => {
    expect(text(minifyJson(bytes('{ "a" :\t"x  \\" y",\r\n "b": 1.0 }')))).toBe('{"a":"x  \\" y","b":1.0}');
  });

  it('equals the compact form of every JSON text that was written with spaces, byte for byte', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom('  ', '\t', '\t \t'), (value, indent) => {
        expect(text(minifyJson(bytes(JSON.stringify(value, null, indent))))).toBe(JSON.stringify(value));
      }),
    );
  });

  it('keeps number forms, key order and escapes as the sender signed them', () => {
    const raw = '{"b":1.50,"a":"\\u00e9","a":2e3}';
    expect(text(minifyJson(bytes(raw)))).toBe(raw);
  });
});

describe('signatures', () => {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const symmetric = { kind: 'symmetric', secret: 's3cret', encoding: 'base64' } as const;
  const asymmetric = { kind: 'asymmetric', publicKey, encoding: 'base64' } as const;

  it('sign METHOD:path:token:hash:timestamp, without the token in the asymmetric scheme', () => {
    const hash = createHash('sha256').update('{"a":1}').digest('hex');
    expect(snapStringToSign('symmetric', signed('{ "a": 1 }'))).toBe(
      `POST:/v1.0/qr/qr-mpm-notify:tok:${hash}:2026-11-21T09:15:02+07:00`,
    );
    expect(snapStringToSign('asymmetric', signed('{"a":1}'))).toBe(
      `POST:/v1.0/qr/qr-mpm-notify:${hash}:2026-11-21T09:15:02+07:00`,
    );
  });

  it('are accepted for the same body with other spacing, refused for any other body, path, token, time or secret', () => {
    const good = signSymmetric('s3cret', signed('{"a":1}'));
    expect(verifySnap(symmetric, signed('{ "a": 1 }'), good)).toBe(true);
    expect(verifySnap(symmetric, signed('{"a":2}'), good)).toBe(false);
    expect(verifySnap(symmetric, { ...signed('{"a":1}'), path: '/v1.0/qr/other' }, good)).toBe(false);
    expect(verifySnap(symmetric, { ...signed('{"a":1}'), token: 'other' }, good)).toBe(false);
    expect(verifySnap(symmetric, { ...signed('{"a":1}'), timestamp: '2026-11-21T09:15:03+07:00' }, good)).toBe(false);
    expect(verifySnap({ ...symmetric, secret: 'other' }, signed('{"a":1}'), good)).toBe(false);
  });

  it('verify SHA256withRSA, where the token does not count', () => {
    const good = signAsymmetric(privateKey, signed('{"a":1}'));
    expect(verifySnap(asymmetric, { ...signed('{"a":1}'), token: '' }, good)).toBe(true);
    expect(verifySnap(asymmetric, signed('{"a":2}'), good)).toBe(false);
  });

  it('that are no signature at all are false, not an error', () => {
    for (const bad of ['', '=', 'zz*', 'AAAA', 'x'.repeat(3000)]) {
      expect(verifySnap(symmetric, signed('{}'), bad)).toBe(false);
      expect(verifySnap(asymmetric, signed('{}'), bad)).toBe(false);
    }
  });

  it('may come in hexadecimal where the provider is configured so', () => {
    const hex = Buffer.from(signSymmetric('s3cret', signed('{}')), 'base64').toString('hex');
    expect(verifySnap({ ...symmetric, encoding: 'hex' }, signed('{}'), hex)).toBe(true);
    expect(verifySnap(symmetric, signed('{}'), hex)).toBe(false);
  });
});

describe('headers', () => {
  const now = Date.parse('2026-11-21T02:15:00Z');
  const good: Record<string, string> = {
    'x-timestamp': '2026-11-21T09:15:02+07:00',
    'x-signature': 'abc=',
    'x-partner-id': 'dana',
    'x-external-id': '418075533589',
    authorization: 'Bearer tok',
  };
  const check = (change: Record<string, string | undefined>) =>
    checkSnapHeaders((name) => ({ ...good, ...change })[name], { nowMs: now, timestampSkewMsMax: 300_000 });

  it('are read when all are there', () => {
    expect(check({})).toMatchObject({ ok: true, value: { partnerId: 'dana', token: 'tok', timestampMs: now + 2000 } });
  });

  it.each([
    ['x-signature', undefined, 'missing-field', 'X-SIGNATURE'],
    ['x-timestamp', '2026-11-21 09:15:02', 'bad-field', 'X-TIMESTAMP'],
    ['x-timestamp', '2026-02-30T09:15:02Z', 'bad-field', 'X-TIMESTAMP'],
    ['x-timestamp', '2026-11-21T09:25:02+07:00', 'unauthorized', 'X-TIMESTAMP'],
    ['x-external-id', 'abc', 'bad-field', 'X-EXTERNAL-ID'],
    ['x-external-id', '1'.repeat(37), 'bad-field', 'X-EXTERNAL-ID'],
  ])('with %s = %s are refused as %s naming %s', (name, value, code, field) => {
    const result = check({ [name]: value });
    expect(result).toMatchObject({ ok: false, error: { code } });
    expect(result.ok ? '' : result.error.field).toContain(field);
  });

  it('allow an external id once per partner and Jakarta day', () => {
    const id = { partnerId: 'dana', externalId: '7' };
    expect(externalIdKey(id, Date.parse('2026-11-21T16:59:00Z'))).toBe('2026-11-21/dana/7');
    expect(externalIdKey(id, Date.parse('2026-11-21T17:00:00Z'))).toBe('2026-11-22/dana/7');
    expect(parseSnapInstant('2026-11-21T09:15:02.000Z')).toBe(Date.parse('2026-11-21T09:15:02Z'));
  });
});

describe('response codes', () => {
  it('are HTTP status, service and case', () => {
    expect(snapSuccess('52')).toMatchObject({ httpStatus: 200, responseCode: '2005200' });
    expect(snapCode(409, '52', '01')).toBe('4095201');
    expect(snapFaultAnswer('52', { code: 'repeated-reference', field: '' }).responseCode).toBe('4095201');
    expect(snapFaultAnswer('52', { code: 'unauthorized', field: 'Signature' })).toMatchObject({
      httpStatus: 401,
      responseCode: '4015200',
    });
  });
});

describe('payment notice', () => {
  const body = {
    originalReferenceNo: '2020102977770000000009',
    originalPartnerReferenceNo: 'ORD1',
    latestTransactionStatus: '00',
    amount: { value: '4000.00', currency: 'IDR' },
    additionalInfo: {
      rrn: '000019001390',
      nmid: 'ID1023249949984',
      cpan: '9360001410190013903',
      FeeAmount: { value: '28.00', currency: 'IDR' },
      paidTime: '2026-11-21T09:15:02+07:00',
    },
  };
  const parse = (value: unknown) => parseNotice('finpay', bytes(JSON.stringify(value)), (pan) => `h(${pan.length})`);

  it('is read out of a provider body; the payer number leaves only as hash and last four', () => {
    const notice = parse(body);
    expect(notice).toEqual({
      ok: true,
      value: {
        provider: 'finpay',
        referenceNo: '2020102977770000000009',
        orderId: 'ORD1',
        status: 'success',
        amount: 4000,
        fee: 28,
        rrn: '000019001390',
        nmid: 'ID1023249949984',
        issuer: null,
        payerHash: 'h(19)',
        payerLast4: '3903',
        paidAt: Date.parse('2026-11-21T02:15:02Z'),
      },
    });
    expect(JSON.stringify(notice)).not.toContain('9360001410190013903');
  });

  it.each<[string, unknown, string, string]>([
    ['text that is no JSON object', [1], 'bad-body', ''],
    ['no reference', { ...body, originalReferenceNo: undefined }, 'missing-field', 'originalReferenceNo'],
    ['an unknown status', { ...body, latestTransactionStatus: '99' }, 'bad-field', 'latestTransactionStatus'],
    ['sen', { ...body, amount: { value: '4000.50', currency: 'IDR' } }, 'bad-field', 'amount.value'],
    ['a decimal comma', { ...body, amount: { value: '4000,00', currency: 'IDR' } }, 'bad-field', 'amount.value'],
    ['a negative sum', { ...body, amount: { value: '-1.00', currency: 'IDR' } }, 'bad-field', 'amount.value'],
    ['a number in place of text', { ...body, amount: { value: 4000, currency: 'IDR' } }, 'bad-field', 'amount.value'],
    ['another currency', { ...body, amount: { value: '1.00', currency: 'USD' } }, 'bad-field', 'amount.currency'],
  ])('is refused with %s', (_what, value, code, field) => {
    expect(parse(value)).toEqual({ ok: false, error: { code, field } });
  });

  it('never throws on any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (raw) => {
        expect(parseNotice('p', raw, () => '').ok).toBe(false);
      }),
    );
  });

  it('bears anything in any field: refused, or whole rupiah', () => {
    const odd = ['', '-0', '1e400', '9007199254740993.00', '4000.5', '\u0000', '2026-02-30T00:00:00Z'];
    const value = fc.oneof(fc.constantFrom<unknown>(...odd), fc.jsonValue({ maxDepth: 2 }), fc.constant(undefined));
    const fields = [...Object.keys(body), ...Object.keys(body.additionalInfo)];
    fc.assert(
      fc.property(fc.constantFrom(...fields), fc.boolean(), value, (field, ofAmount, put) => {
        const changed: Record<string, unknown> = structuredClone(body);
        const holder = field in body ? changed : (changed['additionalInfo'] as Record<string, unknown>);
        holder[field] = ofAmount && /amount/i.test(field) ? { value: put, currency: 'IDR' } : put;
        const notice = parse(changed);
        if (notice.ok) expect([notice.value.amount, notice.value.fee ?? 0].every(Number.isSafeInteger)).toBe(true);
      }),
    );
  });

  it('reads every amount it writes', () => {
    fc.assert(fc.property(fc.nat(), (amount) => expect(parseSnapAmount(formatSnapAmount(amount))).toBe(amount)));
  });
});
