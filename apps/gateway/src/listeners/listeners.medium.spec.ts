import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect as connectTls, type ConnectionOptions } from 'node:tls';
import mqtt, { type IClientOptions } from 'mqtt';
import { WebSocket } from 'ws';
import { openDatabase, type Database } from '@app/persistence';
import type { Credentials } from '@app/registry';
import { createTestDatabase, type TestDatabase } from '@app/testing';
import { provision, startGateway, type TestGateway } from '../gateway.spec-support.js';

let folder: string;
let server: TestDatabase;
let database: Database;
let gateway: TestGateway;
let device: Credentials;

const file = (name: string): string => join(folder, name);
const pem = (name: string): Buffer => readFileSync(file(name));
const openssl = (...args: string[]): void => void execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' });

/** An authority of this name: `name.crt`, `name.key`. */
function makeAuthority(name: string): void {
  openssl(
    'req',
    '-x509',
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:P-256',
    '-nodes',
    '-days',
    '2',
    '-keyout',
    `${name}.key`,
    '-out',
    `${name}.crt`,
    '-subj',
    `/CN=${name}`,
  );
}

/** A certificate for a common name, signed by an authority. */
function issue(name: string, commonName: string, authority: string): void {
  writeFileSync(file(`${name}.ext`), 'subjectAltName=IP:127.0.0.1,DNS:localhost');
  openssl(
    'req',
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:P-256',
    '-nodes',
    '-keyout',
    `${name}.key`,
    '-out',
    `${name}.csr`,
    '-subj',
    `/CN=${commonName}`,
  );
  openssl(
    'x509',
    '-req',
    '-in',
    `${name}.csr`,
    '-CA',
    `${authority}.crt`,
    '-CAkey',
    `${authority}.key`,
    '-CAcreateserial',
    '-days',
    '2',
    '-extfile',
    `${name}.ext`,
    '-out',
    `${name}.crt`,
  );
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'eparking-tls-'));
  for (const authority of ['city', 'stranger']) makeAuthority(authority);
  issue('gateway', 'localhost', 'city');
  issue('device', 'hh-0001', 'city');
  issue('other', 'hh-0002', 'city');
  issue('forged', 'hh-0001', 'stranger');
  server = await createTestDatabase();
  database = openDatabase({ url: server.url });
  gateway = await startGateway(server.urlFor('gateway'), {
    env: {
      EPARKING_TLS_CERT: file('gateway.crt'),
      EPARKING_TLS_KEY: file('gateway.key'),
      EPARKING_TLS_CLIENT_CA: file('city.crt'),
    },
  });
  device = await provision(database, 'hh-0001');
}, 30_000);
afterAll(async () => {
  await gateway.stop();
  await database.close();
  await server.drop();
  rmSync(folder, { recursive: true });
});

/** 0 when let in, else the code of the refusal. */
async function signIn(options: IClientOptions): Promise<number> {
  try {
    const client = await mqtt.connectAsync({
      protocol: 'mqtts',
      host: '127.0.0.1',
      port: gateway.mqtts!,
      ca: pem('city.crt'),
      clientId: device.deviceId,
      reconnectPeriod: 0,
      ...options,
    });
    await client.endAsync();
    return 0;
  } catch (error) {
    return (error as mqtt.ErrorWithReasonCode).code as number;
  }
}

describe('MQTT over TLS', () => {
  const certificate = (name: string) => ({ cert: pem(`${name}.crt`), key: pem(`${name}.key`) });
  const password = () => ({ username: device.deviceId, password: device.mqttPassword });

  it('lets a device in with its password, or with a certificate of its name alone', async () => {
    expect(await signIn(password())).toBe(0);
    expect(await signIn(certificate('device'))).toBe(0);
    expect(await signIn({ ...certificate('device'), username: device.deviceId })).toBe(0);
  });

  it('takes no certificate of another device, and none that a stranger signed', async () => {
    expect(await signIn(certificate('other'))).toBe(4);
    expect(await signIn({ ...certificate('other'), ...password() })).toBe(4);
    expect(await signIn(certificate('forged'))).toBe(4);
    expect(await signIn({ ...certificate('forged'), ...password() })).toBe(0);
    expect(await signIn({})).toBe(4);
  });

  it('speaks TLS 1.2 and newer only', async () => {
    const speak = (options: ConnectionOptions): Promise<string> =>
      new Promise((resolve) => {
        const socket = connectTls({ host: '127.0.0.1', port: gateway.mqtts!, ca: pem('city.crt'), ...options }, () => {
          resolve(socket.getProtocol() ?? 'none');
          socket.destroy();
        });
        socket.on('error', () => resolve('refused'));
      });
    expect(await speak({ minVersion: 'TLSv1.2', maxVersion: 'TLSv1.2' })).toBe('TLSv1.2');
    expect(await speak({})).toBe('TLSv1.3');
    expect(await speak({ minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' })).toBe('refused');
  });
});

describe('MQTT over WebSocket', () => {
  const endOf = (path: string, protocol: string[], first?: string | Buffer): Promise<string> =>
    new Promise((resolve) => {
      const socket = new WebSocket(`ws://127.0.0.1:${gateway.http}${path}`, protocol);
      socket.on('open', () => first !== undefined && socket.send(first));
      socket.on('error', (error) => resolve(error.message));
      socket.on('close', () => resolve('closed'));
    });

  it('wants its path, its subprotocol and binary messages', async () => {
    expect(await endOf('/other', ['mqtt'])).toContain('404');
    expect(await endOf('/mqtt', ['chat'])).toContain('400');
    expect(await endOf('/mqtt', ['mqtt'], 'text')).toBe('closed');
    expect(await endOf('/mqtt', ['mqtt'], Buffer.from('no MQTT'))).toBe('closed');
  });
});
