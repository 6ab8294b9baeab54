import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PlainError } from '../../plain-error.js';
import { repository, runProgram } from '../../run.js';

const FOLDER = join(repository, '.data', 'bench', 'node-red');
const PACKAGES = ['node-red@4.1.15', 'node-red-contrib-postgrestor-next@0.5.2'];

/** Installs Node-RED beside the checkout, once. @returns {Promise<string>} its script */
export async function installNodeRed() {
  const script = join(FOLDER, 'node_modules/node-red/red.js');
  if (existsSync(script)) return script;
  console.log('Installing Node-RED for the comparison (a minute or two) ...');
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(join(FOLDER, 'package.json'), '{"private":true}');
  const { code, output } = await runProgram(
    'npm',
    ['install', '--prefix', FOLDER, '--no-audit', '--no-fund', ...PACKAGES],
    {
      quiet: true,
    },
  );
  if (code !== 0)
    throw new PlainError(`Node-RED could not be installed: ${output.trim().split('\n').slice(-5).join('\n')}`);
  return script;
}

/** @returns {Promise<string>} */
export async function nodeRedVersion() {
  await installNodeRed();
  return JSON.parse(readFileSync(join(FOLDER, 'node_modules/node-red/package.json'), 'utf8')).version;
}

/**
 * The flow that its documentation leads to: mqtt in (QoS 1) -> JSON -> INSERT.
 * @param {string} folder @param {{mqttPort: number, databaseUrl: string}} where
 */
export async function writeFlow(folder, { mqttPort, databaseUrl }) {
  mkdirSync(folder, { recursive: true });
  const url = new URL(databaseUrl);
  const flow = [
    { id: 'tab', type: 'tab', label: 'parking' },
    {
      ...{
        id: 'broker',
        type: 'mqtt-broker',
        name: '',
        broker: '127.0.0.1',
        port: String(mqttPort),
        clientid: 'node-red',
      },
      ...{ autoConnect: true, usetls: false, protocolVersion: '4', keepalive: '60', cleansession: false },
    },
    {
      ...{ id: 'in', z: 'tab', type: 'mqtt in', name: '', topic: 'eparking/v1/+/journal', qos: '1', datatype: 'utf8' },
      ...{ broker: 'broker', wires: [['params']] },
    },
    {
      ...{ id: 'params', z: 'tab', type: 'function', name: '', outputs: 1, wires: [['insert']] },
      func: 'msg.params = [msg.topic, msg.payload]; return msg;',
    },
    {
      ...{ id: 'insert', z: 'tab', type: 'postgrestor', name: '', postgresDB: 'database', throwErrors: true },
      ...{ query: 'INSERT INTO payments (topic, payload) VALUES ($1, $2)', output: true, outputs: 1, wires: [[]] },
    },
    {
      ...{ id: 'database', type: 'postgresDB', name: '', host: url.hostname, hostFieldType: 'str' },
      ...{ port: url.port, portFieldType: 'num', database: url.pathname.slice(1), databaseFieldType: 'str' },
      ...{ ssl: 'false', sslFieldType: 'bool', max: '10', maxFieldType: 'num', min: '1', minFieldType: 'num' },
      ...{ idle: '1000', idleFieldType: 'num', connectionTimeout: '10000', connectionTimeoutFieldType: 'num' },
      ...{ user: url.username, userFieldType: 'str', password: url.password || 'none', passwordFieldType: 'str' },
    },
  ];
  writeFileSync(join(folder, 'flows.json'), JSON.stringify(flow));
  // Its settings are a CommonJS file, also where an ES module's package lies above.
  writeFileSync(join(folder, 'package.json'), '{"type":"commonjs"}');
  writeFileSync(
    join(folder, 'settings.js'),
    `module.exports = { flowFile: 'flows.json', uiHost: '127.0.0.1', nodesDir: ${JSON.stringify(join(FOLDER, 'node_modules/node-red-contrib-postgrestor-next'))}, logging: { console: { level: 'info', metrics: false, audit: false } } };`,
  );
  return folder;
}
