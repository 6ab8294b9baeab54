import ExcelJS from 'exceljs';
import { parse } from 'csv-parse/sync';
import { startTestApi, type Answer, type Ask, type TestApi } from '../../../libs/testing/src/admin-api.js';

const CSV = { 'content-type': 'text/csv' };

/** Real: HTTP on a port, PostgreSQL, files read by other programs' parsers. */
describe('files', () => {
  let api: TestApi;
  let admin: Ask & { token: string };

  beforeAll(async () => {
    api = await startTestApi();
    admin = await api.as('administrator');
    await admin('POST', '/api/v1/operators', { code: 'OPR-1', name: 'Company' });
  });
  afterAll(() => api.close());

  const imports = (text: string, query = ''): Promise<Answer> =>
    admin('POST', `/api/v1/points/import${query}`, text, CSV);

  describe('points from CSV', () => {
    const good = [
      'code,name,street,district,latitude,longitude,motorcycle,car,opens,closes,operator',
      'IMP-1,"Jl. Asia, ruas 1",Jl. Asia,Medan Area,3.5812,98.6935,30,12,07:00,22:00,OPR-1',
      'IMP-2,Jl. Pandu,,,,,,,,,',
    ].join('\n');

    it('are shown first, and stored only then', async () => {
      expect((await imports(good, '?dryRun=true')).body).toEqual({ rows: 2, stored: 0, faults: [] });
      expect((await admin('GET', '/api/v1/points')).body.total).toBe(0);
      expect((await imports(good)).body).toEqual({ rows: 2, stored: 2, faults: [] });
      expect((await admin('GET', '/api/v1/points/IMP-1')).body).toMatchObject({
        name: 'Jl. Asia, ruas 1',
        latitudeMicrodegrees: 3_581_200,
        spaces: { motorcycle: 30, car: 12 },
        hours: { 0: [420, 1320], 6: [420, 1320] },
        operator: 'OPR-1',
      });
    });

    it('come whole or not at all; every fault is told with line and field', async () => {
      const bad = [
        'code;name;latitude;operator;car',
        'NEW-1;Good;;;',
        'NEW 2;Bad code;;;',
        'NEW-3;;;;',
        'NEW-4;Bad latitude;3,58;;',
        'NEW-5;Bad operator;;OPR-9;',
        'NEW-1;Twice;;;',
        'IMP-1;Known;;;',
        'NEW-6;Bad spaces;;;many',
      ].join('\r\n');
      const faults = [
        [3, 'code'],
        [4, 'name'],
        [5, 'latitudeMicrodegrees'],
        [6, 'operator'],
        [7, 'code'],
        [8, 'code'],
        [9, 'spaces'],
      ];
      const shown = await imports(bad, '?dryRun=true');
      expect(shown.body.faults.map((row: Record<string, unknown>) => [row['line'], row['field']])).toEqual(faults);
      const refused = await imports(bad);
      expect([refused.status, refused.body.error.code]).toEqual([400, 'bad-rows']);
      expect(refused.body.error.rows).toHaveLength(faults.length);
      expect((await admin('GET', '/api/v1/points/NEW-1')).status).toBe(404);
    });

    it.each([
      ['name\nx', 'code'],
      ['code,name,colour\nA,b,red', 'colour'],
      ['', undefined],
      ['code,name\n"A,b', undefined],
    ])('are refused as a file: %j', async (text, field) => {
      const { status, body } = await imports(text || '\n');
      expect([status, body.error.code, body.error.field]).toEqual([400, 'bad-file', field]);
    });

    it('must come as text', async () => {
      expect((await admin('POST', '/api/v1/points/import', { code: 'X' })).status).toBe(415);
    });
  });

  it('a maker’s batch of devices is registered whole or not at all', async () => {
    const batch = (rows: string[]): Promise<Answer> =>
      admin('POST', '/api/v1/devices/batch', ['deviceId,kind,point,model', ...rows].join('\n'), CSV);
    const bad = await batch(['hh-b1,handheld,IMP-1,H2', 'hh-b2,handheld,NO-POINT,H2']);
    expect(bad.body.error.rows).toMatchObject([{ line: 3, field: 'point' }]);
    expect((await admin('GET', '/api/v1/devices/hh-b1')).status).toBe(404);
    const tried = await admin(
      'POST',
      '/api/v1/devices/batch?dryRun=true',
      'deviceId,kind,point\nhh-b1,handheld,IMP-1\nhh-b1,meter,NO-POINT',
      CSV,
    );
    expect(tried.body).toMatchObject({ rows: 2, stored: 0, devices: [], faults: [{ line: 3 }, { line: 3 }] });
    expect((await admin('GET', '/api/v1/devices/hh-b1')).status).toBe(404);
    const good = await batch(['hh-b1,handheld,IMP-1,H2', 'mt-b1,meter,IMP-2,']);
    expect(good.status).toBe(201);
    expect(good.body.devices.map((device: { deviceId: string }) => device.deviceId)).toEqual(['hh-b1', 'mt-b1']);
    expect((await admin('GET', '/api/v1/devices/mt-b1')).body).toMatchObject({
      kind: 'meter',
      point: 'IMP-2',
      model: '',
    });
  });

  it('credentials come as a printable code, too', async () => {
    const { body } = await admin('POST', '/api/v1/devices/hh-b1/rotate?qr=svg');
    expect(JSON.parse(body.qrText)).toEqual({
      v: 1,
      deviceId: 'hh-b1',
      mqttPassword: body.mqttPassword,
      journalKey: body.journalKey,
      epoch: 2,
    });
    expect(body.qrSvg).toMatch(/^<svg .*<\/svg>$/s);
  });

  it('any list comes as CSV: whole, whatever the limit, and harmless in a spreadsheet', async () => {
    for (const [code, name] of [
      ['X-1', '=HYPERLINK("http://evil")'],
      ['X-2', '@SUM(A1)'],
      ['X-3', 'quote " comma , line\nbreak'],
    ])
      await admin('POST', '/api/v1/points', { code, name, spaces: { car: 3 } });
    const { headers, body } = await admin('GET', '/api/v1/points?format=csv&limit=1');
    expect(headers.get('content-type')).toBe('text/csv; charset=utf-8');
    const rows: Record<string, string>[] = parse(body, { columns: true });
    const listed = (await admin('GET', '/api/v1/points')).body.rows;
    expect(rows.map((row) => row['code'])).toEqual(listed.map((row: { code: string }) => row.code));
    expect(Object.keys(rows[0]!)).toEqual(Object.keys(listed[0]));
    const byCode = Object.fromEntries(rows.map((row) => [row['code'], row]));
    expect(byCode['X-1']!['name']).toBe(`'=HYPERLINK("http://evil")`);
    expect(byCode['X-2']!['name']).toBe(`'@SUM(A1)`);
    expect(byCode['X-3']).toMatchObject({ name: 'quote " comma , line\nbreak', spaces: '{"car":3}', operator: '' });
  });

  it('an empty list comes as CSV with its header', async () => {
    const { body } = await admin('GET', '/api/v1/tariffs?format=csv');
    expect(body).toMatch(/^code,vehicleClass,.*\n$/);
  });

  it('any list comes as XLSX, numbers as numbers', async () => {
    const response = await fetch(`${api.url}/api/v1/devices?format=xlsx`, {
      headers: { authorization: `Bearer ${admin.token}` },
    });
    expect(response.headers.get('content-disposition')).toBe('attachment; filename="devices.xlsx"');
    const workbook = new ExcelJS.Workbook();
    await workbook.xlsx.load(await response.arrayBuffer());
    const sheet = workbook.getWorksheet('devices')!;
    const header = (sheet.getRow(1).values as string[]).slice(1);
    expect(header.slice(0, 3)).toEqual(['deviceId', 'kind', 'model']);
    expect(header).toContain('presence');
    expect(sheet.getRow(2).getCell(1).value).toBe('hh-b1');
    expect(sheet.getRow(2).getCell(header.indexOf('epoch') + 1).value).toBe(2);
  });

  it('a long list comes whole', async () => {
    await api.database.query(`INSERT INTO audit_log (actor, action, subject)
      SELECT 'test', 'bulk.row', n::text FROM generate_series(1, 2500) n`);
    const { body } = await admin('GET', '/api/v1/audit-log?action=bulk&format=csv');
    const subjects = parse(body as string, { columns: true }).map((row) =>
      Number((row as { subject: string }).subject),
    );
    expect(subjects).toEqual(Array.from({ length: 2500 }, (_, n) => 2500 - n));
  });
});
