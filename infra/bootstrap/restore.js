import './require-node.js';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build } from './build.js';
import { prepareDataFolder } from './data-folder.js';
import { keepDatabase } from './database.js';
import { install } from './install.js';
import { takeLock } from './launch-lock.js';
import { PlainError } from './plain-error.js';
import { processUrls } from './roles.js';
import { main, repository, runNode } from './run.js';

/**
 * `npm run restore -- --from FILE`: into DATABASE_URL, or into a data folder that holds no database yet, which
 * `npm start` then goes on with. `npm run restore:rehearse -- [--from FILE]`: into a server of its own that is thrown
 * away afterwards; without a file, from a backup that is taken of the running system.
 */

/** @param {string} name @param {NodeJS.ProcessEnv} env @param {string[]} args */
async function tool(name, env, args) {
  const script = join(repository, 'dist/apps/worker/src/cli', `${name}.js`);
  return (await runNode(['--enable-source-maps', script, ...args], { env })).code;
}

/**
 * Restores into an embedded server on this folder. @param {string} folder @param {number} port
 * @param {NodeJS.ProcessEnv} env @param {string[]} args
 */
async function intoFolder(folder, port, env, args) {
  if (existsSync(join(folder, 'postgres', 'PG_VERSION')))
    throw new PlainError(`${folder} holds a database already: set EPARKING_DATA_DIR to an empty folder.`);
  prepareDataFolder(folder, { newDatabase: true });
  const lock = await takeLock(join(folder, 'run', 'launcher.json'));
  let code = 1;
  try {
    const database = await keepDatabase({ dataDir: folder, port, logFolder: join(folder, 'logs') });
    try {
      const { migrator } = await processUrls(folder, database.url);
      code = await tool('restore', { ...env, DATABASE_URL: migrator }, args);
      return code;
    } finally {
      await database.stop();
      // What was restored stays, whatever contradicts itself in it (3); an empty server would only stand in the way.
      if (code !== 0 && code !== 3) rmSync(join(folder, 'postgres'), { recursive: true, force: true });
    }
  } finally {
    lock.release();
  }
}

/** @param {NodeJS.ProcessEnv} env @param {string[]} args */
async function rehearse(env, args) {
  const folder = mkdtempSync(join(tmpdir(), 'eparking-rehearsal-'));
  try {
    const file = join(folder, 'backup.gz');
    const given = args.includes('--from');
    if (!given) {
      const { code } = await runNode(
        [join(repository, 'infra/bootstrap/database-tool.js'), 'apps/worker/src/cli/backup.js', '--to', file],
        { env },
      );
      if (code !== 0) return code;
    }
    const code = await intoFolder(join(folder, 'data'), 0, env, given ? args : ['--from', file]);
    console.log(code === 0 ? '\nThe rehearsal went well; what it made is removed.' : '\nTHE REHEARSAL FAILED');
    return code;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

await main(async () => {
  const [flag, ...rest] = process.argv.slice(2);
  const isRehearsal = flag === '--rehearse';
  await install();
  await build();
  /** @type {typeof import('../../libs/platform/src/index.js')} */
  const { loadConfig } = await import(join(repository, 'dist/libs/platform/src/index.js'));
  const { dataDir, databaseUrl, postgresPort } = loadConfig(process.env);
  const env = { ...process.env, EPARKING_DATA_DIR: dataDir };
  const args = (isRehearsal ? rest : process.argv.slice(2)).map((arg, i, all) =>
    all[i - 1] === '--from' ? resolve(arg) : arg,
  );
  if (isRehearsal) process.exitCode = await rehearse(env, args);
  else if (databaseUrl) process.exitCode = await tool('restore', env, args);
  else process.exitCode = await intoFolder(dataDir, postgresPort, env, args);
});
