import { execFile, spawnSync } from 'node:child_process';
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { PlainError } from './plain-error.js';

const run = promisify(execFile);
const repository = join(import.meta.dirname, '..', '..');

/** Programs that tests and benchmarks use and npm does not bring, by name: the Debian package that holds each. */
const PACKAGES = /** @type {const} */ ({
  'redis-server': 'redis-server',
  mosquitto: 'mosquitto',
  mosquitto_pub: 'mosquitto-clients',
  mosquitto_sub: 'mosquitto-clients',
  chromium: 'chromium',
  promtool: 'prometheus',
});

/** Other names of a program that serves as well, in the order in which they are looked for. */
const OTHER_NAMES = /** @type {Readonly<Record<string, string[]>>} */ ({
  chromium: ['chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome'],
});

/** A launcher script is no longer than this; a program is. */
const SCRIPT_BYTES_MAX = 64 * 1024;

/** Where a program lies in its package, when /usr/bin holds but a script that goes to fixed places of the machine. */
const INSIDE = /** @type {Readonly<Record<string, string[]>>} */ ({ chromium: ['usr/lib/chromium/chromium'] });

/**
 * A program, and what its environment needs besides.
 * @typedef {object} Program
 * @property {string} file absolute path
 * @property {Record<string, string>} env
 */

/** @param {string} name @returns {string | undefined} */
function onPath(name) {
  return `${process.env['PATH'] ?? ''}${delimiter}/usr/sbin`
    .split(delimiter)
    .map((folder) => join(folder, name))
    .find(isExecutable);
}

/**
 * Whether a file only tells people to install a snap, as Ubuntu's package of Chromium does where snaps are not.
 * @param {string} file
 */
function isSnapStub(file) {
  if (statSync(file).size > SCRIPT_BYTES_MAX) return false;
  return /snap install/.test(readFileSync(file, 'latin1')) && !isExecutable('/snap/bin/chromium');
}

/** @param {string} name */
function variableOf(name) {
  return name.toUpperCase().replaceAll('-', '_');
}

/** The program that the environment names (CHROMIUM for chromium), else one of its names on PATH. @param {string} name */
function installed(name) {
  const variable = variableOf(name);
  const named = process.env[variable];
  if (named && !isExecutable(named)) throw new PlainError(`${variable} names no program that can be run: ${named}`);
  if (named) return named;
  return [name, ...(OTHER_NAMES[name] ?? [])].map(onPath).find((file) => file !== undefined && !isSnapStub(file));
}

/** @param {string} file */
function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** @param {string} debianPackage */
function unpackedFolder(debianPackage) {
  return join(repository, '.data', 'tools', debianPackage);
}

/** @param {string} name @param {string} debianPackage @returns {Program | undefined} */
function unpacked(name, debianPackage) {
  const root = unpackedFolder(debianPackage);
  const inside = INSIDE[name] ?? [`usr/bin/${name}`, `usr/sbin/${name}`];
  const file = inside.map((path) => join(root, path)).find(isExecutable);
  if (!file) return undefined;
  const triplet = process.arch === 'arm64' ? 'aarch64-linux-gnu' : 'x86_64-linux-gnu';
  const libraries = [join(root, 'usr/lib', triplet), join(root, 'lib', triplet)].join(delimiter);
  return { file, env: { LD_LIBRARY_PATH: libraries } };
}

/**
 * The program of this name: the one that the environment names, from PATH, else out of its Debian package, which is downloaded and unpacked beside the
 * checkout. That needs no right of root's, and neither changes the machine nor starts a service on it.
 * @param {keyof typeof PACKAGES} name
 * @returns {Promise<Program>}
 * @throws {PlainError} that says how to install it by hand
 */
export async function ensureProgram(name) {
  const file = installed(name);
  if (file) return { file, env: {} };
  const debianPackage = PACKAGES[name];
  if (!existsSync(unpackedFolder(debianPackage))) await unpackPackage(name, debianPackage);
  const program = unpacked(name, debianPackage);
  if (program) return program;
  throw missing(name, debianPackage, 'its package holds no such program');
}

/** @param {string} name @param {string} debianPackage @param {string} reason */
function missing(name, debianPackage, reason) {
  return new PlainError(
    `${name} is needed, and could not be fetched (${reason}): ` +
      `install it ('apt-get install ${debianPackage}', on macOS with 'brew'), ` +
      `or name it (${variableOf(name)}=/path/to/it), and run again.`,
  );
}

/** @param {string} name @param {string} debianPackage */
async function unpackPackage(name, debianPackage) {
  if (!onPath('apt-get') || !onPath('dpkg')) throw missing(name, debianPackage, 'this is no Debian or Ubuntu');
  const tools = join(repository, '.data', 'tools');
  mkdirSync(tools, { recursive: true });
  const draft = mkdtempSync(join(tools, 'draft-'));
  try {
    const packages = await packagesToInstall(debianPackage);
    await run('apt-get', ['download', ...packages], { cwd: draft });
    const root = join(draft, 'root');
    mkdirSync(root);
    for (const file of readdirSync(draft).filter((entry) => entry.endsWith('.deb')))
      await run('dpkg', ['-x', join(draft, file), root]);
    if (!existsSync(unpackedFolder(debianPackage))) renameSync(root, unpackedFolder(debianPackage));
  } catch (error) {
    const { stderr, message } = /** @type {Error & {stderr?: string}} */ (error);
    throw missing(name, debianPackage, (stderr || message).trim().split('\n').at(-1) ?? '');
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

/** The package and those of its dependencies that this machine lacks. @param {string} debianPackage */
async function packagesToInstall(debianPackage) {
  const simulate = () =>
    run('apt-get', ['install', '--simulate', '--no-install-recommends', debianPackage], {
      env: { ...process.env, LC_ALL: 'C' },
    });
  const { stdout } = await simulate().catch(() => {
    // A fresh container knows no packages yet; only root may fetch the lists.
    spawnSync('apt-get', ['update'], { stdio: 'ignore' });
    return simulate();
  });
  return [...stdout.matchAll(/^Inst (\S+)/gm)].map((match) => /** @type {string} */ (match[1]));
}
