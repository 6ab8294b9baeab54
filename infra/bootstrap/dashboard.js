import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { fingerprintOf } from './fingerprint.js';
import { PlainError } from './plain-error.js';
import { repository, runNode, tool } from './run.js';

const folder = join(repository, 'apps', 'dashboard', 'dist');
const stampFile = join(folder, '.built-from');
const SOURCES = ['apps/dashboard', 'libs/api-client'];
/** What a first visit loads of script, compressed: officers stand in the street. */
const FIRST_LOAD_BYTES_MAX = 350 * 1024;

/** Builds the dashboard for browsers, unless its folder holds this very source already. */
export async function buildDashboard() {
  const wanted = fingerprintOf(SOURCES);
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === wanted) return;
  console.log('Building the dashboard ...');
  const args = [tool('vite/bin/vite.js'), 'build', '--logLevel', 'warn', 'apps/dashboard'];
  const { code, output } = await runNode(args, { quiet: true });
  if (code !== 0) throw new PlainError(`The dashboard could not be built:\n${output.trim()}`);
  checkFirstLoad();
  compressAssets();
  writeFileSync(stampFile, wanted);
}

/** What the entry asks for by itself, beside what it imports. */
const FIRST_PAGE = ['src/app/start.tsx', 'src/screens/today/today.tsx'];

/**
 * The scripts that the first page needs before anything is clicked, with all that they import, compressed.
 * @returns {number} bytes
 */
export function firstLoadBytes() {
  /** @type {Record<string, {file: string, isEntry?: boolean, imports?: string[]}>} */
  const manifest = JSON.parse(readFileSync(join(folder, '.vite', 'manifest.json'), 'utf8'));
  const needed = new Set();
  const visit = (/** @type {string} */ key) => {
    if (needed.has(key)) return;
    needed.add(key);
    manifest[key]?.imports?.forEach(visit);
  };
  for (const [key, { isEntry }] of Object.entries(manifest)) if (isEntry || FIRST_PAGE.includes(key)) visit(key);
  return [...needed].reduce(
    (sum, key) => sum + gzipSync(readFileSync(join(folder, manifest[key]?.file ?? ''))).length,
    0,
  );
}

/** Beside each text that browsers load lies its compressed form, which the admin API sends to those that take it. */
function compressAssets() {
  const assets = join(folder, 'assets');
  for (const name of readdirSync(assets).filter((file) => /\.(?:m?js|css)$/.test(file)))
    writeFileSync(join(assets, `${name}.gz`), gzipSync(readFileSync(join(assets, name)), { level: 9 }));
}

function checkFirstLoad() {
  const bytes = firstLoadBytes();
  if (bytes > FIRST_LOAD_BYTES_MAX)
    throw new PlainError(
      `The dashboard's first load is ${Math.ceil(bytes / 1024)} KiB of script, at most ${FIRST_LOAD_BYTES_MAX / 1024}: ` +
        `load what the first screen does not need with lazy().`,
    );
}
