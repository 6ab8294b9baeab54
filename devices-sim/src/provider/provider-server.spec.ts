import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seededRandom } from '@app/kernel';
import { jsonLog } from '../log.js';
import { NO_MISHAPS, USUAL_MISHAPS, type ProviderSettings } from './provider-settings.js';
import { ProviderServer } from './provider-server.js';
import { jakartaInstant, rsaSignature } from './signing.js';

/** Real: HTTP on a port, RSA keys, files. The system itself is away: notices go nowhere. */
const keys = () =>
  generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
const client = keys();
const stranger = keys();
const SETTINGS: ProviderSettings = {
  ...{ code: 'simbank', partnerId: 'SIM', merchantId: 'M-1', nmid: 'ID1020304050607', signature: 'asymmetric' },
  ...{ secret: '', privateKey: client.privateKey, clientKey: client.publicKey, driverToken: 'token' },
  ...{ notifyUrl: 'http://127.0.0.1:9/none', port: 0, feeBp: 70, cutOffs: ['00:00'], settlementDays: 1 },
  mishaps: NO_MISHAPS,
};
const folders: string[] = [];
const servers: ProviderServer[] = [];

async function newProvider(settings: ProviderSettings = SETTINGS, now = () => Date.now()) {
  const folder = mkdtempSync(join(tmpdir(), 'eparking-provider-'));
  folders.push(folder);
  const log = jsonLog(() => undefined);
  const server = new ProviderServer({ settings, folder, random: seededRandom('1/provider'), now, log });
  servers.push(server);
  return server;
}
afterAll(async () => {
  await Promise.all(servers.map((server) => server.stop()));
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

const money = (rupiah: number) => ({ value: `${rupiah}.00`, currency: 'IDR' });
const newOrder = (orderId: string, rupiah = 4000) => ({
  partnerReferenceNo: orderId,
  amount: money(rupiah),
  merchantId: 'M-1',
  terminalId: 'hh-0001',
});

describe('the simulated provider', () => {
  it('takes calls that are signed with the agreed key (asymmetric), and no others', async () => {
    const server = await newProvider();
    const port = await server.start();
    const call = async (privateKey: string, orderId: string, sent = orderId) => {
      const path = '/v1.0/qr/qr-mpm-generate';
      const timestamp = jakartaInstant(Date.now());
      const signed = { method: 'POST', path, token: '', body: JSON.stringify(newOrder(orderId)), timestamp };
      const response = await fetch(`http://127.0.0.1:${port}${path}`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'x-timestamp': timestamp,
          'x-partner-id': 'SIM',
          'x-external-id': '1',
          'x-signature': rsaSignature(privateKey, signed),
        },
        body: JSON.stringify(newOrder(sent)),
      });
      return ((await response.json()) as { responseCode: string }).responseCode;
    };
    expect(await call(client.privateKey, 'A-1')).toBe('2004700');
    expect(await call(stranger.privateKey, 'A-2')).toBe('4014700');
    expect(await call(client.privateKey, 'A-3', 'A-4')).toBe('4014700');
    expect([...server.book.orders.keys()]).toEqual(['A-1']);
  });

  it('cancels what is not paid (service 77): it cannot be paid any more, and what is paid must be refunded', async () => {
    let clock = Date.parse('2026-11-26T01:00:00Z');
    const { service, book } = await newProvider(SETTINGS, () => (clock += 1000));
    service.call('qr-mpm-generate', newOrder('A'));
    service.call('qr-mpm-generate', newOrder('B'));
    const cancel = (orderId: string) =>
      service.call('qr-mpm-cancel', { originalPartnerReferenceNo: orderId }).body['responseCode'];
    expect(service.pay(book.orders.get('B')!.qr, 0)).toMatchObject({ state: 'paid', amount: 4000 });
    expect([cancel('A'), cancel('B'), cancel('C')]).toEqual(['2007700', '4037700', '4047701']);
    expect(service.pay(book.orders.get('A')!.qr, 0)).toBe('expired');
    expect([...book.payments.values()].map(({ orderId, state }) => [orderId, state])).toEqual([['B', 'paid']]);
  });

  it('refunds the whole of what is paid, once (service 78)', async () => {
    const { service, book } = await newProvider();
    service.call('qr-mpm-generate', newOrder('A'));
    const refund = (rupiah: number) =>
      service.call('qr-mpm-refund', { originalPartnerReferenceNo: 'A', refundAmount: money(rupiah) }).body[
        'responseCode'
      ];
    expect(refund(4000)).toBe('4047801');
    service.pay(book.orders.get('A')!.qr, 0);
    expect([refund(3000), refund(4000), refund(4000)]).toEqual(['4047813', '2007800', '4037800']);
    const query = service.call('qr-mpm-query', { originalPartnerReferenceNo: 'A' });
    expect(query.body).toMatchObject({ latestTransactionStatus: '04', amount: money(4000) });
  });

  it('has the same mishaps for the same seed, whenever it was started', async () => {
    const story = async (startedAt: number) => {
      let clock = startedAt;
      const { service, book, notifier } = await newProvider(
        { ...SETTINGS, mishaps: { ...USUAL_MISHAPS, failure: 0.2, refund: 0.2, withoutRecord: 0.2 } },
        () => (clock += 1000),
      );
      const answers = Array.from({ length: 60 }, (_, n) => {
        const { status } = service.call('qr-mpm-generate', newOrder(`A-${n}`));
        if (status === 200) service.pay(book.orders.get(`A-${n}`)!.qr);
        return status;
      });
      notifier.stop();
      const payments = [...book.payments.values()].map(({ referenceNo, rrn, state }) => [referenceNo, rrn, state]);
      return { answers, payments };
    };
    const first = await story(Date.parse('2026-11-26T01:00:00Z'));
    expect(await story(Date.parse('2027-03-01T15:00:00Z'))).toEqual(first);
    expect(new Set(first.answers)).toEqual(new Set([200, 500]));
  });
});
