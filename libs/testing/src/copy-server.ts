import { execFileSync } from 'node:child_process';
import { appendFileSync, chownSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';

export interface CopyOptions {
  /** What the copy is to be: a standby of its model, or a server that recovers from archived WAL. */
  readonly as: 'standby' | 'recovery';
  /** Lines of postgresql.conf, read when the copy starts. */
  readonly settings: readonly string[];
}

/**
 * Copies a server's files while it works, by PostgreSQL's low-level interface: what pg_basebackup does, which is not
 * among the programs that come along.
 */
export async function copyRunningServer(
  { url, folder }: { readonly url: string; readonly folder: string },
  to: string,
  { as, settings }: CopyOptions,
): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query("SELECT pg_backup_start('copy', fast => true)");
    // tar minds no file that grows while it is read; WAL comes from elsewhere.
    const copy = `mkdir '${to}' && tar -C '${folder}' --exclude='./pg_wal/*' --exclude='./postmaster.*' -cf - . | tar -C '${to}' -xpf -`;
    execFileSync('sh', ['-c', copy]);
    const { rows } = await client.query<{ labelfile: string }>('SELECT labelfile FROM pg_backup_stop()');
    const owner = statSync(folder);
    const give = (name: string, text: string): void => {
      writeFileSync(join(to, name), text, { mode: 0o600 });
      chownSync(join(to, name), owner.uid, owner.gid);
    };
    give('backup_label', rows[0]!.labelfile);
    give(`${as}.signal`, '');
    appendFileSync(join(to, 'postgresql.auto.conf'), settings.map((line) => `${line}\n`).join(''));
  } finally {
    await client.end();
  }
}
