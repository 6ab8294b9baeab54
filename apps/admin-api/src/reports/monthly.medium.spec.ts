// Real: PostgreSQL, HTTP. The month's papers say what the journal says.
import { writeFileSync } from 'node:fs';
import ExcelJS from 'exceljs';
import { startTestApi, type Ask, type TestApi } from '../../../../libs/testing/src/admin-api.js';
import { defaultRules } from '@app/reconciliation';
import { askWork, postDays, reconcileNextDay } from '@app/persistence';

const MONTH = '2026-10';
const LATER = Date.parse('2026-11-20T00:00:00Z');
let api: TestApi;
let officer: Ask & { username: string; token: string };

beforeAll(async () => {
  api = await startTestApi({ env: { EPARKING_AUTHORITY: 'Pemerintah Kota Binjai' } });
  officer = await api.as('administrator');
  await officer('POST', '/api/v1/operators', { code: 'op-1', name: 'PT <Satu> & Dua' });
  for (const code of ['P-1', 'P-2', 'P-3'])
    await officer('POST', '/api/v1/points', { code, name: `Jalan ${code}`, district: 'Medan Kota', streetClass: 'I' });
  await officer('POST', '/api/v1/points/P-1/operator', { operator: 'op-1', validFrom: '2026-01-01' });
  await officer('POST', '/api/v1/devices', { deviceId: 'hh-0001', kind: 'handheld', point: 'P-1' });
  // Payments and a shift close a day: 4000 * day, of which the odd days' attendants declare 500 too little.
  await api.database.query(
    `WITH d AS (SELECT generate_series('2026-10-01'::date, '2026-10-31'::date, '1 day')::date AS day),
     given AS (
       SELECT day, extract(day FROM day)::int * 3 - 2 AS seq, 'shift-open' AS type, jsonb_build_object('float', 0) AS body FROM d
       UNION ALL SELECT day, extract(day FROM day)::int * 3 - 1, 'payment', jsonb_build_object('amount',
         4000 * extract(day FROM day)::int, 'method', 'cash', 'vehicleClass', 'car') FROM d
       UNION ALL SELECT day, extract(day FROM day)::int * 3, 'shift-close', jsonb_build_object('cashDeclared',
         4000 * extract(day FROM day)::int - 500 * (extract(day FROM day)::int % 2)) FROM d)
     INSERT INTO journal_records (device_no, epoch, seq, received_at, at, business_date, point_id, type, vehicle_class, method,
       amount, attendant, shift, record)
     SELECT v.device_no, 1, seq, now(), day + interval '5 hours', day, p.id, type, body ->> 'vehicleClass', body ->> 'method',
       (body ->> 'amount')::bigint, 'att-1', 's' || day, jsonb_build_object('body', body)::text
       FROM given, devices v, points p WHERE p.code = 'P-1'`,
  );
  await api.database.query(
    `INSERT INTO shifts SELECT device_no, shift, attendant, at, point_id FROM journal_records WHERE type = 'shift-open'`,
  );
  await api.database.query(
    `INSERT INTO income_days SELECT business_date, point_id, 'car', 'cash', 'att-1', 1, amount FROM journal_records
      WHERE type = 'payment'`,
  );
  const days = await api.database.query<{ businessDate: string; pointId: number }>(
    'SELECT business_date AS "businessDate", point_id AS "pointId" FROM income_days',
  );
  await askWork(api.database, 'post-day', days, LATER);
  await askWork(
    api.database,
    'reconcile-day',
    days.map((day) => ({ ...day, pointId: null })),
    LATER,
  );
  const options = { rules: defaultRules, nowMs: LATER, runningPauseMs: 0 };
  await postDays(api.database, { ...options, pointDaysMax: 100 });
  while (await reconcileNextDay(api.database, options));
  for (const [source, amount] of [
    ['Bapenda', 3_000_000],
    ['Dishub', 2_500_000],
  ] as const) {
    await officer('POST', '/api/v1/targets', { year: 2026, month: 10, source, amount });
    await officer('POST', '/api/v1/targets', { year: 2026, source, amount: amount * 12 });
  }
});
afterAll(() => api.close());

async function file(format: string): Promise<Buffer> {
  const response = await fetch(`${api.url}/api/v1/reports/monthly?month=${MONTH}&format=${format}`, {
    headers: { authorization: `Bearer ${officer.token}` },
  });
  expect(response.status).toBe(200);
  return Buffer.from(await response.arrayBuffer());
}

describe('the monthly report', () => {
  it('says in the workbook, to the rupiah, what the journal and its shift closes say', async () => {
    const book = new ExcelJS.Workbook();
    const bytes = await file('xlsx');
    await book.xlsx.load(bytes as never);
    expect(JSON.stringify(book.getWorksheet('Ringkasan')!.getColumn(1).values)).toContain('Pemerintah Kota Binjai');
    const truth = await api.database.query<{ day: string; recorded: number; settled: number }>(
      `SELECT business_date::text AS day, sum(amount)::bigint AS recorded,
              sum((record::jsonb #>> '{body,cashDeclared}')::bigint)::bigint AS settled
         FROM journal_records GROUP BY 1 ORDER BY 1`,
    );
    const sheet = book.getWorksheet('Per hari')!;
    const rows = truth.map((_, i) => [1, 3, 4, 5, 6].map((column) => sheet.getRow(i + 2).getCell(column).value));
    expect(rows).toEqual(truth.map(({ day, recorded, settled }) => [day, recorded, settled, 0, recorded - settled]));
    const sum = (pick: 'recorded' | 'settled'): number => truth.reduce((all, row) => all + row[pick], 0);
    const last = sheet.getRow(truth.length + 2);
    expect([1, 3, 4].map((column) => last.getCell(column).value)).toEqual(['Jumlah', sum('recorded'), sum('settled')]);
    const operators = book.getWorksheet('Per pengelola')!.getRow(2);
    expect([1, 2, 3].map((column) => operators.getCell(column).value)).toEqual([
      'op-1',
      'PT <Satu> & Dua',
      sum('recorded'),
    ]);
    const { body } = await officer('GET', `/api/v1/waterfall?from=${MONTH}-01&to=${MONTH}-31&groupBy=point`);
    const point = book.getWorksheet('Per titik')!.getRow(2);
    expect(point.getCell(3).value).toBe(body.rows[0].recorded);
    const found = book.getWorksheet('Ketidaksesuaian')!;
    const patterns = [2, 3].map((row) => found.getRow(row).values);
    expect(patterns).toContainEqual([undefined, 'cash-under-declared', 'Tunai kurang dilaporkan', 0, 16, 8000, 0]);
    expect(sheet.getImages()).toHaveLength(1);
    if (process.env['EPARKING_SHOW_REPORTS']) writeFileSync(`${process.env['EPARKING_SHOW_REPORTS']}.xlsx`, bytes);
  });

  it('is a PDF of several pages', async () => {
    const bytes = await file('pdf');
    expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
    expect(bytes.toString('latin1').match(/\/Type \/Page\b/g)!.length).toBeGreaterThan(3);
    if (process.env['EPARKING_SHOW_REPORTS']) writeFileSync(`${process.env['EPARKING_SHOW_REPORTS']}.pdf`, bytes);
  });

  it('is refused for a month that cannot be', async () => {
    for (const query of ['month=2026-13&format=pdf', 'month=2099-01&format=pdf', `month=${MONTH}&format=doc`])
      expect((await officer('GET', `/api/v1/reports/monthly?${query}`)).status).toBe(400);
  });
});
