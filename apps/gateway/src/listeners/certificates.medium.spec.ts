import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import mqtt, { type IClientOptions, type MqttClient } from 'mqtt';
import WebSocket from 'ws';
import { openDatabase, type Database } from '@app/persistence';
import { createTestDatabase, eventually, type TestDatabase } from '@app/testing';
import { provision, startGateway, type TestGateway } from '../gateway.spec-support.js';
import { ensureProgram } from '../../../../infra/bootstrap/programs.js';
import { Authority } from '../../../../infra/ca/authority.js';

const run = promisify(execFile);

/** Real: gateway, PostgreSQL, TLS clients of Node, OpenSSL and Mosquitto. */
describe('the certificate authority', () => {
  let folder: string;
  let authority: Authority;
  let server: TestDatabase;
  let database: Database;
  let gateway: TestGateway;
  const files = new Map<string, string>();
  const path = (name: string): string => join(folder, name);
  const device = { use: 'device', alt: [], days: 2 } as const;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'eparking-ca-'));
    authority = new Authority(folder);
    await authority.init('Test city', 10);
    files.set('gateway', await authority.issue('gateway', { use: 'server', alt: ['127.0.0.1', 'localhost'], days: 2 }));
    for (const name of ['hh-0001', 'hh-0002']) files.set(name, await authority.issue(name, { ...device, alt: [] }));
    server = await createTestDatabase();
    database = openDatabase({ url: server.url });
    gateway = await startGateway(server.urlFor('gateway'), {
      env: {
        EPARKING_TLS_CERT: path(`${files.get('gateway')}.crt`),
        EPARKING_TLS_KEY: path(`${files.get('gateway')}.key`),
        EPARKING_TLS_CLIENT_CA: path('ca.crt'),
        EPARKING_TLS_CLIENT_CRL: path('crl.pem'),
      },
    });
    for (const name of ['hh-0001', 'hh-0002', 'hh-0003']) await provision(database, name);
  }, 60_000);
  afterAll(async () => {
    await gateway.stop();
    await database.close();
    await server.drop();
    rmSync(folder, { recursive: true });
  });

  const pem = (name: string, ending: string): Buffer => readFileSync(path(`${files.get(name)}.${ending}`));
  const signIn = (name: string, options: IClientOptions = {}): Promise<MqttClient> =>
    mqtt.connectAsync({
      protocol: 'mqtts',
      host: '127.0.0.1',
      port: gateway.mqtts!,
      ca: readFileSync(path('ca.crt')),
      cert: pem(name, 'crt'),
      key: pem(name, 'key'),
      clientId: name,
      reconnectPeriod: 0,
      ...options,
    });
  const refusalOf = (name: string): Promise<number | undefined> =>
    signIn(name).then(
      async (client) => {
        await client.endAsync();
        return 0;
      },
      (error: { code?: number }) => error.code,
    );

  it('keeps its keys to itself', () => {
    for (const name of ['ca.key', `${files.get('hh-0001')}.key`])
      expect([name, statSync(path(name)).mode & 0o777]).toEqual([name, 0o600]);
    expect(readdirSync(folder).filter((name) => name.endsWith('.new'))).toEqual([]);
  });

  it('issues what OpenSSL and Mosquitto take', async () => {
    const verify = ['verify', '-crl_check', '-CAfile', path('ca.crt'), '-CRLfile', path('crl.pem')];
    for (const [name, purpose] of [
      ['gateway', 'sslserver'],
      ['hh-0001', 'sslclient'],
    ] as const) {
      const args = [...verify, '-purpose', purpose, path(`${files.get(name)}.crt`)];
      expect(execFileSync('openssl', args, { encoding: 'utf8' })).toContain('OK');
    }
    const { file, env } = await ensureProgram('mosquitto_pub');
    const topic = 'eparking/v1/hh-0002/status';
    const own = path(String(files.get('hh-0002')));
    const args = ['-h', '127.0.0.1', '-p', String(gateway.mqtts), '-i', 'hh-0002', '--cafile', path('ca.crt')];
    args.push('--cert', `${own}.crt`, '--key', `${own}.key`, '-t', topic, '-m', '{"v":1,"state":"online"}', '-q', '1');
    // Not in step: the gateway lives in this process.
    const { stderr } = await run(file, args, { env: { ...process.env, ...env }, timeout: 20_000 });
    expect(stderr).toBe('');
  });

  it('signs a request, for a key that it never sees', async () => {
    const request = ['req', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-subj', '/CN=hh-0003'];
    execFileSync('openssl', [...request, '-keyout', path('hh-0003.key'), '-out', path('hh-0003.csr')], {
      stdio: 'pipe',
    });
    const file = await authority.sign(readFileSync(path('hh-0003.csr'), 'utf8'), { ...device, alt: [] });
    const client = await signIn('hh-0001', {
      clientId: 'hh-0003',
      cert: readFileSync(path(`${file}.crt`)),
      key: readFileSync(path('hh-0003.key')),
    });
    await client.endAsync();
    await expect(authority.sign('nonsense', { ...device, alt: [] })).rejects.toThrow(/no certificate request/);
  });

  it('takes a certificate back: its live connection ends, it lets nobody in, others stay', async () => {
    const revoked = await signIn('hh-0001');
    const other = await signIn('hh-0002');
    const ended = new Promise<void>((resolve) => revoked.once('close', () => resolve()));
    const ticket = await sessionOf('hh-0001');
    expect(await authority.revoke('hh-0001')).toHaveLength(1);
    await ended;
    expect(await refusalOf('hh-0001')).toBe(4);
    expect(other.connected).toBe(true);
    await other.endAsync();
    const socket = await tls('hh-0001', { session: ticket, maxVersion: 'TLSv1.2' });
    expect(socket.isSessionReused()).toBe(false);
    socket.destroy();
  });

  it('renews: another certificate of the same name is good while the earlier one is taken back', async () => {
    files.set('hh-0001', await authority.issue('hh-0001', { ...device, alt: [] }));
    expect(await refusalOf('hh-0001')).toBe(0);
    await expect(authority.revoke('hh-0009')).rejects.toThrow(/Nothing in force/);
  });

  it('speaks WebSocket over TLS to a terminal in a browser', async () => {
    const socket = new WebSocket(`wss://127.0.0.1:${gateway.wss}/mqtt`, ['mqtt'], { ca: readFileSync(path('ca.crt')) });
    await new Promise<void>((resolve, reject) => socket.once('open', resolve).once('error', reject));
    expect(socket.protocol).toBe('mqtt');
    socket.terminate();
  });

  it('leaves no way in to old ciphers', async () => {
    const weak = { maxVersion: 'TLSv1.2', ciphers: 'AES128-SHA:AES256-GCM-SHA384:@SECLEVEL=0' } as const;
    await expect(tls('hh-0002', weak)).rejects.toThrow();
    const socket = await tls('hh-0002', { maxVersion: 'TLSv1.2' });
    expect(socket.getCipher().name).toMatch(/^ECDHE-.*(GCM|CHACHA20)/);
    socket.destroy();
  });

  function tls(name: string, options: object = {}): Promise<TLSSocket> {
    return new Promise((resolve, reject) => {
      const socket = connectTls(
        {
          host: '127.0.0.1',
          port: gateway.mqtts!,
          ca: readFileSync(path('ca.crt')),
          cert: pem(name, 'crt'),
          key: pem(name, 'key'),
          ...options,
        },
        () => resolve(socket),
      );
      socket.once('error', reject);
    });
  }

  /** A session that could be resumed (TLS 1.2, so that it is there when the handshake is). */
  async function sessionOf(name: string): Promise<Buffer> {
    const socket = await tls(name, { maxVersion: 'TLSv1.2' });
    const session = await eventually(() => {
      const found = socket.getSession();
      if (!found) throw new Error('no session yet');
      return Promise.resolve(found);
    });
    socket.destroy();
    return session;
  }
});
