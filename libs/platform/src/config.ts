import { resolve } from 'node:path';
import { settingGroups } from './settings.js';
import type { Setting } from './setting.js';

type Groups = typeof settingGroups;
type Merge<T> = (T extends unknown ? (row: T) => void : never) extends (row: infer All) => void ? All : never;
type Settings = Merge<Groups[keyof Groups]>;

/** The whole configuration: one frozen object, parsed once at start. Durations are milliseconds (`...Ms`). */
export type Config = Readonly<{ [K in keyof Settings]: Settings[K] extends Setting<infer T> ? T : never }>;

/** A setting that cannot be used. The message names the variable and the remedy, never a secret's value. */
export class ConfigError extends Error {
  override name = 'ConfigError';
}

/** The setting's value in this environment; an absent or empty variable means the default. */
function read(setting: Setting<unknown>, env: NodeJS.ProcessEnv, problems: string[]): unknown {
  const text = env[setting.variable];
  if (text === undefined || text === '') return setting.absent;
  const value = setting.parse(text);
  if (value !== undefined) return value;
  const given = setting.secret ? 'what is given is not' : `${JSON.stringify(text.slice(0, 80))} is not`;
  problems.push(`${setting.variable} must be ${setting.range}; ${given}. Correct it, or unset it for the default.`);
  return setting.absent;
}

const LOOPBACK = /^(127\.|::1$|localhost$)/;

/** What would be open to the network without TLS, and was not opened on purpose. */
function plainProblems(config: Config): string[] {
  const plain = [
    ['EPARKING_MQTT_HOST', config.mqttHost, 'terminals come in by EPARKING_MQTTS_PORT'],
    ['EPARKING_GATEWAY_HTTP_HOST', config.gatewayHttpHost, 'browser terminals come in by EPARKING_WSS_PORT'],
    ...(config.httpsCertFile ? [] : [['EPARKING_HTTP_HOST', config.httpHost, 'set EPARKING_HTTPS_CERT and _KEY']]),
  ] as const;
  if (config.allowPlain === 'on') return [];
  const broker = config.brokerUrl === undefined ? null : new URL(config.brokerUrl);
  return [
    ...plain
      .filter(([, host]) => !LOOPBACK.test(host!))
      .map(([name, , remedy]) => `${name} opens a port without TLS: ${remedy}, or say EPARKING_ALLOW_PLAIN=on.`),
    ...(broker?.protocol === 'mqtt:' && !LOOPBACK.test(broker.hostname)
      ? ['EPARKING_BROKER_URL goes over the network without TLS: use mqtts://, or say EPARKING_ALLOW_PLAIN=on.']
      : []),
  ];
}

/** Rules over several settings at once. */
function crossProblems(config: Config): string[] {
  const problems: string[] = [];
  if ((config.tlsCertFile === undefined) !== (config.tlsKeyFile === undefined))
    problems.push('EPARKING_TLS_CERT and EPARKING_TLS_KEY belong together: set both, or neither.');
  if (config.tlsClientCaFile !== undefined && config.tlsCertFile === undefined)
    problems.push('EPARKING_TLS_CLIENT_CA needs EPARKING_TLS_CERT and EPARKING_TLS_KEY.');
  if (config.tlsClientCrlFile !== undefined && config.tlsClientCaFile === undefined)
    problems.push('EPARKING_TLS_CLIENT_CRL needs EPARKING_TLS_CLIENT_CA.');
  if ((config.httpsCertFile === undefined) !== (config.httpsKeyFile === undefined))
    problems.push('EPARKING_HTTPS_CERT and EPARKING_HTTPS_KEY belong together: set both, or neither.');
  if (config.brokerUrl !== undefined && config.brokerClientId === undefined)
    problems.push(
      'EPARKING_BROKER_URL needs EPARKING_BROKER_CLIENT_ID: under it the broker keeps what is not acknowledged.',
    );
  problems.push(...plainProblems(config));
  if (config.gapFindingAfterMs <= config.gapAskAfterMs)
    problems.push('EPARKING_GAP_FINDING_AFTER must be longer than EPARKING_GAP_ASK_AFTER.');
  return problems;
}

/**
 * Parses the environment into the configuration. `dataDir` comes out absolute.
 * @throws ConfigError with one line a problem, all of them at once
 */
export function loadConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const problems: string[] = [];
  const entries = Object.values(settingGroups)
    .flatMap((group) => Object.entries(group as Record<string, Setting<unknown>>))
    .map(([key, setting]) => [key, read(setting, env, problems)] as const);
  const values = Object.fromEntries(entries) as Config;
  const config: Config = Object.freeze({ ...values, dataDir: resolve(values.dataDir) });
  problems.push(...crossProblems(config));
  if (problems.length > 0) throw new ConfigError(problems.join('\n'));
  return config;
}

/**
 * The database to work on, for a process that cannot do without.
 * @throws ConfigError when DATABASE_URL is not set (the launcher sets it for the processes it starts)
 */
export function requireDatabaseUrl(config: Config): string {
  if (config.databaseUrl !== undefined) return config.databaseUrl;
  throw new ConfigError(
    'DATABASE_URL is not set: start everything with `npm start`, which brings its own PostgreSQL, or name a server.',
  );
}
