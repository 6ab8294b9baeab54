import { randomBytes } from 'node:crypto';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { systemClock, type Clock } from '@app/kernel';
import { createUser, openDatabase, write, type Database } from '@app/persistence';
import { createLogger, createMetrics, loadConfig } from '@app/platform';
import { Sealer, type Role } from '@app/registry';
import { hashPassword } from '../../../apps/admin-api/src/auth/passwords.js';
import { createApp } from '../../../apps/admin-api/src/create-app.js';
import { Services } from '../../../apps/admin-api/src/services.js';
import { settingsOf } from '../../../apps/admin-api/src/settings.js';
import { createTestDatabase } from './test-database.js';

/** What came back: status, headers, and the body, parsed where it is JSON. */
export interface Answer {
  status: number;
  headers: Headers;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- a test looks for what it expects
  body: any;
}

export type Ask = (method: string, path: string, body?: unknown, headers?: Record<string, string>) => Promise<Answer>;

/** The admin API on a port of its own and a database of its own. */
export interface TestApi {
  readonly url: string;
  readonly databaseUrl: string;
  /** With every right, for what a test prepares and looks up. */
  readonly database: Database;
  readonly sealer: Sealer;
  readonly app: NestFastifyApplication;
  /** Asks without a token. */
  readonly ask: Ask;
  /** Makes a user of this role, signs in, and gives the way to ask as that user. */
  as(role: Role, operator?: string): Promise<Ask & { username: string; password: string; token: string }>;
  close(): Promise<void>;
}

/**
 * Starts the API as main does, on a free port; everything under it is real.
 * @param options.env settings of the API, as in the environment
 */
export async function startTestApi(options: { clock?: Clock; env?: Record<string, string> } = {}): Promise<TestApi> {
  const testDatabase = await createTestDatabase();
  const database = openDatabase({ url: testDatabase.url, poolSizeMax: 8, applicationName: 'test-api' });
  // The API itself has its own rights and no others.
  const ownDatabase = openDatabase({ url: testDatabase.urlFor('admin-api'), poolSizeMax: 8 });
  const sealer = new Sealer([randomBytes(32)]);
  const services = new Services({
    database: ownDatabase,
    sealer,
    clock: options.clock ?? systemClock,
    log: createLogger({ service: 'admin-api', level: 'fatal' }),
    metrics: createMetrics('admin-api'),
    settings: settingsOf(loadConfig(options.env ?? {})),
  });
  const app = await createApp(services);
  await app.listen(0, '127.0.0.1');
  const url = await app.getUrl();
  const ask = asker(url);
  return {
    url,
    databaseUrl: testDatabase.url,
    database,
    sealer,
    app,
    ask,
    as: (role, operator) => signedIn(database, ask, url, role, operator),
    close: async () => {
      await app.close();
      await Promise.all([database.close(), ownDatabase.close()]);
      await testDatabase.drop();
    },
  };
}

function asker(url: string, token?: string): Ask {
  return async (method, path, body, headers = {}) => {
    const json = body !== undefined && typeof body !== 'string';
    const response = await fetch(url + path, {
      method,
      headers: {
        ...(token && { authorization: `Bearer ${token}` }),
        ...(json && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: json ? JSON.stringify(body) : (body as string) }),
    });
    // A stream has no end: that it was opened is the answer.
    const isStream = response.headers.get('content-type')?.includes('text/event-stream');
    if (isStream) await response.body?.cancel();
    const text = isStream ? '' : await response.text();
    const isJson = response.headers.get('content-type')?.includes('application/json');
    return { status: response.status, headers: response.headers, body: isJson && text ? JSON.parse(text) : text };
  };
}

async function signedIn(
  database: Database,
  ask: Ask,
  url: string,
  role: Role,
  operator?: string,
): Promise<Ask & { username: string; password: string; token: string }> {
  const username = `${role}-${randomBytes(4).toString('hex')}`;
  const password = randomBytes(12).toString('base64url');
  const passwordHash = await hashPassword(password);
  await write(database, { username: 'test', address: '' }, (tx) =>
    createUser(tx, { username, role, passwordHash, ...(operator !== undefined && { operator }) }),
  );
  const { body } = await ask('POST', '/api/v1/auth/login', { username, password });
  const token = (body as { accessToken: string }).accessToken;
  return Object.assign(asker(url, token), { username, password, token });
}
