// Real: PostgreSQL, folders and files.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { mkdir, rename, truncate, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ledgerFaults } from '@app/persistence';
import { TestCity, testRun } from '@app/testing';
import { InboxWatch } from './inbox-watch.js';

const HEADER = 'acquirer,kind,transaction_id,batch_id,amount,fee,transaction_at,settlement_date';
const line = (id: string, amount = '4000'): string =>
  `bankx,payment,${id},B1,${amount},0,2026-11-19T09:00:00+07:00,2026-11-20`;

let city: TestCity;
let inbox: string;
beforeEach(async () => {
  city = await TestCity.create();
  inbox = mkdtempSync(join(tmpdir(), 'eparking-inbox-'));
});
afterEach(async () => {
  rmSync(inbox, { recursive: true, force: true });
  await city.close();
});

const look = () => new InboxWatch(city.core({ EPARKING_INBOX_DIR: inbox })).run({}, testRun);

/** Puts a file there that has been left alone for a while. */
async function put(path: string, content: string | Buffer): Promise<void> {
  const file = join(inbox, path);
  await mkdir(join(file, '..'), { recursive: true });
  await writeFile(file, content);
  await utimes(file, 1_700_000_000, 1_700_000_000);
}
const names = (path: string): string[] => readdirSync(join(inbox, path)).sort();
const taken = async (): Promise<number> =>
  (await city.database.query<{ sum: number }>('SELECT count(*) AS sum FROM settlement_rows'))[0]!.sum;

describe('the watched folder', () => {
  it('takes whole files, moves them aside, and says beside them what was wrong', async () => {
    await put('settlements/canonical/good.csv', [HEADER, line('T1'), line('T2', '-1')].join('\n'));
    await put('settlements/canonical/bad.csv', 'no such header\n');
    await put('settlements/canonical/half.csv.part', HEADER);
    await put('settlements/gopay/x.csv', HEADER);
    await put(
      'bank/b.csv',
      'account,entry_id,direction,value_date,amount,reference,description\nA,E1,C,2026-11-20,5,,x\n',
    );
    expect(await look()).toEqual({ done: 2, refused: 2, failed: 0, resumed: 0 });
    expect(names('settlements/canonical')).toEqual(['done', 'half.csv.part', 'refused']);
    const [good, why] = names('settlements/canonical/done');
    expect([good, why]).toEqual([expect.stringMatching(/^\d+-good\.csv$/), `${good}.txt`]);
    expect(readFileSync(join(inbox, 'settlements/canonical/done', why!), 'utf8')).toMatch(/line 3, amount: .*negative/);
    expect(names('settlements/canonical/refused')).toHaveLength(2);
    expect(
      readFileSync(join(inbox, 'settlements/gopay/refused', names('settlements/gopay/refused')[1]!), 'utf8'),
    ).toMatch(/no adapter "gopay"/);
    expect(names('bank/done')).toHaveLength(1);
    expect(await taken()).toBe(1);
    expect(await look()).toEqual({ done: 0, refused: 0, failed: 0, resumed: 0 });
  });

  it.each<[string, string | Buffer, RegExp]>([
    ['in UTF-16', Buffer.from(`\ufeff${HEADER}\n${line('T1')}`, 'utf16le'), /UTF-16/],
    ['in Latin-1', Buffer.from(`${HEADER}\n${line('caf\u00e9')}`, 'latin1'), /not UTF-8/],
    ['with decimal commas only', `${HEADER}\n${line('T1', '"4000,00"')}`, /line 2, amount: .*comma; write/],
    ['with negative sums only', `${HEADER}\n${line('T1', '-4000')}`, /line 2, amount: .*negative; sums/],
  ])('refuses a file %s, says why beside it, keeps it byte for byte and books nothing', async (_what, content, why) => {
    await put('settlements/canonical/f.csv', content);
    expect(await look()).toMatchObject({ done: 0, refused: 1 });
    const [kept, note] = names('settlements/canonical/refused');
    expect(readFileSync(join(inbox, 'settlements/canonical/refused', note!), 'utf8')).toMatch(why);
    expect(readFileSync(join(inbox, 'settlements/canonical/refused', kept!))).toEqual(Buffer.from(content as string));
    const stored = await city.database.query<{ bytes: Buffer }>('SELECT bytes FROM settlement_file_pieces');
    expect(Buffer.concat(stored.map(({ bytes }) => bytes))).toEqual(Buffer.from(content as string));
    expect(await taken()).toBe(0);
    expect(await city.database.query('SELECT 1 FROM ledger_entries')).toEqual([]);
  });

  it('leaves a file alone in refused/ that is larger than any may be, and notes it', async () => {
    await put('bank/huge.csv', '');
    await truncate(join(inbox, 'bank/huge.csv'), 128 * 1_048_576 + 1);
    await utimes(join(inbox, 'bank/huge.csv'), 1_700_000_000, 1_700_000_000);
    expect(await look()).toMatchObject({ done: 0, refused: 1 });
    const [, note] = names('bank/refused');
    expect(readFileSync(join(inbox, 'bank/refused', note!), 'utf8')).toMatch(
      /134217729 bytes; at most 134217728. Split/,
    );
    const noted = await city.database.query('SELECT name, size, state, received_by FROM settlement_files');
    expect(noted).toEqual([{ name: 'huge.csv', size: 128 * 1_048_576 + 1, state: 'refused', received_by: 'inbox' }]);
    expect(await city.database.query('SELECT 1 FROM settlement_file_pieces')).toEqual([]);
  });

  it('waits for a file that still grows', async () => {
    await mkdir(join(inbox, 'bank'), { recursive: true });
    await writeFile(join(inbox, 'bank/now.csv'), 'account,');
    expect(await look()).toMatchObject({ done: 0, refused: 0 });
    expect(names('bank')).toContain('now.csv');
  });

  it('takes a file once, seen by two workers at once, put back, or come again under another name', async () => {
    const content = [HEADER, ...Array.from({ length: 3000 }, (_, n) => line(`T${n}`))].join('\n');
    await put('settlements/canonical/a.csv', content);
    await Promise.all([look(), look()]);
    expect(await taken()).toBe(3000);
    const [done] = names('settlements/canonical/done');
    await rename(join(inbox, 'settlements/canonical/done', done!), join(inbox, 'settlements/canonical/again.csv'));
    await put('settlements/canonical/copy.csv', content);
    expect(await look()).toMatchObject({ done: 2 });
    expect(await taken()).toBe(3000);
    expect((await city.database.query('SELECT 1 FROM settlement_files')).length).toBe(1);
    expect(await ledgerFaults(city.database, '2026-11-01', 10)).toEqual([]);
  });
});
