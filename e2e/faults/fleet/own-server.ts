import { execFileSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { keepDatabase } from '../../../infra/bootstrap/database.js';
import { postgresPid } from '../../launcher/launcher-process.js';

const DISK_MEGABYTES = 700;

/** PostgreSQL as `npm start` runs it, on a small disk of its own where one can be mounted. */
export class OwnServer {
  private constructor(
    private readonly dataDir: string,
    /** Whether there is a disk that can be filled without harm to others. */
    readonly hasOwnDisk: boolean,
    private readonly database: { url: string; stop: () => Promise<void> },
  ) {}

  static async start(folder: string): Promise<OwnServer> {
    const dataDir = join(folder, 'data');
    mkdirSync(dataDir);
    const hasOwnDisk = mountDisk(dataDir);
    try {
      const database = await keepDatabase({ dataDir, port: 0, logFolder: join(folder, 'logs') });
      const server = new OwnServer(dataDir, hasOwnDisk, database);
      // A small disk, and little of it for WAL: what fills it is the ballast, not PostgreSQL's own reserve.
      await server.set({ max_wal_size: '96MB', min_wal_size: '32MB' });
      return server;
    } catch (error) {
      if (hasOwnDisk) execFileSync('umount', ['-l', dataDir]);
      throw error;
    }
  }

  /** Of the database, past the proxies, as the superuser. */
  get url(): string {
    return this.database.url;
  }

  get port(): number {
    return Number(new URL(this.url).port);
  }

  get pid(): number {
    return postgresPid(this.dataDir)!;
  }

  /** Runs statements on one connection. @returns the rows of the last */
  async sql<Row extends pg.QueryResultRow>(...statements: string[]): Promise<Row[]> {
    const client = new pg.Client({ connectionString: this.url });
    client.on('error', () => undefined);
    await client.connect();
    try {
      let rows: Row[] = [];
      for (const statement of statements) rows = (await client.query<Row>(statement)).rows;
      return rows;
    } finally {
      await client.end();
    }
  }

  /** Every flush of a commit takes so much longer, µs. */
  async delayCommits(microseconds: number): Promise<void> {
    await this.set({ commit_siblings: '0', commit_delay: String(microseconds) });
  }

  /** Leaves less than 4 KiB of room on the disk. */
  fillDisk(): void {
    const file = openSync(this.#ballast, 'w');
    for (let size = 1 << 22; size >= 4_096;) {
      try {
        // Written in part where the rest does not fit.
        if (writeSync(file, Buffer.alloc(size)) < size) size >>= 1;
      } catch {
        size >>= 1;
      }
    }
    closeSync(file);
  }

  makeRoom(): void {
    rmSync(this.#ballast);
  }

  async stop(): Promise<void> {
    await this.database.stop();
    if (this.hasOwnDisk) execFileSync('umount', ['-l', this.dataDir]);
  }

  get #ballast(): string {
    return join(this.dataDir, 'ballast');
  }

  private async set(settings: Readonly<Record<string, string>>): Promise<void> {
    const changes = Object.entries(settings).map(([name, value]) => `ALTER SYSTEM SET ${name} = '${value}'`);
    await this.sql(...changes, 'SELECT pg_reload_conf()');
  }
}

function mountDisk(folder: string): boolean {
  try {
    const options = `size=${DISK_MEGABYTES}m,mode=755`;
    execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
