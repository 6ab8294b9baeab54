// Real: HTTP on a port, PostgreSQL. The import runs here as the worker runs it.
import { setTimeout as sleep } from 'node:timers/promises';
import { importFile, ledgerFaults, unfinishedFiles } from '@app/persistence';
import { startTestApi, type Answer, type Ask, type TestApi } from '../../../../libs/testing/src/admin-api.js';

let api: TestApi;
let officer: Ask & { token: string };
const worker = new AbortController();
let working: Promise<void>;

beforeAll(async () => {
  api = await startTestApi();
  officer = await api.as('revenue-officer');
  await officer('POST', '/api/v1/points', { code: 'P-1', name: 'Point one', district: 'Medan Kota' });
  working = work();
});
afterAll(async () => {
  worker.abort();
  await working;
  await api.close();
});

/** What the worker does with files that came, until the end of the test. */
async function work(): Promise<void> {
  while (!worker.signal.aborted) {
    for (const id of await unfinishedFiles(api.database, Date.now() + 60_000))
      await importFile(api.database, id, { nowMs: Date.now() });
    await sleep(20);
  }
}

const HEADER = 'acquirer,kind,transaction_id,batch_id,order_id,amount,fee,transaction_at,settlement_date';
const row = (id: string, amount = '4000', kind = 'payment'): string =>
  `bankx,${kind},${id},B1,,${amount},28,2026-11-02T09:15:02+07:00,2026-11-03`;
const csv = (...rows: string[]): string => [HEADER, ...rows, ''].join('\n');

async function upload(
  content: string | Uint8Array,
  {
    path = 'settlements',
    query = '',
    fields = { adapter: 'canonical' } as Record<string, string>,
    token = officer.token,
  } = {},
): Promise<Answer> {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  form.append('file', new Blob([typeof content === 'string' ? content : new Uint8Array(content)]), 'file.csv');
  const response = await fetch(`${api.url}/api/v1/${path}${query}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
    body: form,
  });
  return { status: response.status, headers: response.headers, body: await response.json() };
}
const count = async (table: string): Promise<number> => (await api.database.query(`SELECT 1 FROM ${table}`)).length;

describe('a settlement file', () => {
  it('that is too large is noted, by whom and why, and does not stand in the way of its first part', async () => {
    const bytesMax = 128 * 1_048_576;
    const huge = new Uint8Array(bytesMax + 2).fill(0x61);
    const { status, body } = await upload(huge);
    expect([status, body.error]).toMatchObject([413, { code: 'too-large', field: 'file' }]);
    const { body: list } = await officer('GET', '/api/v1/settlements?state=refused');
    expect(list.rows).toMatchObject([{ name: 'file.csv', size: bytesMax + 1, adapter: 'canonical' }]);
    expect(list.rows[0].refusal).toMatch('its bytes are not kept');
    expect(body.error.remedy).toContain(`number ${list.rows[0].id};`);
    expect((await upload(huge)).body.error.remedy).toBe(body.error.remedy);
    expect(await count('settlement_file_pieces')).toBe(0);
  });

  it('is previewed without a trace, imported, and changes nothing when it comes again', async () => {
    const file = csv(row('A1'), row('A2', '6000'), row('A1'), row('A3', '-5'), row('A2', '7000'));
    const counts = { lines: 5, accepted: 2, duplicates: 1, errors: 2 };
    const preview = await upload(file, { fields: { adapter: 'canonical', dryRun: 'true' } });
    expect([preview.status, preview.body]).toMatchObject([200, { ...counts, dryRun: true, state: 'imported' }]);
    expect(await count('settlement_rows')).toBe(0);
    expect(await count('settlement_file_pieces')).toBe(0);

    const { status, body } = await upload(file);
    expect([status, body]).toMatchObject([201, { ...counts, state: 'imported', progress: 100, repeated: false }]);
    expect(body.summary.totals.payment).toEqual({ count: 2, amount: 10_000, fee: 56, net: 9944 });
    expect(
      body.firstErrors.map((e: { line: number; field: string; code: string }) => [e.line, e.field, e.code]),
    ).toEqual([
      [5, 'amount', 'negative'],
      [6, '', 'conflict'],
    ]);
    const again = await upload(file);
    expect([again.status, again.body.repeated, again.body.id]).toEqual([200, true, body.id]);
    expect(await count('settlement_rows')).toBe(2);
    expect(await ledgerFaults(api.database, '2026-11-01', 10)).toEqual([]);
  });

  it('adds only what is new, and tells a known line with other content with its place', async () => {
    const { status, body } = await upload(csv(row('A1'), row('A2', '6001'), row('A9')));
    expect([status, body]).toMatchObject([201, { accepted: 1, duplicates: 1, errors: 1 }]);
    expect(body.firstErrors[0].message).toContain('line 3 of file.csv');
    const all = await upload(csv(row('A2', '6002')));
    expect([all.status, all.body.error.code]).toEqual([409, 'conflict']);
  });

  it.each<[string, string | Uint8Array, RegExp]>([
    ['UTF-16', Buffer.from(`\ufeff${csv(row('X1'))}`, 'utf16le'), /UTF-16/],
    ['Latin-1', Buffer.from(csv(row('caf\u00e9')), 'latin1'), /not UTF-8/],
    ['of another adapter', 'SETTLEMENT_TXN_ID;TXN_ID\n1;2\n', /line 1 lacks/],
    ['with a quote left open', csv(row('X1'), '"bankx,payment'), /quote/],
    ['that is empty', '', /empty/],
    ['with decimal commas only', csv(row('X1', '"4000,00"')), /comma/],
    ['with negative amounts only', csv(row('X1', '-4000')), /negative/],
  ])('%s is refused with the reason, kept, and nothing of it is booked', async (_what, content, reason) => {
    const before = await count('settlement_rows');
    const { status, body } = await upload(content);
    expect([status, body.error.code, body.error.field]).toEqual([400, 'bad-file', 'file']);
    expect(body.error.message).toMatch(reason);
    expect(await count('settlement_rows')).toBe(before);
    const id = Number(/number (\d+)/.exec(body.error.remedy)![1]);
    expect((await officer('GET', `/api/v1/settlements/${id}`)).body).toMatchObject({
      state: 'refused',
      size: content.length,
    });
    const [kept] = await api.database.query<{ bytes: Buffer | null }>(
      'SELECT string_agg(bytes, NULL ORDER BY number) AS bytes FROM settlement_file_pieces WHERE file_id = $1',
      [id],
    );
    expect(kept!.bytes ?? Buffer.alloc(0)).toEqual(Buffer.from(content as string));
    expect((await officer('GET', `/api/v1/settlements/${id}/errors`)).body.total).toBeGreaterThan(0);
  });

  it('that is no form, has no file or no known adapter is refused by name', async () => {
    expect((await officer('POST', '/api/v1/settlements', {})).status).toBe(415);
    const wrong = await upload(csv(row('Y1')), { fields: { adapter: 'gopay' } });
    expect([wrong.status, wrong.body.error]).toMatchObject([400, { field: 'adapter' }]);
    const missing = await upload(csv(row('Y1')), { fields: {} });
    expect([missing.status, missing.body.error.field]).toEqual([400, 'adapter']);
  });

  it('of 20,000 lines goes through in pieces; who does not wait is told where to look', async () => {
    const lines = Array.from({ length: 20_000 }, (_, n) =>
      row(`L${n}`, n === 14_000 ? '1,5' : '4000').replace('B1', 'B2'),
    );
    const { status, body } = await upload(csv(...lines), { query: '?wait=0' });
    expect([status, body.accepted <= 19_999]).toEqual([202, true]);
    let file = body;
    while (file.endedAt === null) {
      await sleep(50);
      file = (await officer('GET', `/api/v1/settlements/${body.id}`)).body;
      expect(file.progress).toBeGreaterThanOrEqual(0);
    }
    expect(file).toMatchObject({ state: 'imported', lines: 20_000, accepted: 19_999, errors: 1 });
    const errors = await officer('GET', `/api/v1/settlements/${body.id}/errors?format=csv`);
    expect(errors.body).toContain('14002');
    const list = await officer('GET', `/api/v1/settlement-rows?fileId=${body.id}&limit=1`);
    expect([list.body.total, list.body.rows[0].amount]).toEqual([19_999, 4000]);
    expect(await ledgerFaults(api.database, '2026-11-01', 10)).toEqual([]);
  }, 120_000);
});

describe('the sums over all lines', () => {
  const line = (id: string, batch: string, kind: string, day: string, amount: string, fee = '0'): string =>
    `bank-sums,${kind},${id},${batch},,${amount},${fee},2026-10-${day}T09:15:02+07:00,2026-10-20`;

  it.each([
    '',
    '&acquirer=bank-sums&from=2026-10-12',
    '&acquirer=bank-sums&to=2026-10-11',
    '&acquirer=bank-sums&batchId=S1',
    '&acquirer=bank-sums&kind=refund',
    '&acquirer=nobody',
  ])('are those of the lines one by one, refunds taken off: %s', async (filter) => {
    const files = [
      [line('S1', 'S1', 'payment', '11', '4000', '28'), line('S2', 'S1', 'payment', '12', '2000', '14')],
      [line('S3', 'S1', 'refund', '12', '1000'), line('S4', 'S2', 'payment', '12', '3000', '21')],
    ];
    // The second time nothing is new, and nothing may be added.
    for (const rows of [...files, ...files]) expect((await upload(csv(...rows))).status).toBeLessThan(300);
    const all = (await officer('GET', `/api/v1/settlement-rows?limit=1${filter}`)).body;
    const rows = (await officer('GET', `/api/v1/settlement-rows?limit=1000${filter}`)).body.rows as {
      kind: string;
      amount: number;
      fee: number;
      net: number;
    }[];
    const sum = (of: 'amount' | 'fee' | 'net'): number =>
      rows.reduce((so, each) => so + (each.kind === 'payment' ? each[of] : -each[of]), 0);
    if (rows.length < 1000)
      expect([all.total, all.sums]).toEqual([rows.length, { amount: sum('amount'), fee: sum('fee'), net: sum('net') }]);
    const [counted] = await api.database.query<{ lines: number; amount: number }>(
      'SELECT count(*) AS lines, sum(amount)::bigint AS amount FROM settlement_rows',
    );
    const [kept] = await api.database.query(
      'SELECT sum(lines)::bigint AS lines, sum(amount)::bigint AS amount FROM settlement_totals',
    );
    expect(kept).toEqual(counted);
  });
});

describe('a bank statement', () => {
  const statement = (...rows: string[]): string =>
    ['account,entry_id,direction,value_date,amount,reference,description', ...rows, ''].join('\n');

  it('brings credit notes to their slips by reference, once', async () => {
    await officer('POST', '/api/v1/bank-accounts', { account: 'RKUD', kind: 'treasury', name: 'Kas daerah' });
    const hand = { point: 'P-1', payer: { kind: 'attendant', id: 'a' }, receiver: { kind: 'treasurer', id: 't' } };
    await officer('POST', '/api/v1/deposits', { number: 'TBP-1', ...hand, businessDate: '2026-11-02', amount: 9000 });
    const slip = { number: 'STS-1', fromKind: 'treasurer', from: 't', businessDate: '2026-11-02', amount: 9000 };
    await officer('POST', '/api/v1/deposit-slips', { ...slip, handOvers: ['TBP-1'] });
    const file = statement('RKUD,E1,C,2026-11-03,9000,STS-1,setoran', 'COL,E2,C,2026-11-04,9944,B1,bankx payout');
    const first = await upload(file, { path: 'bank-statements', fields: {} });
    expect([first.status, first.body]).toMatchObject([201, { accepted: 2, duplicates: 0, errors: 0 }]);
    const more = statement(
      'RKUD,E1,C,2026-11-03,9000,STS-1,setoran',
      'RKUD,E3,C,2026-11-03,0,,',
      'COL,E2,C,2026-11-04,1,B1,x',
    );
    const second = await upload(more, { path: 'bank-statements', fields: {} });
    expect([second.status, second.body]).toMatchObject([201, { accepted: 0, duplicates: 1, errors: 2 }]);
    const entries = (await officer('GET', '/api/v1/bank-entries?matched=true')).body;
    expect(entries.rows).toMatchObject([{ entryId: 'E1', slip: 'STS-1', amount: 9000 }]);
    expect((await officer('GET', '/api/v1/bank-statements')).body.total).toBe(2);
    expect((await officer('GET', '/api/v1/settlements?state=imported')).body.rows).not.toContainEqual(
      expect.objectContaining({ adapter: 'bank' }),
    );
    const turned = await officer('POST', '/api/v1/bank-accounts', { account: 'COL', kind: 'treasury' });
    expect([turned.status, turned.body.error.field]).toEqual([409, 'kind']);
    expect(await ledgerFaults(api.database, '2026-11-01', 10)).toEqual([]);
  });

  it.each<[string, string | Uint8Array, RegExp]>([
    ['in UTF-16', Buffer.from(`\ufeff${statement('RKUD,X1,C,2026-11-03,9000,,')}`, 'utf16le'), /UTF-16/],
    ['in Latin-1', Buffer.from(statement('RKUD,X1,C,2026-11-03,9000,,caf\u00e9'), 'latin1'), /not UTF-8/],
    ['that is a settlement file', csv(row('X1')), /line 1 lacks/],
    ['with a decimal comma only', statement('RKUD,X1,C,2026-11-03,"9000,00",,'), /line 2, amount: .*comma; write/],
    ['with a negative sum only', statement('RKUD,X1,C,2026-11-03,-9000,,'), /line 2, amount: .*negative; sums/],
  ])('%s is refused with line, field and remedy, kept, and nothing of it is booked', async (_what, content, reason) => {
    const before = [await count('bank_entries'), await count('ledger_entries'), await count('settlement_files')];
    const { status, body } = await upload(content, { path: 'bank-statements', fields: {} });
    expect([status, body.error.code, body.error.field]).toEqual([400, 'bad-file', 'file']);
    expect(body.error.message).toMatch(reason);
    expect([await count('bank_entries'), await count('ledger_entries'), await count('settlement_files')]).toEqual([
      before[0],
      before[1],
      before[2]! + 1,
    ]);
  });

  it('of a batch goes on by one slip; until then the batch is listed as open, with what it settled', async () => {
    const open = async () => (await officer('GET', '/api/v1/settlement-batches?open=true&acquirer=bankx')).body.rows;
    const batch = { acquirer: 'bankx', batchId: 'B1', lines: 3, amount: 14_000, fee: 84, net: 13_916, slip: null };
    expect(await open()).toContainEqual(expect.objectContaining(batch));
    const slip = { number: 'STS-2', fromKind: 'bank', from: 'COL', businessDate: '2026-11-04', amount: 13_916 };
    const batches = [{ acquirer: 'bankx', batch: 'B1' }];
    expect((await officer('POST', '/api/v1/deposit-slips', { ...slip, batches })).status).toBe(201);
    expect(await open()).not.toContainEqual(expect.objectContaining({ batchId: 'B1' }));
    const slips = (await officer('GET', '/api/v1/deposit-slips')).body.rows;
    expect(slips).toContainEqual(expect.objectContaining({ number: 'STS-2', batches: ['bankx/B1'] }));
    const again = await officer('POST', '/api/v1/deposit-slips', { ...slip, number: 'STS-3', batches });
    expect([again.status, again.body.error.field]).toEqual([400, 'batches']);
  });
});
