import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { postgresPrograms } from '../../postgres.js';
import { ensureProgram } from '../../programs.js';
import { repository } from '../../run.js';
import { nodeRedVersion } from '../peers/node-red.js';

/** What is measured against what, by version. @returns {Promise<string>} */
export async function versions() {
  const { postgres } = await postgresPrograms();
  const { file, env } = await ensureProgram('mosquitto');
  const said = (/** @type {string} */ program, /** @type {string} */ option, extra = {}) => {
    const { stdout } = spawnSync(program, [option], { encoding: 'utf8', env: { ...process.env, ...extra } });
    return /\d+(\.\d+)+/.exec(stdout)?.[0] ?? 'of unknown version';
  };
  const ofPackage = (/** @type {string} */ name) =>
    JSON.parse(readFileSync(join(repository, 'node_modules', name, 'package.json'), 'utf8')).version;
  return [
    `PostgreSQL ${said(postgres, '--version')}`,
    `Mosquitto ${said(file, '-h', env)}`,
    `Node-RED ${await nodeRedVersion()}`,
    `mqtt.js ${ofPackage('mqtt')}`,
    `aedes ${ofPackage('aedes')}`,
  ].join(', ');
}
