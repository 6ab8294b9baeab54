// Real: HTTP on a port, PostgreSQL. Every GET of the OpenAPI document, asked by an operator's clerk for what is another's.
import { readFileSync } from 'node:fs';
import { startTestApi, type Ask, type TestApi } from '../../../libs/testing/src/admin-api.js';

interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query';
  readonly required?: boolean;
}
const document = JSON.parse(readFileSync(new URL('../../../docs/api/openapi.json', import.meta.url), 'utf8')) as {
  paths: Record<string, { get?: { parameters?: Parameter[] } }>;
};

/** What must be given; where several would do, one that matches what is stored. */
const REQUIRED: Readonly<Record<string, string>> = {
  from: '2026-11-01',
  to: '2026-11-30',
  groupBy: 'operator',
  by: 'hour',
  year: '2026',
  teams: '1',
  people: '1',
  point: 'P-OTHER',
};
/** What names a thing of the other operator, in a path or a query. */
const OTHERS: Readonly<Record<string, string>> = {
  operator: 'OTHER',
  point: 'P-OTHER',
  device: 'hh-other',
  deviceId: 'hh-other',
  attendant: 'A-OTHER',
  search: 'OTHER',
  epoch: '1',
  seq: '1',
  month: '2026-10',
  caseId: 'C-OTHER',
  sha256: 'aa'.repeat(32),
};
const CODES: readonly [RegExp, string][] = [
  [/\/points\//, 'P-OTHER'],
  [/\/operators\//, 'OTHER'],
  [/\/attendants\//, 'A-OTHER'],
  [/\/tariffs\//, 'T-OTHER'],
];
const IDS: readonly [RegExp, string][] = [
  [/\/cases\//, 'C-OTHER'],
  [/\/field-counts\//, 'FC-OTHER'],
];
/** Anybody's, or a stream without an end. */
const LEFT_OUT = new Set(['/health/live', '/health/ready', '/metrics', '/api/v1/live']);

let api: TestApi;
let clerk: Ask;
let auditor: Ask;

beforeAll(async () => {
  api = await startTestApi();
  const admin = await api.as('administrator');
  for (const code of ['OWN', 'OTHER']) {
    const device = `hh-${code.toLowerCase()}`;
    await admin('POST', '/api/v1/operators', { code, name: `Operator ${code}` });
    await admin('POST', '/api/v1/points', { code: `P-${code}`, name: `Point of ${code}`, operator: code });
    await admin('POST', '/api/v1/devices', { deviceId: device, kind: 'meter', point: `P-${code}` });
    const attendant = { code: `A-${code}`, name: `Somebody of ${code}`, badgeNumber: `B-${code}`, operator: code };
    await admin('POST', '/api/v1/attendants', attendant);
    await admin('POST', '/api/v1/assignments', { attendant: `A-${code}`, point: `P-${code}`, validFrom: '2026-01-01' });
    const shares = { cityShareBp: 4000, attendantShareBp: 2000, operatorShareBp: 4000 };
    await admin('POST', '/api/v1/contracts', {
      number: `PKS-${code}`,
      operator: code,
      ...shares,
      validFrom: '2026-01-01',
    });
    await admin('POST', '/api/v1/free-zones', { point: `P-${code}`, validFrom: '2026-01-01' });
    await admin('POST', `/api/v1/devices/${device}/lock`, {});
    for (const statement of STORED)
      await api.database.query(statement.replaceAll('$CODE', code).replaceAll('$DEVICE', device));
  }
  clerk = await api.as('operator-clerk', 'OWN');
  auditor = await api.as('auditor');
});
afterAll(() => api.close());

const POINT = `(SELECT id FROM points WHERE code = 'P-$CODE')`;
const DEVICE = `(SELECT device_no FROM devices WHERE device_id = '$DEVICE')`;

/** What processes write and no endpoint makes, one of each for an operator. */
const STORED = [
  `INSERT INTO alarms (key, kind, severity, device_no, opened_at, last_at) VALUES ('$DEVICE', 'device-late', 'warning', ${DEVICE}, now(), now())`,
  `INSERT INTO journal_gaps (device_no, epoch, from_seq, to_seq, opened_at) VALUES (${DEVICE}, 1, 2, 3, now())`,
  `INSERT INTO journal_records (device_no, epoch, seq, received_at, at, business_date, point_id, type, attendant, record)
   VALUES (${DEVICE}, 1, 1, now(), now(), '2026-11-21', ${POINT}, 'boot', 'A-$CODE', '{"seq":1}')`,
  `INSERT INTO income_days VALUES ('2026-11-21', ${POINT}, 'car', 'cash', 'A-$CODE', 1, 4000)`,
  `INSERT INTO income_hours VALUES ('2026-11-21', 9, ${POINT}, 'car', 'cash', 'A-$CODE', 1, 4000)`,
  `INSERT INTO shifts (device_no, shift, attendant, opened_at, point_id)
   VALUES (${DEVICE}, 'S-$CODE', 'A-$CODE', '2026-11-21T03:00Z', ${POINT})`,
  `INSERT INTO exceptions (id, run, pattern, state, subject_kind, subject_id, business_date, at, amount, point_id, device_no,
     attendant, evidence, details, rule_version, first_seen_at, last_seen_at)
   VALUES ('E-$CODE', 'day', 'cash-shortage', 'mismatched', 'point', 'P-$CODE', '2026-11-21', now(), 1000, ${POINT}, ${DEVICE},
     'A-$CODE', '[]', '{}', '1', now(), now())`,
  `INSERT INTO cases (id, key, episode, kind, pattern, subject_kind, subject_id, state, severity, opened_at, due_at, escalations,
     amount, recovered, findings, from_date, to_date, point_id, operator_code, version, folded)
   VALUES ('C-$CODE', 'K-$CODE', 1, 'exception', 'cash-shortage', 'point', 'P-$CODE', 'open', 'major', now(), now(), 0,
     1000, 0, 1, '2026-11-21', '2026-11-21', ${POINT}, '$CODE', 1, '{}')`,
  `INSERT INTO security_deposits VALUES ('$CODE', 'SD-$CODE', '2026-11-21', 1000, 'account', 'x', now())`,
  `INSERT INTO operator_statements VALUES ('$CODE', '2026-10', 1, '{"operator":"$CODE"}', now())`,
  `INSERT INTO field_counts (id, revision, point_id, from_at, to_at, business_date, source, classes, entered_by)
   VALUES ('FC-$CODE', 1, ${POINT}, '2026-11-21T03:00Z', '2026-11-21T04:00Z', '2026-11-21', 'device', '{"car":{}}', 'x')`,
  `INSERT INTO suspicions (id, pattern, point_id, from_date, to_date, score, rupiah_low, rupiah_mid, rupiah_high, evidence,
     explanation_id, explanation_en, first_seen_at, last_seen_at)
   VALUES ('S-$CODE', 'unrecorded-cash', ${POINT}, '2026-11-20', '2026-11-21', 3, 1, 2, 3, '[]', '', '', now(), now())`,
  `INSERT INTO potential_days (business_date, point_id, basis, low, mid, high, made_at)
   VALUES ('2026-11-21', ${POINT}, 'expectation', 1, 2, 3, now())`,
  `INSERT INTO detection_notes (id, kind, pattern, point_id, from_date, to_date, text_id, text_en, first_seen_at, last_seen_at)
   VALUES ('N-$CODE', 'maintenance', 'device-fault', ${POINT}, '2026-11-21', '2026-11-21', '', '', now(), now())`,
  `INSERT INTO calendar_events (kind, name, from_date, to_date, point_id, created_by)
   VALUES ('event', 'Fair of $CODE', '2026-11-21', '2026-11-21', ${POINT}, 'x')`,
];

/** The path with the other's names in it, bare and with each filter that can name something of the other's. */
function requestsOf(path: string, parameters: readonly Parameter[]): string[] {
  const code = CODES.find(([pattern]) => pattern.test(path))?.[1] ?? 'OTHER';
  const id = IDS.find(([pattern]) => pattern.test(path))?.[1] ?? '1';
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) =>
    name === 'code' ? code : name === 'id' ? id : (OTHERS[name] ?? 'OTHER'),
  );
  const query = parameters.filter((each) => each.in === 'query');
  const required = query.filter((each) => (each.required || /^(from|to)$/.test(each.name)) && REQUIRED[each.name]);
  const base = required.map(({ name }) => `${name}=${REQUIRED[name]}`);
  const filters = query.filter(
    ({ name }) => OTHERS[name] !== undefined && !base.some((one) => one.startsWith(`${name}=`)),
  );
  return [base, ...filters.map(({ name }) => [...base, `${name}=${OTHERS[name]}`])].map((parts) =>
    parts.length > 0 ? `${filled}?${parts.join('&')}` : filled,
  );
}

const isOthers = (body: unknown): boolean => /other/i.test(JSON.stringify(body));

it('shows an operator’s clerk nothing of another operator, by any GET there is', async () => {
  const leaks: string[] = [];
  const shownToTheCity = new Set<string>();
  for (const [path, { get }] of Object.entries(document.paths)) {
    if (!get || LEFT_OUT.has(path)) continue;
    for (const request of requestsOf(path, get.parameters ?? [])) {
      const theirs = await auditor('GET', request);
      if (theirs.status === 200 && isOthers(theirs.body)) shownToTheCity.add(path);
      const { status, body } = await clerk('GET', request);
      if (status >= 500) leaks.push(`${request}: ${status}`);
      if (status === 200 && isOthers(body)) leaks.push(`${request}: ${JSON.stringify(body).slice(0, 300)}`);
      // What the city finds under a name of the other's does not exist for the clerk.
      if (theirs.status === 200 && status !== 403 && /\{/.test(path) && status !== 404 && body.total !== 0)
        leaks.push(`${request}: ${status} ${JSON.stringify(body).slice(0, 200)}`);
    }
  }
  expect(leaks).toEqual([]);
  // The test sees something only where there is something of the other's to be seen.
  expect(SEEN.filter((path) => !shownToTheCity.has(path))).toEqual([]);
});

const SEEN = [
  '/api/v1/alarms',
  '/api/v1/assignments',
  '/api/v1/attendants',
  '/api/v1/attendants/{code}',
  '/api/v1/calendar-events',
  '/api/v1/cases',
  '/api/v1/contracts',
  '/api/v1/detector/notes',
  '/api/v1/devices',
  '/api/v1/devices/{deviceId}',
  '/api/v1/exceptions',
  '/api/v1/field-counts',
  '/api/v1/free-zones',
  '/api/v1/income',
  '/api/v1/operator-statements',
  '/api/v1/operators',
  '/api/v1/operators/{code}',
  '/api/v1/point-operators',
  '/api/v1/points',
  '/api/v1/points/{code}',
  '/api/v1/points-overview',
  '/api/v1/potentials',
  '/api/v1/security-deposits',
  '/api/v1/suspicions',
  '/api/v1/waterfall',
];
