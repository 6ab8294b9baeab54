import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { request, type RequestOptions } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { IncomingMessage } from 'node:http';
import { startTestApi, type TestApi } from '../../../../libs/testing/src/admin-api.js';

/** Real: HTTP on a port, PostgreSQL. */
describe('what the API tells a browser', () => {
  let api: TestApi;

  beforeAll(async () => {
    api = await startTestApi({ env: { EPARKING_HTTP_REQUESTS_PER_MINUTE: '40' } });
  });
  afterAll(() => api.close());

  it('is to run no script but its own, to be framed by nobody, to keep nothing', async () => {
    const { headers } = await api.ask('GET', '/api/v1/points');
    const policy = headers.get('content-security-policy')!;
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("worker-src 'self' blob:");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(Object.fromEntries(headers)).toMatchObject({
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'strict-transport-security': expect.stringContaining('max-age=31536000'),
      'permissions-policy': expect.stringContaining('camera=()'),
    });
    expect(headers.get('x-powered-by')).toBeNull();
  });

  it('is to fetch nothing from elsewhere', async () => {
    const { headers } = await api.ask('GET', '/api/v1/points');
    expect(headers.get('content-security-policy')).toContain("connect-src 'self';");
  });

  it('lets no other origin read or ask', async () => {
    const headers = { origin: 'https://evil.example', 'access-control-request-method': 'POST' };
    for (const method of ['GET', 'OPTIONS']) {
      const answer = await api.ask(method, '/api/v1/points', undefined, headers);
      expect([...answer.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
    }
  });

  it('refuses a body that is too large before reading it', async () => {
    const { status } = await api.ask('POST', '/api/v1/auth/login', { username: 'x'.repeat(2_000_000), password: 'x' });
    expect(status).toBe(413);
  });

  it('makes an address wait that asks too often, but not those who look after the process', async () => {
    const answers = [];
    for (let n = 0; n < 45; n++) answers.push(await api.ask('GET', '/api/v1/points'));
    const last = answers.at(-1)!;
    expect([last.status, last.body.error.code]).toEqual([429, 'too-many-requests']);
    expect(Number(last.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await api.ask('GET', '/health/live')).status).toBe(200);
  });
});

/** Real: HTTP on a port, PostgreSQL. */
describe('the API of a city with map tiles', () => {
  let api: TestApi;

  beforeAll(async () => {
    const env = { EPARKING_MAP_TILES: 'https://tiles.example:8443/medan/{z}/{x}/{y}.png', EPARKING_MAP_CREDIT: 'Us' };
    api = await startTestApi({ env });
  });
  afterAll(() => api.close());

  it('lets browsers fetch them from that origin alone, and says where they are', async () => {
    const auditor = await api.as('auditor');
    const { headers, body } = await auditor('GET', '/api/v1/about');
    expect(headers.get('content-security-policy')).toContain("connect-src 'self' https://tiles.example:8443;");
    expect(body.map).toEqual({ tiles: 'https://tiles.example:8443/medan/{z}/{x}/{y}.png', credit: 'Us' });
  });
});

/** Real: HTTPS on a port, with a certificate of OpenSSL's. */
describe('the API that speaks TLS itself', () => {
  let folder: string;
  let api: TestApi;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'eparking-https-'));
    const args = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2'];
    args.push('-keyout', 'api.key', '-out', 'api.crt', '-subj', '/CN=api', '-addext', 'subjectAltName=IP:127.0.0.1');
    execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' });
    api = await startTestApi({
      env: { EPARKING_HTTPS_CERT: join(folder, 'api.crt'), EPARKING_HTTPS_KEY: join(folder, 'api.key') },
    });
  });
  afterAll(async () => {
    await api.close();
    rmSync(folder, { recursive: true });
  });

  const get = (options: RequestOptions = {}): Promise<IncomingMessage> =>
    new Promise((resolve, reject) => {
      const ca = readFileSync(join(folder, 'api.crt'));
      const asked = request(
        `${api.url}/api/v1/auth/refresh`,
        { method: 'POST', ca, agent: false, ...options },
        (answer) => {
          answer.resume();
          resolve(answer);
        },
      );
      asked.on('error', reject).end();
    });

  it('insists on it: cookies for TLS alone, no older protocol', async () => {
    const { statusCode, headers } = await get();
    expect(statusCode).toBe(401);
    expect(headers['set-cookie']![0]).toMatch(/^__Host-eparking-refresh=; Path=\/; Max-Age=0;.*; Secure$/);
    await expect(get({ maxVersion: 'TLSv1.1', minVersion: 'TLSv1', ciphers: 'DEFAULT@SECLEVEL=0' })).rejects.toThrow();
  });
});
