import { startTestApi, type Ask, type TestApi } from '../../../../libs/testing/src/admin-api.js';

/** Real: HTTP on a port, PostgreSQL. */
describe('field counts by API', () => {
  let api: TestApi;
  let officer: Ask;
  const csv = { 'content-type': 'text/csv' };
  const header = 'point,date,from,to,team,motorcycle,motorcycleExempt,car';

  beforeAll(async () => {
    api = await startTestApi({ clock: { now: () => Date.parse('2026-11-21T12:00:00+07:00') } });
    officer = await api.as('revenue-officer');
    await officer('POST', '/api/v1/points', { code: 'P-1', name: 'Point one' });
  });
  afterAll(() => api.close());

  it('are entered by form, corrected as a new revision, and keep their history', async () => {
    const span = { from: '2026-11-20T08:00:00+07:00', to: '2026-11-20T09:00:00+07:00' };
    const count = { point: 'P-1', ...span, classes: { motorcycle: { arrivals: 40, exempt: 2 } } };
    const { status, body } = await officer('POST', '/api/v1/field-counts', count);
    expect(status).toBe(201);
    expect((await officer('POST', '/api/v1/field-counts', count)).body.error.field).toBe('from');
    const revisions = `/api/v1/field-counts/${body.id}/revisions`;
    const fix = { revision: 1, reason: 'misread', classes: { motorcycle: { arrivals: 44, exempt: 2 } } };
    expect((await officer('POST', revisions, fix)).status).toBe(204);
    expect((await officer('POST', revisions, fix)).status).toBe(409);
    const { body: history } = await officer('GET', revisions);
    expect(history.rows.map((row: { revision: number; reason: string }) => [row.revision, row.reason])).toEqual([
      [2, 'misread'],
      [1, ''],
    ]);
    const { body: list } = await officer('GET', '/api/v1/field-counts?point=P-1');
    expect(list.rows).toMatchObject([
      { revision: 2, classes: { motorcycle: { arrivals: 44 } }, businessDate: '2026-11-20' },
    ]);
  });

  it.each([
    [{ classes: { bus: { arrivals: 1 } } }, 'classes'],
    [{ classes: { car: { arrivals: -1 } } }, 'classes'],
    [{ classes: { car: { arrivals: 1, exempt: 2 } } }, 'classes'],
    [{ to: '2026-11-19T07:00:00+07:00' }, 'to'],
    [{ from: '2026-11-22T07:00:00+07:00', to: '2026-11-22T08:00:00+07:00' }, 'to'],
    [{ point: 'P-9' }, 'point'],
    [{ plan: 99 }, 'plan'],
  ])('name the field that is wrong: %j', async (change, field) => {
    const good = {
      point: 'P-1',
      from: '2026-11-19T08:00:00+07:00',
      to: '2026-11-19T09:00:00+07:00',
      classes: { car: {} },
    };
    const { status, body } = await officer('POST', '/api/v1/field-counts', { ...good, ...change });
    expect([status, body.error.field]).toEqual([400, field]);
  });

  it('come from a file, all or none, with every wrong row told', async () => {
    const bad = [
      header,
      'P-1,2026-11-18,08:00,09:00,A,30,1,4',
      'P-9,2026-11-18,08:00,09:00,A,30,,',
      'P-1,2026-11-18,9,10:00,A,x,,',
    ];
    const path = '/api/v1/field-counts/import';
    const refused = await officer('POST', path, bad.join('\n'), csv);
    expect(refused.status).toBe(400);
    expect(refused.body.error.rows.map((row: { line: number; field: string }) => [row.line, row.field])).toEqual([
      [3, 'point'],
      [4, 'from'],
    ]);
    const good = [header, 'P-1,2026-11-18,08:00,09:00,A,30,1,4', 'P-1,2026-11-18,09:00,10:00,A,25,,3'].join('\n');
    const trial = await officer('POST', `${path}?dryRun=true`, good, csv);
    expect(trial.body).toEqual({ rows: 2, stored: 0, faults: [] });
    expect((await officer('POST', path, good, csv)).body).toEqual({ rows: 2, stored: 2, faults: [] });
    expect((await officer('POST', path, good, csv)).body.error.rows).toHaveLength(2);
    const { body } = await officer('GET', '/api/v1/field-counts?source=import');
    expect(body.total).toBe(2);
  });

  it('are planned, and counted when a count names the plan', async () => {
    const plan = { point: 'P-1', date: '2026-11-21', fromHour: 8, toHour: 12, people: 2 };
    const made = await officer('POST', '/api/v1/field-count-plans', plan);
    expect(made.status).toBe(201);
    expect((await officer('POST', '/api/v1/field-count-plans', plan)).status).toBe(409);
    const span = { from: '2026-11-21T08:00:00+07:00', to: '2026-11-21T09:00:00+07:00' };
    await officer('POST', '/api/v1/field-counts', {
      point: 'P-1',
      ...span,
      classes: { car: { arrivals: 3 } },
      plan: made.body.id,
    });
    const { body } = await officer('GET', '/api/v1/field-count-plans');
    expect(body.rows).toMatchObject([{ id: made.body.id, state: 'counted', counts: 1 }]);
  });

  it('are proposed where money was recorded, and settings of the detector keep their history', async () => {
    await api.database.query(
      `INSERT INTO income_hours SELECT '2026-11-20', h, p.id, 'car', 'cash', '', 5, 20000 FROM points p, generate_series(8, 18) h`,
    );
    await api.database.query(
      `INSERT INTO income_days SELECT '2026-11-20', p.id, 'car', 'cash', '', 55, 220000 FROM points p`,
    );
    const { body } = await officer('GET', '/api/v1/field-count-plans/proposal?date=2026-11-22&teams=3');
    expect(body.rows).toMatchObject([{ rank: 1, point: 'P-1', people: 2 }]);
    expect(body.rows[0].value).toBeGreaterThan(0);
    const change = { falseCasesPerWeek: 2, reason: 'two officers more' };
    expect((await officer('PATCH', '/api/v1/detector/settings', change)).body).toMatchObject({
      version: 2,
      falseCasesPerWeek: 2,
    });
    expect((await officer('PATCH', '/api/v1/detector/settings', change)).status).toBe(409);
    const { body: quality } = await officer('GET', '/api/v1/detector/quality');
    expect(quality).toMatchObject({ cases: 0, falseCasesPerWeek: { promised: 2, achieved: null } });
  });

  it('come beside a calendar of events, entered one by one or from a file, each once', async () => {
    const path = '/api/v1/calendar-events/import';
    const rows = [
      'kind,name,from,to,district,point',
      'rain,BMKG heavy rain,2026-11-19,2026-11-19,,',
      'school-holiday,Semester 1,2026-12-21,2027-01-02,,',
      'road-works,Sewer,2026-11-25,2026-11-30,,P-1',
    ];
    const bad = await officer('POST', path, [...rows, 'sunny,x,2026-11-19,2026-11-19,,'].join('\n'), csv);
    expect(bad.body.error.rows).toMatchObject([{ line: 5, field: 'kind' }]);
    expect((await officer('POST', `${path}?dryRun=true`, rows.join('\n'), csv)).body.stored).toBe(0);
    expect((await officer('POST', path, rows.join('\n'), csv)).body).toEqual({ rows: 3, stored: 3, faults: [] });
    const again = await officer('POST', path, rows.join('\n'), csv);
    expect(again.body.error.rows.map(({ line }: { line: number }) => line)).toEqual([2, 3, 4]);
    expect((await officer('GET', '/api/v1/calendar-events')).body.total).toBe(3);
    const work = await api.database.query(
      `SELECT business_date::text AS day FROM detection_work WHERE reason = 'calendar'`,
    );
    expect(work).toContainEqual({ day: '2026-11-19' });
  });
});
