import './require-node.js';
import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { build } from './build.js';
import { prepareDataFolder } from './data-folder.js';
import { keepDatabase } from './database.js';
import { install } from './install.js';
import { takeLock } from './launch-lock.js';
import { GATEWAY_NODE_OPTIONS } from './node-options.js';
import { PlainError } from './plain-error.js';
import { settlePorts } from './ports.js';
import { processUrls } from './roles.js';
import { main, repository, runProgram } from './run.js';
import { startService } from './service.js';
import { Session, Stopped } from './session.js';

/**
 * `npm start` runs the system on this machine; `npm run demo` (--demo) seeds a demo city as well and starts its
 * simulated terminals.
 */
const demo = process.argv.includes('--demo');

/** @typedef {typeof import('../../libs/platform/src/index.js')} Platform */
/** @typedef {import('../../libs/platform/src/index.js').Config} Config */

/** Node's own options of a process. @type {Readonly<Record<string, readonly string[]>>} */
const NODE_OPTIONS_OF = { gateway: GATEWAY_NODE_OPTIONS };

/** A built script. @param {string} path */
function built(path) {
  return join(repository, 'dist', path);
}

/** The configuration, read by the very code that the processes read it with. @returns {Promise<Config>} */
async function readConfig() {
  /** @type {Platform} */
  const platform = await import(built('libs/platform/src/index.js'));
  try {
    return platform.loadConfig(process.env);
  } catch (error) {
    if (error instanceof platform.ConfigError) throw new PlainError(error.message);
    throw error;
  }
}

/** @param {Config} config */
function wantedPorts(config) {
  const tls = config.tlsCertFile
    ? [
        { variable: 'EPARKING_MQTTS_PORT', host: config.mqttsHost, port: config.mqttsPort },
        { variable: 'EPARKING_WSS_PORT', host: config.mqttsHost, port: config.wssPort },
      ]
    : [];
  return [
    { variable: 'EPARKING_MQTT_PORT', host: config.mqttHost, port: config.mqttPort },
    ...tls,
    { variable: 'EPARKING_HTTP_PORT', host: config.httpHost, port: config.httpPort },
    { variable: 'EPARKING_GATEWAY_HTTP_PORT', host: config.gatewayHttpHost, port: config.gatewayHttpPort },
    { variable: 'EPARKING_WORKER_HTTP_PORT', host: config.workerHttpHost, port: config.workerHttpPort },
    ...(demo ? [{ variable: 'EPARKING_SIM_PROVIDER_PORT', host: '127.0.0.1', port: config.simProviderPort }] : []),
  ];
}

/**
 * Where to reach a server that listens on this address.
 * @param {string} host @param {string | undefined} port @param {string} [scheme]
 */
function httpUrl(host, port, scheme = 'http') {
  const reachable = ['0.0.0.0', '::'].includes(host) ? '127.0.0.1' : host;
  return `${scheme}://${reachable.includes(':') ? `[${reachable}]` : reachable}:${port}`;
}

/** @param {Config} config */
function apiScheme({ httpsCertFile }) {
  return httpsCertFile ? 'https' : 'http';
}

/**
 * Migrates, makes the first administrator, seeds. @param {NodeJS.ProcessEnv} env
 * @returns {Promise<{adminPassword?: string}>} the password when it was generated just now
 */
async function setUp(env) {
  const args = ['--enable-source-maps', built('apps/admin-api/src/cli/setup.js'), ...(demo ? ['--demo'] : [])];
  const { code, stdout, stderr } = await runProgram(process.execPath, args, { quiet: true, env });
  if (code !== 0) throw new PlainError(`The database could not be set up: ${(stderr || stdout).trim()}`);
  return JSON.parse(stdout.trim().split('\n').at(-1) || '{}');
}

/**
 * The processes in the order in which they start. @param {Config} config @param {Record<string, string>} ports
 */
function serviceTable(config, ports) {
  const ready = (/** @type {string} */ host, /** @type {string} */ variable, scheme = 'http') =>
    `${httpUrl(host, ports[variable], scheme)}/health/ready`;
  return [
    { name: 'gateway', readyUrl: ready(config.gatewayHttpHost, 'EPARKING_GATEWAY_HTTP_PORT') },
    { name: 'worker', readyUrl: ready(config.workerHttpHost, 'EPARKING_WORKER_HTTP_PORT') },
    { name: 'admin-api', readyUrl: ready(config.httpHost, 'EPARKING_HTTP_PORT', apiScheme(config)) },
  ].map((service) => ({ ...service, script: built(`apps/${service.name}/src/main.js`) }));
}

/**
 * The database's address for each process: the embedded server with a role for each, or the one that is given.
 * @param {Session} session @param {Config} config @param {string} logFolder
 * @returns {Promise<Record<import('./roles.js').Who, string>>}
 */
async function databaseUrls(session, { dataDir, databaseUrl, postgresPort: port }, logFolder) {
  if (databaseUrl)
    return { migrator: databaseUrl, gateway: databaseUrl, worker: databaseUrl, 'admin-api': databaseUrl };
  const database = await keepDatabase({ dataDir, port, logFolder });
  session.add(database.stop);
  return processUrls(dataDir, database.url);
}

/** @param {Session} session @returns {Promise<void>} */
async function launch(session) {
  const config = await readConfig();
  const { dataDir } = config;
  const hasDatabase = config.databaseUrl !== undefined || existsSync(join(dataDir, 'postgres', 'PG_VERSION'));
  prepareDataFolder(dataDir, { newDatabase: !hasDatabase });
  const lock = await takeLock(join(dataDir, 'run', 'launcher.json'));
  session.add(lock.release);
  const ports = await settlePorts(wantedPorts(config));
  session.check();

  const logFolder = join(dataDir, 'logs');
  console.log(`Data folder: ${relative(process.cwd(), dataDir) || dataDir}`);
  const urls = await databaseUrls(session, config, logFolder);
  session.check();

  const production = { NODE_ENV: 'production', ...process.env };
  const env = { ...production, ...ports, EPARKING_DATA_DIR: dataDir };
  const { adminPassword } = await setUp({ ...env, DATABASE_URL: urls.migrator });
  const signIn = new SignIn(adminPassword);
  session.add(() => signIn.tellIfUntold());
  session.check();

  /** @param {{name: string, script: string, mode?: string, readyUrl?: string}} service @param {NodeJS.ProcessEnv} [more] */
  const start = ({ name, script, mode, readyUrl }, more = {}) => {
    const args = [...(NODE_OPTIONS_OF[name] ?? []), '--enable-source-maps', script, ...(mode ? [mode] : [])];
    const service = startService({ name, args, env: { ...env, ...more }, logFolder, readyUrl, onStart: lock.note });
    session.add(service.stop, service.kill);
    return service.ready(session.stopped);
  };
  const own = (/** @type {string} */ name) => ({
    DATABASE_URL: urls[/** @type {import('./roles.js').Who} */ (name)],
  });
  await Promise.all(serviceTable(config, ports).map((service) => start(service, own(service.name))));
  session.check();
  if (demo) {
    const script = built('devices-sim/src/main.js');
    const readyUrl = `${httpUrl('127.0.0.1', ports['EPARKING_SIM_PROVIDER_PORT'])}/health/ready`;
    // A registry with a city of its own has no simulated provider.
    if (existsSync(join(dataDir, 'demo-provider.json')))
      await start({ name: 'provider', script, mode: 'provider', readyUrl });
    await start({ name: 'simulator', script });
  }
  announce(config, ports, signIn, urls.migrator);
  if (demo && !hasDatabase)
    console.log(
      '\nSimulated terminals send their past days first: for some ten minutes figures move, cases come and go.',
    );
  await session.untilStopped();
}

/** The first administrator's sign-in. A generated password must be seen once, however the start goes on. */
class SignIn {
  #told = false;

  /** @param {string | undefined} generated */
  constructor(generated) {
    this.generated = generated;
  }

  tell() {
    this.#told = true;
    return this.generated
      ? `admin / ${this.generated}   (generated; shown only now)`
      : 'admin / the password of the first start';
  }

  tellIfUntold() {
    if (this.generated && !this.#told) console.log(`Sign in: ${this.tell()}`);
  }
}

/**
 * @param {Config} config @param {Record<string, string>} ports @param {SignIn} signIn @param {string} databaseUrl
 */
function announce(config, ports, signIn, databaseUrl) {
  const database = new URL(databaseUrl);
  const shownFolder = relative(process.cwd(), config.dataDir) || config.dataDir;
  const rows = [
    ['Sign in', signIn.tell()],
    ['Dashboard', httpUrl(config.httpHost, ports['EPARKING_HTTP_PORT'], apiScheme(config))],
    ['Admin API', `${httpUrl(config.httpHost, ports['EPARKING_HTTP_PORT'], apiScheme(config))}/api/docs`],
    ['MQTT', `mqtt://${config.mqttHost}:${ports['EPARKING_MQTT_PORT']}`],
    ['Gateway', `${httpUrl(config.gatewayHttpHost, ports['EPARKING_GATEWAY_HTTP_PORT'])}/metrics`],
    ['Worker', `${httpUrl(config.workerHttpHost, ports['EPARKING_WORKER_HTTP_PORT'])}/metrics`],
    ['Database', `${database.host}${database.pathname}`],
    ['Logs', join(shownFolder, 'logs')],
  ];
  console.log(`\neparking runs.\n`);
  for (const [name, value] of rows) console.log(`  ${name?.padEnd(10)} ${value}`);
  console.log('\nCtrl-C ends everything; the next start goes on with the same data.');
}

await main(async () => {
  await install();
  await build();
  const session = new Session();
  session.listen();
  try {
    await launch(session);
  } catch (error) {
    if (!(error instanceof Stopped) && !session.stopped.aborted) throw error;
  } finally {
    await session.close();
  }
  console.log('Ended.');
  process.exit(0);
});
