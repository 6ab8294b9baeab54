import { mkdir, open, rename } from 'node:fs/promises';

/** Writes JSON that holds secrets: whole or not at all, readable by its owner alone. */
export async function writeSecretFile(folder: string, file: string, content: object): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const draft = await open(`${file}.draft`, 'w', 0o600);
  try {
    await draft.chmod(0o600);
    await draft.writeFile(JSON.stringify(content));
    await draft.sync();
  } finally {
    await draft.close();
  }
  await rename(`${file}.draft`, file);
}
