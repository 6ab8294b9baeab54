import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildDashboard } from './dashboard.js';
import { fingerprintOf } from './fingerprint.js';
import { PlainError } from './plain-error.js';
import { repository, runNode, tool } from './run.js';

const stampFile = join(repository, 'dist', '.built-from');
const PROCESSES = ['gateway', 'worker', 'admin-api'].map((name) => `apps/${name}`);
const SOURCES = [...PROCESSES, 'libs', 'devices-sim', 'nest-cli.json', 'tsconfig.base.json', 'tsconfig.build.json'];

/** nest-cli rewrites `@app/...` in static imports only; a dynamic one would fail at run time: say so now. */
function checkPathsRewritten() {
  const files = readdirSync(join(repository, 'dist'), { recursive: true, encoding: 'utf8' });
  for (const file of files.filter((name) => name.endsWith('.js'))) {
    const text = readFileSync(join(repository, 'dist', file), 'utf8');
    if (/(from|import\()\s*['"]@app\//.test(text))
      throw new PlainError(`dist/${file} still imports '@app/...': import it statically, nest-cli rewrites only that.`);
  }
}

/** Files that processes read at run time, beside the code that reads them. */
const DATA_FILES = ['apps/admin-api/src/auth/common-passwords.txt'];

/** Builds all processes and the dashboard, each only when its source has changed. */
export async function build() {
  await buildProcesses();
  await buildDashboard();
}

/** Compiles all processes into dist/, unless it holds this very source already. */
async function buildProcesses() {
  const wanted = fingerprintOf(SOURCES);
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === wanted) return;
  console.log('Building ...');
  rmSync(join(repository, 'dist'), { recursive: true, force: true });
  const { code } = await runNode([tool('@nestjs/cli/bin/nest.js'), 'build']);
  if (code !== 0) throw new PlainError('The build failed: see above.');
  checkPathsRewritten();
  for (const file of DATA_FILES) cpSync(join(repository, file), join(repository, 'dist', file));
  writeFileSync(stampFile, wanted);
}
