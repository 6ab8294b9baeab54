import fc from 'fast-check';
import { expireOrder, takeNotice, type QrisOrder } from './qris-order.js';
import { generateCall, jakartaTime, parseGenerateAnswer, parseQueryAnswer, queryCall } from './snap-client.js';
import type { NoticeStatus, PaymentNotice } from './snap-notice.js';

const order: QrisOrder = {
  orderId: 'ORD1',
  requestId: 'r1',
  device: 'hh-0001',
  point: 'MDN-001',
  provider: 'dana',
  amount: 4000,
  createdAt: 0,
  expiresAt: 60_000,
  state: 'pending',
  referenceNo: null,
  rrn: null,
  paidAt: null,
};
const notice = (status: NoticeStatus, change: Partial<PaymentNotice> = {}): PaymentNotice => ({
  provider: 'dana',
  referenceNo: 'REF1',
  orderId: 'ORD1',
  status,
  amount: 4000,
  fee: null,
  rrn: 'RRN1',
  nmid: null,
  issuer: null,
  payerHash: null,
  payerLast4: null,
  paidAt: 500,
  ...change,
});

describe('a QRIS order', () => {
  it('is paid once by the full amount; the same notice again changes nothing', () => {
    const paid = takeNotice(order, notice('success'), 900);
    expect(paid).toMatchObject({ changed: true, flag: null, order: { state: 'paid', rrn: 'RRN1', paidAt: 500 } });
    expect(takeNotice(paid.order, notice('success'), 1000)).toEqual({ order: paid.order, changed: false, flag: null });
  });

  it.each<[string, QrisOrder['state'], PaymentNotice, QrisOrder['state'], string | null]>([
    ['too little', 'pending', notice('success', { amount: 3000 }), 'pending', 'wrong-amount'],
    ['money after it expired', 'expired', notice('success'), 'paid', 'paid-after-end'],
    ['money after it failed', 'failed', notice('success'), 'paid', 'paid-after-end'],
    ['a second transaction', 'paid', notice('success', { referenceNo: 'REF2' }), 'paid', 'other-transaction'],
    ['a failure after it was paid', 'paid', notice('failed'), 'paid', null],
    ['its cancellation', 'paid', notice('cancelled'), 'refunded', null],
    ['the refund of another transaction', 'paid', notice('refunded', { referenceNo: 'REF2' }), 'paid', null],
    ['a failure', 'pending', notice('failed'), 'failed', null],
    ['word that it is under way', 'pending', notice('paying'), 'pending', null],
  ])('with %s', (_what, state, incoming, after, flag) => {
    const before = { ...order, state, referenceNo: state === 'paid' ? 'REF1' : null };
    expect(takeNotice(before, incoming, 900)).toMatchObject({ order: { state: after }, flag });
  });

  it('ends in the same state however often each notice is repeated', () => {
    const statuses = fc.constantFrom<NoticeStatus>('success', 'paying', 'failed', 'cancelled', 'refunded', 'not-found');
    fc.assert(
      fc.property(fc.array(statuses, { maxLength: 8 }), (list) => {
        const run = (times: number): QrisOrder =>
          list
            .flatMap((status) => Array<NoticeStatus>(times).fill(status))
            .reduce((o, s) => takeNotice(o, notice(s), 1).order, order);
        // A repeated "cancelled" or "failed" of a pending order and a later payment are one story, not two.
        expect(run(3)).toEqual(run(1));
      }),
    );
  });

  it('is paid at most once and never loses money, whatever comes in whatever order, and whatever dies before its commit', () => {
    const happening = fc.record({
      what: fc.constantFrom<NoticeStatus | 'expiry'>('success', 'failed', 'cancelled', 'refunded', 'paying', 'expiry'),
      referenceNo: fc.constantFrom('REF1', 'REF2'),
      amount: fc.constantFrom(4000, 4000, 3000),
      at: fc.integer({ min: 0, max: 120_000 }),
      killed: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(happening, { maxLength: 12 }), (story) => {
        let stored = order;
        const payers: string[] = [];
        for (const { what, referenceNo, amount, at, killed } of story) {
          const step = (): ReturnType<typeof takeNotice> => {
            if (what !== 'expiry') return takeNotice(stored, notice(what, { referenceNo, amount }), at);
            const expired = expireOrder(stored, at);
            return { order: expired ?? stored, changed: expired !== null, flag: null };
          };
          // Who died before the commit left the order as it was: the same comes again.
          if (killed) step();
          const before = stored;
          const { order: after, changed, flag } = step();
          stored = after;
          if (!changed) expect(after).toEqual(before);
          if (changed && after.state === 'paid') payers.push(referenceNo);
          const wasSettled = before.state === 'paid' || before.state === 'refunded';
          if (wasSettled) expect(['paid', 'refunded']).toContain(after.state);
          if (after.state === 'refunded' && before.state === 'paid') expect(referenceNo).toBe(before.referenceNo);
          // Money is the order's, or was so before, or an officer hears of it.
          if (what === 'success')
            expect([after.referenceNo === referenceNo && payers.includes(referenceNo), flag !== null]).toContain(true);
        }
        expect(payers.length).toBeLessThanOrEqual(1);
        expect(stored.referenceNo).toBe(payers[0] ?? null);
      }),
    );
  });

  it('expires when its time is over, and only while it is pending', () => {
    expect(expireOrder(order, 59_999)).toBeNull();
    expect(expireOrder(order, 60_000)).toMatchObject({ state: 'expired' });
    expect(expireOrder({ ...order, state: 'paid' }, 60_000)).toBeNull();
  });
});

describe('calls to a provider', () => {
  const merchant = { merchantId: 'M1', pathPrefix: '/v1.0' };
  const bytes = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));

  it('ask for a code with our order id, the amount as SNAP writes it, and an end', () => {
    const call = generateCall(order, merchant);
    expect(call.path).toBe('/v1.0/qr/qr-mpm-generate');
    expect(JSON.parse(call.body)).toEqual({
      partnerReferenceNo: 'ORD1',
      amount: { value: '4000.00', currency: 'IDR' },
      merchantId: 'M1',
      terminalId: 'hh-0001',
      validityPeriod: '1970-01-01T07:01:00+07:00',
    });
    expect(JSON.parse(queryCall(order, merchant).body)).toMatchObject({
      originalPartnerReferenceNo: 'ORD1',
      serviceCode: '47',
    });
    expect(jakartaTime(Date.parse('2026-11-21T17:00:00Z'))).toBe('2026-11-22T00:00:00+07:00');
  });

  it('read the code out of the answer, and tell a refusal from an answer that says nothing', () => {
    expect(parseGenerateAnswer(200, bytes({ responseCode: '2004700', qrContent: '0002…', referenceNo: 'X' }))).toEqual({
      ok: true,
      value: { qr: '0002…', referenceNo: 'X' },
    });
    expect(parseGenerateAnswer(409, bytes({ responseCode: '4094701' }))).toMatchObject({
      error: { code: 'refused', responseCode: '4094701' },
    });
    expect(parseGenerateAnswer(504, bytes({ responseCode: '5044700' }))).toMatchObject({ error: { code: 'unclear' } });
    expect(parseGenerateAnswer(429, bytes({}))).toMatchObject({ error: { code: 'unclear' } });
    expect(parseGenerateAnswer(200, new Uint8Array([0xff]))).toMatchObject({ error: { code: 'unclear' } });
    expect(parseGenerateAnswer(200, bytes({ responseCode: '2004700' }))).toMatchObject({ error: { code: 'unclear' } });
  });

  it('read a query answer as the notice that was missed, also without the provider reference', () => {
    const answer = {
      responseCode: '2005100',
      latestTransactionStatus: '00',
      originalPartnerReferenceNo: 'ORD1',
      paidTime: '2026-11-21T09:15:02+07:00',
      amount: { value: '4000.00', currency: 'IDR' },
      additionalInfo: { rrn: '810534941939' },
    };
    const read = parseQueryAnswer('winpay', order, 200, bytes(answer), () => '');
    expect(read).toMatchObject({
      ok: true,
      value: { status: 'success', referenceNo: 'ORD1', rrn: '810534941939', amount: 4000 },
    });
    const paid = takeNotice(order, read.ok ? read.value : notice('failed'), 1).order;
    expect(takeNotice(paid, notice('success'), 2)).toMatchObject({ changed: false, flag: null });
    expect(parseQueryAnswer('winpay', order, 200, bytes({ ...answer, amount: 1 }), () => '')).toMatchObject({
      error: { code: 'unclear' },
    });
  });
});
