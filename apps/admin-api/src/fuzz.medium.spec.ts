// Real: HTTP on a port, PostgreSQL. Seeded and bounded; `npm run test:fuzz -- --times 50 --seed 7` goes on for longer.
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { ROLES } from '@app/registry';
import { startTestApi, type Answer, type Ask, type TestApi } from '../../../libs/testing/src/admin-api.js';
import { hostile, valuesOf, type Schema } from './hostile-values.spec-support.js';

interface Operation {
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: string;
    readonly required?: boolean;
    readonly schema: Schema;
  }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> };
}
interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}
interface Request {
  readonly method: string;
  readonly path: string;
  readonly body?: string;
  readonly contentType: string;
}

const TIMES = Number(process.env['FUZZ_TIMES'] ?? 1);
const SEED = Number(process.env['FUZZ_SEED'] ?? 20_261_126);
const document = JSON.parse(
  readFileSync(new URL('../../../docs/api/openapi.json', import.meta.url), 'utf8'),
) as Document;
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
);
/** Ends the session with which the test asks, or begins others: their own tests know them better. */
const LEFT_OUT = new Set(['POST /api/v1/auth/logout', 'GET /api/v1/live']);
/** Says 503 where no gateway or no provider is there to answer. */
const MAY_BE_AWAY = /\/(reprocess|journal-keys)$/;
const TRACE = /\n\s+at |node_modules|\.[jt]s:\d+|SELECT |INSERT |syntax error|QueryFailed/;

let api: TestApi;
const asks = new Map<string, Ask>();

beforeAll(async () => {
  api = await startTestApi({ env: { EPARKING_HTTP_REQUESTS_PER_MINUTE: '1000000' } });
  const admin = await api.as('administrator');
  await admin('POST', '/api/v1/operators', { code: 'OWN', name: 'Operator' });
  await admin('POST', '/api/v1/points', { code: 'P-OWN', name: 'Point', operator: 'OWN' });
  await admin('POST', '/api/v1/devices', { deviceId: 'hh-own', kind: 'meter', point: 'P-OWN' });
  await admin('POST', '/api/v1/attendants', { code: 'A-OWN', name: 'Somebody', badgeNumber: 'B', operator: 'OWN' });
  for (const role of ROLES) asks.set(role, await api.as(role, role === 'operator-clerk' ? 'OWN' : undefined));
  asks.set('nobody', api.ask);
});
afterAll(() => api.close());

/** Any request of an operation: mostly as its description says, with something wrong now and then. */
function requestsOf({ method, path, operation }: (typeof operations)[number]): fc.Arbitrary<Request> {
  const { schemas } = document.components;
  const parameters = operation.parameters ?? [];
  const values = fc.record(
    Object.fromEntries(parameters.map(({ name, schema }) => [name, valuesOf(schema, schemas)])),
    { requiredKeys: parameters.filter((each) => each.in === 'path').map(({ name }) => name) },
  );
  const [contentType, content] = Object.entries(operation.requestBody?.content ?? {})[0] ?? ['application/json', null];
  const body = content
    ? fc.oneof(
        { weight: 8, arbitrary: valuesOf(content.schema, schemas).map(encoded) },
        { weight: 1, arbitrary: hostile.map(encoded) },
        { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 200 }) },
        { weight: 1, arbitrary: fc.constant('['.repeat(20_000)) },
      )
    : fc.constant(undefined);
  return fc.record({ values, body }).map(({ values: given, body: text }) => {
    const query = new URLSearchParams();
    let filled = path;
    for (const { name, in: place } of parameters) {
      if (!(name in given)) continue;
      const value = textOf(given[name]);
      if (place === 'path') filled = filled.replace(`{${name}}`, () => encode(value) || 'x');
      else query.append(name, value);
    }
    const search = query.size > 0 ? `?${query}` : '';
    const request = { method, path: filled + search };
    if (text === undefined) return { ...request, contentType };
    return contentType.startsWith('multipart/')
      ? { ...request, contentType: `${contentType}; boundary=edge`, body: formOf(text) }
      : { ...request, contentType, body: text };
  });
}

/** A form with a file of this text; whole, cut off, or none at all, as the text's length has it. */
function formOf(text: string): string {
  const head = '--edge\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n';
  const whole = `${head}${text}\r\n--edge--\r\n`;
  return text.length % 3 === 0 ? whole.slice(0, -text.length - 5) : text.length % 7 === 0 ? text : whole;
}

const encoded = (value: unknown): string => JSON.stringify(value) ?? '';
const textOf = (value: unknown): string => (typeof value === 'string' ? value : encoded(value)).slice(0, 4_000);
const encode = (value: string): string => new URLSearchParams({ '': value }).toString().slice(1).replaceAll('+', '%20');

function complaintOf({ status, body }: Answer, path: string): string | null {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  if (status >= 500 && !(status === 503 && MAY_BE_AWAY.test(path.split('?')[0]!))) return `answers ${status}: ${text}`;
  if (status < 400) return null;
  if (TRACE.test(text)) return `tells of its inside: ${text.slice(0, 300)}`;
  const { error } = body as { error?: { code?: unknown; message?: unknown } };
  if (typeof error?.code !== 'string' || typeof error.message !== 'string')
    return `${status} without a reason: ${text}`;
  return null;
}

it('answers any request of any operation, of any role, with a reason and never with a fault of its own', async () => {
  const complaints: string[] = [];
  for (const operation of operations) {
    const name = `${operation.method} ${operation.path}`;
    if (LEFT_OUT.has(name)) continue;
    const samples = fc.sample(requestsOf(operation), { numRuns: TIMES * asks.size, seed: SEED });
    // One of each role at a time: past a limit, sign-ins are told to wait (503), and rightly.
    for (let round = 0; round < TIMES; round++)
      await Promise.all(
        [...asks].map(async ([role, ask], i) => {
          const { method, path, body, contentType } = samples[round * asks.size + i]!;
          const answer = await ask(method, path, body, body === undefined ? {} : { 'content-type': contentType });
          const complaint = complaintOf(answer, path);
          if (complaint) complaints.push(`${role} ${name} ${path.slice(0, 200)} ${body?.slice(0, 300)}: ${complaint}`);
        }),
      );
  }
  expect(complaints).toEqual([]);
  expect((await api.ask('GET', '/health/ready')).status).toBe(200);
});

/** Notices sent side by side. */
const AT_ONCE = 60;

it('answers any notice of an acquirer in the form of SNAP, and keeps no money by it', async () => {
  const path = '/v1.0/qr/qr-mpm-notify';
  const headers = fc.record(
    Object.fromEntries(
      ['x-timestamp', 'x-signature', 'x-partner-id', 'x-external-id', 'authorization'].map((name) => [
        name,
        fc.oneof(fc.stringMatching(/^[ -~]{0,80}$/), fc.constant('2026-11-21T10:00:00+07:00')),
      ]),
    ),
    { requiredKeys: [] },
  );
  const body = fc.oneof(hostile.map(encoded), fc.string({ unit: 'binary', maxLength: 300 }));
  const samples = fc.sample(fc.tuple(body, headers), { numRuns: AT_ONCE * TIMES, seed: SEED });
  // Fewer at a time than connections are taken from everybody.
  for (let round = 0; round < TIMES; round++)
    await Promise.all(
      samples.slice(round * AT_ONCE, (round + 1) * AT_ONCE).map(async ([text, given]) => {
        const answer = await api.ask('POST', path, text, { 'content-type': 'application/json', ...given });
        expect([answer.status < 500, typeof answer.body?.responseCode, text]).toEqual([true, 'string', text]);
      }),
    );
  expect(await api.database.query('SELECT 1 FROM announced_payments')).toEqual([]);
});
