import { ROLES, type Role } from '@app/registry';
import { startTestApi, type Ask, type TestApi } from '../../../libs/testing/src/admin-api.js';
import { openApiOf } from './openapi.js';

const ADMIN = ['administrator'];
const OFFICE = ['administrator', 'revenue-officer'];
const CITY = [...OFFICE, 'auditor'];
const ALL = [...CITY, 'operator-clerk'];
const NO_SIGN_IN = ['public'];

/** Who may call what. A new endpoint fails this test until somebody has thought about it. */
const RIGHTS: Record<string, readonly string[]> = {
  'GET /health/live': NO_SIGN_IN,
  'GET /health/ready': NO_SIGN_IN,
  'GET /metrics': NO_SIGN_IN,
  'POST /api/v1/auth/login': NO_SIGN_IN,
  'GET /api/v1/about': ALL,
  'GET /api/v1/points-overview': ALL,
  'GET /api/v1/points-overview/sums': ALL,
  'GET /api/v1/income/hours': ALL,
  'GET /api/v1/live': ALL,
  'GET /api/v1/saved-views': ALL,
  'POST /api/v1/saved-views': ALL,
  'DELETE /api/v1/saved-views/{id}': ALL,
  'POST /api/v1/auth/refresh': NO_SIGN_IN,
  'POST /api/v1/auth/logout': ALL,
  'POST /api/v1/auth/totp/enrol': ALL,
  'POST /api/v1/auth/totp/confirm': ALL,
  'POST /api/v1/auth/totp/remove': ALL,
  'GET /api/v1/auth/me': ALL,
  'POST /api/v1/auth/password': ALL,
  'GET /api/v1/auth/notices': ALL,
  'POST /api/v1/auth/notices/seen': ALL,
  'GET /api/v1/auth/sessions': ALL,
  'DELETE /api/v1/auth/sessions/{id}': ALL,
  'GET /api/v1/points': ALL,
  'GET /api/v1/points/{code}': ALL,
  'POST /api/v1/points': OFFICE,
  'POST /api/v1/points/import': OFFICE,
  'PATCH /api/v1/points/{code}': OFFICE,
  'GET /api/v1/points/{code}/street-classes': ALL,
  'GET /api/v1/points/{code}/hours': ALL,
  'POST /api/v1/points/{code}/hours': OFFICE,
  'POST /api/v1/points/{code}/operator': OFFICE,
  'POST /api/v1/points/{code}/operator/end': OFFICE,
  'GET /api/v1/operators': ALL,
  'GET /api/v1/operators/{code}': ALL,
  'POST /api/v1/operators': OFFICE,
  'PATCH /api/v1/operators/{code}': OFFICE,
  'GET /api/v1/point-operators': ALL,
  'GET /api/v1/contracts': ALL,
  'POST /api/v1/contracts': OFFICE,
  'POST /api/v1/contracts/{number}/end': OFFICE,
  'GET /api/v1/attendants': ALL,
  'GET /api/v1/attendants/{code}': ALL,
  'POST /api/v1/attendants': OFFICE,
  'PATCH /api/v1/attendants/{code}': OFFICE,
  'GET /api/v1/assignments': ALL,
  'POST /api/v1/assignments': OFFICE,
  'POST /api/v1/assignments/{id}/end': OFFICE,
  'GET /api/v1/tariffs': ALL,
  'GET /api/v1/tariffs/{code}': ALL,
  'POST /api/v1/tariffs': OFFICE,
  'POST /api/v1/tariffs/{code}/end': OFFICE,
  'DELETE /api/v1/tariffs/{code}': OFFICE,
  'GET /api/v1/free-zones': ALL,
  'POST /api/v1/free-zones': OFFICE,
  'POST /api/v1/free-zones/{id}/end': OFFICE,
  'GET /api/v1/subscriptions': CITY,
  'POST /api/v1/subscriptions/search': CITY,
  'POST /api/v1/subscriptions': OFFICE,
  'POST /api/v1/subscriptions/{id}/end': OFFICE,
  'GET /api/v1/devices': ALL,
  'GET /api/v1/devices/{deviceId}': ALL,
  'POST /api/v1/devices': ADMIN,
  'POST /api/v1/devices/batch': ADMIN,
  'POST /api/v1/devices/{deviceId}/rotate': ADMIN,
  'POST /api/v1/devices/{deviceId}/revoke': ADMIN,
  'POST /api/v1/devices/{deviceId}/reinstate': ADMIN,
  'GET /api/v1/devices/{deviceId}/assignments': ALL,
  'POST /api/v1/devices/{deviceId}/assign': OFFICE,
  'POST /api/v1/devices/{deviceId}/lock': OFFICE,
  'POST /api/v1/devices/{deviceId}/unlock': OFFICE,
  'POST /api/v1/devices/{deviceId}/sync-config': OFFICE,
  'POST /api/v1/devices/{deviceId}/message': OFFICE,
  'POST /api/v1/devices/{deviceId}/resend': OFFICE,
  'GET /api/v1/devices/{deviceId}/commands': ALL,
  'GET /api/v1/devices/{deviceId}/gaps': ALL,
  'GET /api/v1/devices/{deviceId}/journal': ALL,
  'GET /api/v1/devices/{deviceId}/journal/{epoch}/{seq}': ALL,
  'GET /api/v1/quarantine': CITY,
  'GET /api/v1/quarantine/{id}': CITY,
  'GET /api/v1/quarantine/{id}/bytes': CITY,
  'POST /api/v1/quarantine/{id}/reprocess': OFFICE,
  'GET /api/v1/findings': CITY,
  'GET /api/v1/alarms': ALL,
  'POST /api/v1/alarms/{id}/acknowledge': OFFICE,
  'POST /api/v1/alarms/{id}/clear': OFFICE,
  'GET /api/v1/audit-log': ['administrator', 'auditor'],
  'GET /api/v1/audit-log/head': ['administrator', 'auditor'],
  'GET /api/v1/access-log': ['administrator', 'auditor'],
  'GET /api/v1/income': ALL,
  'GET /api/v1/waterfall': ALL,
  'GET /api/v1/targets': CITY,
  'POST /api/v1/targets': OFFICE,
  'GET /api/v1/targets/realisation': CITY,
  'GET /api/v1/ticket-ranges': ALL,
  'GET /api/v1/ticket-ranges/{id}/events': ALL,
  'POST /api/v1/ticket-ranges': OFFICE,
  'POST /api/v1/ticket-ranges/{id}/return': OFFICE,
  'POST /api/v1/ticket-ranges/{id}/void': OFFICE,
  'POST /api/v1/ticket-ranges/{id}/issue': OFFICE,
  'GET /api/v1/holidays': ALL,
  'POST /api/v1/holidays': OFFICE,
  'DELETE /api/v1/holidays/{day}': OFFICE,
  'GET /api/v1/shifts': ALL,
  'GET /api/v1/collections': ALL,
  'GET /api/v1/operator-statements': ALL,
  'POST /api/v1/operator-statements': OFFICE,
  'GET /api/v1/operator-statements/{operator}/{month}': ALL,
  'GET /api/v1/security-deposits': ALL,
  'POST /api/v1/security-deposits': OFFICE,
  'GET /api/v1/arrears': ALL,
  'GET /api/v1/reports/monthly': CITY,
  'GET /api/v1/rule-books': CITY,
  'POST /api/v1/rule-books': ADMIN,
  'POST /api/v1/reconciliation/dry-run': OFFICE,
  'GET /api/v1/devices/{deviceId}/journal-export': CITY,
  'POST /api/v1/devices/{deviceId}/journal-keys': ADMIN,
  'GET /api/v1/exceptions': ALL,
  'GET /api/v1/records/{device}/{epoch}/{seq}': ALL,
  'GET /api/v1/deposits': ALL,
  'POST /api/v1/deposits': OFFICE,
  'GET /api/v1/deposit-slips': CITY,
  'POST /api/v1/deposit-slips': OFFICE,
  'POST /api/v1/deposit-slips/{number}/credit-note': OFFICE,
  'GET /api/v1/ledger/balances': CITY,
  'POST /api/v1/settlements': OFFICE,
  'GET /api/v1/settlements': CITY,
  'GET /api/v1/settlements/{id}': CITY,
  'GET /api/v1/settlements/{id}/errors': CITY,
  'GET /api/v1/settlement-rows': ALL,
  'GET /api/v1/settlement-batches': CITY,
  'POST /api/v1/bank-statements': OFFICE,
  'GET /api/v1/bank-statements': CITY,
  'GET /api/v1/bank-statements/{id}': CITY,
  'GET /api/v1/bank-statements/{id}/errors': CITY,
  'GET /api/v1/bank-entries': CITY,
  'GET /api/v1/bank-accounts': CITY,
  'POST /api/v1/bank-accounts': OFFICE,
  'GET /api/v1/cases': ALL,
  'GET /api/v1/cases/assignees': OFFICE,
  'GET /api/v1/cases/{id}': ALL,
  'POST /api/v1/cases/{id}/moves': ALL,
  'POST /api/v1/cases/{id}/attachments': ALL,
  'GET /api/v1/cases/{id}/attachments/{sha256}': ALL,
  'GET /api/v1/field-counts': ALL,
  'POST /api/v1/field-counts': OFFICE,
  'POST /api/v1/field-counts/import': OFFICE,
  'GET /api/v1/field-counts/{id}/revisions': ALL,
  'POST /api/v1/field-counts/{id}/revisions': OFFICE,
  'GET /api/v1/field-count-plans': CITY,
  'POST /api/v1/field-count-plans': OFFICE,
  'POST /api/v1/field-count-plans/{id}/cancel': OFFICE,
  'GET /api/v1/field-count-plans/proposal': CITY,
  'GET /api/v1/suspicions': ALL,
  'GET /api/v1/expectations': ALL,
  'GET /api/v1/potentials': ALL,
  'GET /api/v1/detector/notes': ALL,
  'POST /api/v1/detector/notes/{id}/close': OFFICE,
  'GET /api/v1/detector/settings': CITY,
  'PATCH /api/v1/detector/settings': OFFICE,
  'GET /api/v1/detector/quality': CITY,
  'GET /api/v1/detector/runs': CITY,
  'GET /api/v1/calendar-events': ALL,
  'POST /api/v1/calendar-events': OFFICE,
  'POST /api/v1/calendar-events/import': OFFICE,
  'DELETE /api/v1/calendar-events/{id}': OFFICE,
  'GET /api/v1/acquirers': CITY,
  'GET /api/v1/acquirers/{code}': CITY,
  'POST /api/v1/acquirers': ADMIN,
  'PATCH /api/v1/acquirers/{code}': ADMIN,
  'GET /api/v1/qris-orders': ALL,
  'GET /api/v1/snap-notices': CITY,
  'GET /api/v1/users': ['administrator', 'auditor'],
  'POST /api/v1/users': ADMIN,
  'PATCH /api/v1/users/{username}': ADMIN,
  'POST /api/v1/users/{username}/password': ADMIN,
  'DELETE /api/v1/users/{username}/totp': ADMIN,
  'GET /api/v1/sessions': ADMIN,
  'DELETE /api/v1/sessions/{id}': ADMIN,
};

/** Real: HTTP on a port, PostgreSQL. */
describe('rights', () => {
  let api: TestApi;
  const ask = new Map<string, Ask>();

  beforeAll(async () => {
    api = await startTestApi();
    const admin = await api.as('administrator');
    for (const code of ['OWN', 'OTHER']) {
      await admin('POST', '/api/v1/operators', { code, name: `Operator ${code}` });
      await admin('POST', '/api/v1/points', { code: `P-${code}`, name: `Point of ${code}`, operator: code });
      await admin('POST', '/api/v1/devices', {
        deviceId: `hh-${code.toLowerCase()}`,
        kind: 'meter',
        point: `P-${code}`,
      });
      const attendant = { code: `A-${code}`, name: 'Somebody', badgeNumber: `B-${code}`, operator: code };
      await admin('POST', '/api/v1/attendants', attendant);
      const assignment = { attendant: `A-${code}`, point: `P-${code}`, validFrom: '2026-01-01' };
      await admin('POST', '/api/v1/assignments', assignment);
      await admin('POST', '/api/v1/contracts', contractOf(code));
      await admin('POST', '/api/v1/free-zones', { point: `P-${code}`, validFrom: '2026-01-01' });
      await admin('POST', `/api/v1/devices/hh-${code.toLowerCase()}/lock`, {});
    }
    await api.database.query(`INSERT INTO alarms (key, kind, severity, device_no, opened_at, last_at)
      SELECT device_id, 'device-late', 'warning', device_no, now(), now() FROM devices`);
    await api.database.query(`INSERT INTO journal_gaps (device_no, epoch, from_seq, to_seq, opened_at)
      SELECT device_no, 1, 2, 3, now() FROM devices`);
    await api.database
      .query(`INSERT INTO journal_records (device_no, epoch, seq, received_at, at, business_date, point_id,
        type, record) SELECT device_no, 1, 1, now(), now(), '2026-11-21', point_id, 'boot', '{"seq":1}'
      FROM devices JOIN device_assignments USING (device_no)`);
    await api.database.query(`INSERT INTO income_days SELECT '2026-11-21', id, 'car', 'cash', '', 1, 4000 FROM points`);
    await storeDetection(api);
    for (const role of ROLES) ask.set(role, await api.as(role, role === 'operator-clerk' ? 'OWN' : undefined));
  });
  afterAll(() => api.close());

  it('are thought about for every endpoint there is', () => {
    const routes = Object.entries(openApiOf(api.app).paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(routes.sort()).toEqual(Object.keys(RIGHTS).sort());
  });

  it.each(Object.keys(RIGHTS).filter((route) => RIGHTS[route] !== NO_SIGN_IN))(
    '%s asks for a sign-in',
    async (route) => {
      expect((await call(api.ask, route)).status).toBe(401);
    },
  );

  it.each(ROLES)('let the %s do what the table says, and nothing else', async (role: Role) => {
    const wrong: string[] = [];
    // Ends the session, so it comes last.
    const routes = Object.keys(RIGHTS).filter((route) => RIGHTS[route] !== NO_SIGN_IN && !route.endsWith('logout'));
    for (const route of routes) {
      const { status } = await call(ask.get(role)!, route);
      const may = RIGHTS[route]!.includes(role);
      if ((status === 403) === may || status === 401 || status >= 500) wrong.push(`${route}: ${status}`);
    }
    expect(wrong).toEqual([]);
  });

  it.each([
    ['points', 'code', ['P-OWN']],
    ['operators', 'code', ['OWN']],
    ['point-operators', 'point', ['P-OWN']],
    ['contracts', 'number', ['PKS-OWN']],
    ['attendants', 'code', ['A-OWN']],
    ['assignments', 'attendant', ['A-OWN']],
    ['free-zones', 'point', ['P-OWN']],
    ['devices', 'deviceId', ['hh-own']],
    ['alarms', 'deviceId', ['hh-own']],
    ['points/P-OWN/hours', 'point', []],
    ['points/P-OTHER/hours', 'point', []],
    ['field-counts', 'point', ['P-OWN']],
    ['field-counts/FC-P-OTHER/revisions', 'point', []],
    ['suspicions', 'point', ['P-OWN']],
    ['expectations', 'point', ['P-OWN']],
    ['potentials', 'point', ['P-OWN']],
    ['detector/notes', 'point', ['P-OWN']],
    ['calendar-events', 'point', ['P-OWN']],
    ['devices/hh-own/gaps', 'from', [2]],
    ['devices/hh-other/gaps', 'from', []],
    ['devices/hh-own/journal', 'seq', [1]],
    ['devices/hh-other/journal', 'seq', []],
    ['devices/hh-own/commands', 'name', ['lock']],
    ['devices/hh-other/commands', 'name', []],
    ['devices/hh-own/assignments', 'point', ['P-OWN']],
    ['devices/hh-other/assignments', 'point', []],
  ])('show an operator’s clerk only what is the operator’s: %s', async (path, key, expected) => {
    const { status, body } = await ask.get('operator-clerk')!('GET', `/api/v1/${path}`);
    expect(status).toBe(200);
    expect(body.rows.map((row: Record<string, unknown>) => row[key])).toEqual(expected);
    expect(body.total).toBe(expected.length);
  });

  it.each([
    'points/P-OTHER',
    'operators/OTHER',
    'attendants/A-OTHER',
    'devices/hh-other',
    'devices/hh-other/journal/1/1',
  ])('hide from an operator’s clerk that there is %s', async (path) => {
    expect((await ask.get('operator-clerk')!('GET', `/api/v1/${path}`)).status).toBe(404);
    expect((await ask.get('auditor')!('GET', `/api/v1/${path}`)).status).toBe(200);
  });

  it('tell everyone else that a device does not exist', async () => {
    for (const list of ['journal', 'gaps', 'commands', 'assignments'])
      expect((await ask.get('auditor')!('GET', `/api/v1/devices/hh-none/${list}`)).status).toBe(404);
  });

  it('give an operator’s clerk the own income, of the days on which the operator ran the point', async () => {
    const path = '/api/v1/income?from=2026-11-01&to=2026-11-30&groupBy=point';
    expect((await ask.get('auditor')!('GET', path)).body.total.amount).toBe(8000);
    const clerk = ask.get('operator-clerk')!;
    expect((await clerk('GET', path)).body.rows).toMatchObject([{ key: 'P-OWN', count: 1, amount: 4000 }]);
    expect((await clerk('GET', `${path}&operator=OTHER`)).body.total.count).toBe(0);
    await ask.get('revenue-officer')!('POST', '/api/v1/points/P-OWN/operator', {
      operator: 'OTHER',
      validFrom: '2026-11-21',
    });
    expect((await clerk('GET', path)).body.rows).toEqual([]);
  });
});

/** One of everything that the detector writes, for each point. */
async function storeDetection({ database }: TestApi): Promise<void> {
  for (const statement of [
    `INSERT INTO field_counts (id, revision, point_id, from_at, to_at, business_date, source, classes, entered_by)
     SELECT 'FC-' || code, 1, id, '2026-11-21T03:00Z', '2026-11-21T04:00Z', '2026-11-21', 'device', '{"car":{}}', 'x' FROM points`,
    `INSERT INTO suspicions (id, pattern, point_id, from_date, to_date, score, rupiah_low, rupiah_mid, rupiah_high, evidence,
       explanation_id, explanation_en, first_seen_at, last_seen_at)
     SELECT 'S-' || code, 'unrecorded-cash', id, '2026-11-20', '2026-11-21', 3, 1, 2, 3, '[]', '', '', now(), now() FROM points`,
    `INSERT INTO detection_runs (business_date, version, engine_version, settings_version, input_hash, state_hash, reason,
       ran_at, load_ms, engine_ms, points, suspicions, notes)
     VALUES ('2026-11-21', 1, 'x', 1, '', '', 'night', now(), 1, 1, 2, 2, 2)`,
    `INSERT INTO expectation_days (business_date, point_id, version) SELECT '2026-11-21', id, 1 FROM points`,
    `INSERT INTO potential_days (business_date, point_id, basis, low, mid, high, made_at)
     SELECT '2026-11-21', id, 'expectation', 1, 2, 3, now() FROM points`,
    `INSERT INTO detection_notes (id, kind, pattern, point_id, from_date, to_date, text_id, text_en, first_seen_at, last_seen_at)
     SELECT 'N-' || code, 'maintenance', 'device-fault', id, '2026-11-21', '2026-11-21', '', '', now(), now() FROM points`,
    `INSERT INTO calendar_events (kind, name, from_date, to_date, point_id, created_by)
     SELECT 'event', 'Fair', '2026-11-21', '2026-11-21', id, 'x' FROM points`,
  ])
    await database.query(statement);
}

function contractOf(operator: string): object {
  const shares = { cityShareBp: 4000, attendantShareBp: 2000, operatorShareBp: 4000 };
  return { number: `PKS-${operator}`, operator, ...shares, validFrom: '2026-01-01' };
}

/** Calls a route with names that do not exist: a right that is there ends in 400 or 404, one that is not in 403. */
function call(ask: Ask, route: string): ReturnType<Ask> {
  const [method, template] = route.split(' ') as [string, string];
  const path = template.replace(/\{(id|epoch|seq)\}/g, '999999').replace(/\{\w+\}/g, 'nothing-there');
  return ask(method, path, method === 'POST' || method === 'PATCH' ? {} : undefined);
}
