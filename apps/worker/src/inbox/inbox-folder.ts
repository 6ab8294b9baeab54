import { lstat, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A file that somebody put into the inbox and that has been left alone since. */
export interface InboxFile {
  /** Format, by the folder it lies in. */
  readonly adapter: string;
  readonly folder: string;
  readonly name: string;
  readonly path: string;
  /** Bytes. */
  readonly size: number;
}

const DONE = 'done';
const REFUSED = 'refused';
/** Who still writes a file gives it such a name, and renames it when it is whole. */
const UNFINISHED = /^\.|\.(part|tmp|filepart|crdownload|swp)$|~$/i;

/** Makes the folders into which files may be put, so that one can see where. */
export async function prepareInbox(root: string, settlementAdapters: readonly string[]): Promise<void> {
  const folders = ['bank', ...settlementAdapters.map((adapter) => join('settlements', adapter))];
  for (const folder of folders)
    for (const end of ['', DONE, REFUSED]) await mkdir(join(root, folder, end), { recursive: true });
}

/**
 * Files that are whole: not hidden, not named as unfinished, and unchanged for `quietMs`. In the order of their names,
 * at most `filesMax`; bank statements last, since they speak of what the others bring.
 */
export async function readyFiles(root: string, quietMs: number, nowMs: number, filesMax: number): Promise<InboxFile[]> {
  const places = (await foldersIn(join(root, 'settlements'))).map((adapter) => {
    return { adapter, folder: join(root, 'settlements', adapter) };
  });
  const ready: InboxFile[] = [];
  for (const { adapter, folder } of [...places, { adapter: 'bank', folder: join(root, 'bank') }])
    for (const name of await namesIn(folder)) {
      if (ready.length === filesMax) return ready;
      const path = join(folder, name);
      const stat = await lstat(path).catch(() => undefined);
      if (stat?.isFile() && stat.mtimeMs <= nowMs - quietMs)
        ready.push({ adapter, folder, name, path, size: stat.size });
    }
  return ready;
}

async function foldersIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

async function namesIn(folder: string): Promise<string[]> {
  return (await readdir(folder)).filter((name) => !UNFINISHED.test(name)).sort();
}

/**
 * Moves a file to `done/` or `refused/` under a name that begins with the number it is kept under; where there is
 * something to say, it stands in a text beside it, written first. Somebody else may have moved it: that is no fault.
 */
export async function putAside(
  file: InboxFile,
  where: 'done' | 'refused',
  { prefix, words }: { prefix: string; words: string | null },
): Promise<void> {
  const target = join(file.folder, where === 'done' ? DONE : REFUSED);
  await mkdir(target, { recursive: true });
  const name = `${prefix}-${file.name}`.slice(0, 230);
  const note = join(target, `${name}.txt`);
  if (words === null) await rm(note, { force: true });
  else await writeFile(note, words.endsWith('\n') ? words : `${words}\n`);
  await rename(file.path, join(target, name)).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
  });
}
