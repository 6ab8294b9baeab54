import { spawn } from 'node:child_process';
import { pbkdf2Sync, randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mqtt from 'mqtt';
import { freePort } from '../../../infra/bootstrap/processes.js';
import { ensureProgram } from '../../../infra/bootstrap/programs.js';
import { eventually } from './wait.js';

/** Debian's Mosquitto, set up as docs/EXTERNAL-BROKER.md says: users, topics of their own, nothing dropped. */
export interface TestMosquitto {
  readonly port: number;
  /** Address for a gateway that signs in under this name. */
  urlOf(user: string): string;
  stop(): Promise<void>;
}

/** As `mosquitto_passwd` writes it: PBKDF2 with SHA-512. */
function passwordLine(user: string, password: string): string {
  const salt = randomBytes(12);
  const hash = pbkdf2Sync(password, salt, 101, 64, 'sha512');
  return `${user}:$7$101$${salt.toString('base64')}$${hash.toString('base64')}`;
}

const UP = ['journal', 'telemetry', 'status', 'requests', 'replies'];

/** @param users names and passwords; names that begin with `gateway` are gateways, the others terminals */
export async function startMosquitto(users: ReadonlyMap<string, string>): Promise<TestMosquitto> {
  const { file, env } = await ensureProgram('mosquitto');
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), 'eparking-mosquitto-'));
  chmodSync(folder, 0o777); // Started by root it becomes a user of its own.
  const gateways = [...users.keys()].filter((user) => user.startsWith('gateway'));
  const acl = [
    ...gateways.flatMap((user) => [`user ${user}`, 'topic readwrite eparking/v1/#']),
    ...UP.map((channel) => `pattern write eparking/v1/%u/${channel}`),
    'pattern read eparking/v1/%u/#',
  ];
  const conf = [
    `listener ${port} 127.0.0.1`,
    'allow_anonymous false',
    'use_username_as_clientid true',
    `password_file ${folder}/passwords`,
    `acl_file ${folder}/acl`,
    'max_inflight_messages 1000',
    'max_queued_messages 0',
  ];
  writeFileSync(join(folder, 'passwords'), [...users].map(([user, secret]) => passwordLine(user, secret)).join('\n'));
  writeFileSync(join(folder, 'acl'), acl.join('\n') + '\n');
  writeFileSync(join(folder, 'conf'), conf.join('\n') + '\n');
  const child = spawn(file, ['-c', join(folder, 'conf')], { stdio: 'ignore', env: { ...process.env, ...env } });
  const exited = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const [user, password] = [...users][0]!;
  await eventually(async () => {
    const client = await mqtt.connectAsync({ host: '127.0.0.1', port, username: user, password, reconnectPeriod: 0 });
    await client.endAsync();
  });
  return {
    port,
    urlOf: (name) => `mqtt://${name}:${users.get(name)!}@127.0.0.1:${port}`,
    stop: async () => {
      child.kill('SIGTERM');
      await exited;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
