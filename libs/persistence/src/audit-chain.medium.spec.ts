import { createTestDatabase, type TestDatabase } from '@app/testing';
import { auditHead, readAuditChain, verifyAuditLog, verifyChain, type ChainedEntry } from './audit-chain.js';
import { openDatabase, type Database } from './database.js';
import { write } from './writes.js';

const ACTOR = { username: 'siti', address: '10.0.0.1' };

/** Real: PostgreSQL; the tamperer is its superuser. */
describe('the audit log', () => {
  let server: TestDatabase;
  let database: Database;
  let tamperer: Database;

  beforeEach(async () => {
    server = await createTestDatabase();
    database = openDatabase({ url: server.urlFor('admin-api'), poolSizeMax: 8 });
    tamperer = openDatabase({ url: server.url, poolSizeMax: 1 });
    for (let n = 1; n <= 5; n++)
      await write(database, ACTOR, (tx) => tx.audit('user.change', `user-${n}`, { zulu: n, alpha: 'é "quoted"' }));
  });
  afterEach(async () => {
    await Promise.all([database.close(), tamperer.close()]);
    await server.drop();
  });

  /** As one who has the superuser's password and switches every guard off. */
  const tamper = async (sql: string): Promise<void> => {
    await tamperer.query("SET session_replication_role = 'replica'");
    await tamperer.query(sql);
  };
  const faults = async (): Promise<string[]> =>
    (await verifyAuditLog(database)).faults.map(({ n, fault }) => `${n}: ${fault}`);

  it('is a chain whose links verify', async () => {
    const { entries, head, faults } = await verifyAuditLog(database);
    expect({ entries, faults }).toEqual({ entries: 5, faults: [] });
    expect(head).toEqual(await auditHead(database));
    expect([head.n, head.hash]).toEqual([5, expect.stringMatching(/^[0-9a-f]{64}$/)]);
  });

  it('is linked in one row by many writers at once, and a write that waits keeps nobody waiting', async () => {
    let finish: () => void = () => undefined;
    const waits = new Promise<void>((resolve) => (finish = resolve));
    const slow = write(database, ACTOR, async (tx) => {
      await tx.audit('slow', 'first to note, last to commit');
      await waits;
    });
    await Promise.all(
      Array.from({ length: 40 }, (_, n) =>
        write(database, ACTOR, async (tx) => {
          await tx.audit('many', `${n}`);
          await tx.audit('many', `${n} again`);
        }),
      ),
    );
    finish();
    await slow;
    const { entries, faults } = await verifyAuditLog(database);
    expect({ entries, faults }).toEqual({ entries: 86, faults: [] });
    const last = await tamperer.query(
      'SELECT action FROM audit_log JOIN audit_chain ON audit_id = id ORDER BY n DESC LIMIT 1',
    );
    expect(last).toEqual([{ action: 'slow' }]);
  });

  it('leaves no link of a write that was rolled back', async () => {
    await expect(
      write(database, ACTOR, async (tx) => {
        await tx.audit('undone', 'x');
        throw new Error('no');
      }),
    ).rejects.toThrow('no');
    expect((await verifyAuditLog(database)).entries).toBe(5);
  });

  it.each([
    [
      'changed',
      "UPDATE audit_log SET actor = 'budi' WHERE subject = 'user-3'",
      ['3: its entry was changed, or a link before it'],
    ],
    [
      'dated back',
      "UPDATE audit_log SET at = at - interval '1 microsecond' WHERE subject = 'user-3'",
      ['3: its entry was changed, or a link before it'],
    ],
    ['removed', "DELETE FROM audit_log WHERE subject = 'user-3'", ['3: its entry is gone']],
    [
      'slipped in',
      "INSERT INTO audit_log (actor, action, subject) VALUES ('siti', 'x', 'y')",
      ['5: 1 entries of the audit log are in no link'],
    ],
    [
      'taken out with its link',
      `DELETE FROM audit_chain WHERE n = 3; DELETE FROM audit_log WHERE subject = 'user-3'`,
      ['4: links 3 to 3 are missing'],
    ],
  ])('shows where an entry was %s', async (_, sql, expected) => {
    for (const statement of sql.split('; ')) await tamper(statement);
    expect(await faults()).toEqual(expected);
  });

  it('shows an end that was cut off, and a chain written anew, to whoever noted a head down', async () => {
    const noted = await auditHead(database);
    await tamper('DELETE FROM audit_log WHERE id = (SELECT audit_id FROM audit_chain WHERE n = 5)');
    await tamper('DELETE FROM audit_chain WHERE n = 5');
    expect(await faults()).toEqual([]);
    const verdict = await verifyAuditLog(database, noted);
    expect(verdict.faults).toEqual([{ n: 5, fault: 'was noted down and is gone: the end was cut off' }]);
    await write(database, ACTOR, (tx) => tx.audit('another', 'history'));
    const rewritten = await verifyAuditLog(database, noted);
    expect(rewritten.faults).toEqual([{ n: 5, fault: 'is not what was noted down: the chain was written anew' }]);
  });

  it('can be verified outside the database, from an export', async () => {
    const exported: ChainedEntry[] = [];
    for await (const entry of readAuditChain(database))
      exported.push(JSON.parse(JSON.stringify(entry)) as ChainedEntry);
    expect((await verifyChain(exported)).faults).toEqual([]);
    const forged = exported.map((entry) =>
      entry.n === 2 ? { ...entry, text: entry.text!.replace('siti', 'budi') } : entry,
    );
    expect((await verifyChain(forged)).faults).toHaveLength(1);
  });
});
