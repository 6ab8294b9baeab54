import { openDatabase, type Database } from '@app/persistence';
import { createTestDatabase, eventually, type TestDatabase } from '@app/testing';
import { provision, startGateway, Terminal, type TestGateway } from './gateway.spec-support.js';

let server: TestDatabase;
let database: Database;
let gateway: TestGateway;

beforeAll(async () => {
  server = await createTestDatabase();
  database = openDatabase({ url: server.url });
  gateway = await startGateway(server.urlFor('gateway'), { limits: { commitMsMax: 700, ingestMessagesMax: 40 } });
});
afterAll(async () => {
  await gateway.stop();
  await database.close();
  await server.drop();
});

/** Runs `work` while nobody can write the journal. */
async function whileStalled(work: () => Promise<void>): Promise<void> {
  await database.transaction(async (sql) => {
    await sql.query('LOCK TABLE journal_records, journal_heads IN ACCESS EXCLUSIVE MODE');
    await work();
  });
}

/** Journal messages that wait for the database, as the gateway's own metrics tell. */
async function waitingMessages(): Promise<number> {
  const figures = await (await fetch(`http://127.0.0.1:${gateway.http}/metrics`)).text();
  return Number(/^eparking_gateway_ingest_messages\{.*\} (\d+)$/m.exec(figures)?.[1]);
}

describe('a stalled database', () => {
  it('costs no acknowledgement and no record: the connection is closed, and the device sends again', async () => {
    const device = await provision(database, 'hh-0001');
    const first = await Terminal.connect(gateway.mqtt, device);
    const records = Array.from({ length: 5 }, () => first.record({ reason: 'x', firmware: '1' }));
    let acknowledged = 0;
    await whileStalled(async () => {
      for (const record of records)
        void first.publish('journal', record).then(
          () => acknowledged++,
          () => undefined,
        );
      await first.closed();
      expect(acknowledged).toBe(0);
      const meanwhile = await Terminal.connect(gateway.mqtt, device);
      await meanwhile.client.endAsync(true);
    });
    const again = await Terminal.connect(gateway.mqtt, device);
    await again.listen('receipts');
    for (const record of records) await again.publish('journal', record);
    await eventually(() => expect(again.receipts).toHaveLength(5));
    expect(again.receipts.at(-1)).toMatchObject({ contiguous: 5, missing: [] });
    const [row] = await database.query('SELECT count(*) FROM journal_records');
    expect(row).toEqual({ count: 5 });
    await again.end();
  });

  it('collects no messages without end: past the bound none is taken, and afterwards all is well', async () => {
    const device = await provision(database, 'hh-0002');
    await whileStalled(async () => {
      for (let attempt = 0; attempt < 4; attempt++) {
        const terminal = await Terminal.connect(gateway.mqtt, device);
        const closed = terminal.closed();
        for (let i = 0; i < 30; i++)
          terminal.publish('journal', terminal.record({ reason: 'x', firmware: '1' })).catch(() => undefined);
        await closed;
      }
      expect(await waitingMessages()).toBeLessThanOrEqual(40);
    });
    // What was taken is written first: until then the bound may refuse one more.
    await eventually(async () => expect(await waitingMessages()).toBe(0));
    const after = await Terminal.connect(gateway.mqtt, device);
    await after.publish('journal', after.record({ reason: 'x', firmware: '1' }, { seq: 1_000, prev: 'x' }));
    await after.end();
  });
});
