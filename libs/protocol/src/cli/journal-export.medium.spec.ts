// Real: HTTP, PostgreSQL, the gateway's way into the journal, and the auditor's program as its own process would run it.
import { JournalWriter } from '@app/persistence';
import { TestTerminal } from '@app/testing';
import { startTestApi, type Ask, type TestApi } from '../../../testing/src/admin-api.js';
import { openKeyFile, verifyJournal, type Proof } from './journal-proof.js';

const NOW = Date.parse('2026-11-20T03:00:00Z');
const PASSPHRASE = 'a passphrase of an auditor';

describe('a device’s exported journal', () => {
  let api: TestApi;
  let admin: Ask;
  let text: string;
  let key: string;

  beforeAll(async () => {
    api = await startTestApi();
    admin = await api.as('administrator');
    await admin('POST', '/api/v1/points', { code: 'P-1', name: 'Point' });
    const { body } = await admin('POST', '/api/v1/devices', { deviceId: 'hh-0001', kind: 'handheld', point: 'P-1' });
    key = body.journalKey;
    const terminal = new TestTerminal('hh-0001', Buffer.from(key, 'base64url'), 1, NOW);
    const writer = new JournalWriter(api.database, api.sealer, {
      clockAheadMsMax: 300_000,
      clockBehindMsMax: 60 * 86_400_000,
    });
    const [row] = await api.database.query<{ no: number }>('SELECT device_no AS no FROM devices');
    const send = (records: readonly object[]) =>
      writer.write([
        {
          deviceNo: row!.no,
          topic: 'eparking/v1/hh-0001/journal',
          payload: Buffer.from(JSON.stringify(records)),
          receivedAt: NOW,
        },
      ]);
    await send(Array.from({ length: 5 }, () => terminal.payment()));
    await send([terminal.sign({ seq: 2, type: 'payment', prev: '', body: terminal.payment({ amount: 1 }).body })]);
    const { body: file } = await admin('GET', '/api/v1/devices/hh-0001/journal-export');
    text = file;
  });
  afterAll(() => api.close());

  const prove = async (file: string, given: string | null): Promise<Proof> => {
    async function* lines(): AsyncIterable<string> {
      yield* file.trimEnd().split('\n');
    }
    const keys = given === null ? null : openKeyFile(given, PASSPHRASE);
    return verifyJournal(lines(), { keys, attestor: null });
  };
  const keyFile = async (): Promise<string> =>
    JSON.stringify((await admin('POST', '/api/v1/devices/hh-0001/journal-keys', { passphrase: PASSPHRASE })).body);

  it('is proved without us, with and without the keys, and holds none', async () => {
    expect(text).not.toMatch(key);
    expect((await prove(text, null)).faults).toEqual([]);
    const proof = await prove(text, await keyFile());
    expect(proof).toMatchObject({ device: 'hh-0001', records: 5, faults: [] });
    expect(proof.proved.join()).toMatch('Seals: 5');
    expect(proof.notes.join()).toMatch('1 records came with other content');
  });

  it('is found changed, whoever changed it', async () => {
    const proof = await prove(text.replace('"amount":4000', '"amount":1000'), await keyFile());
    expect(proof.faults.join()).toMatch(/was changed.*not that of the file/s);
  });

  it('gives its keys to an administrator only, sealed, and notes it', async () => {
    const file = await keyFile();
    expect(file).not.toMatch(key);
    expect((await (await api.as('auditor'))('POST', '/api/v1/devices/hh-0001/journal-keys', {})).status).toBe(403);
    expect((await admin('POST', '/api/v1/devices/hh-0001/journal-keys', { passphrase: 'short' })).status).toBe(400);
    const { body } = await admin('GET', '/api/v1/audit-log?action=device.export-keys');
    expect(body.rows[0]).toMatchObject({ subject: 'hh-0001', detail: { epochs: [1] } });
    expect((await admin('GET', '/api/v1/devices/hh-none/journal-export')).status).toBe(404);
  });
});
