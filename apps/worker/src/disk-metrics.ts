import { statfs } from 'node:fs/promises';
import type { Database } from '@app/persistence';
import type { Registry } from '@app/platform';
import { readGauge } from './job-metrics.js';

/**
 * Tells how full the disk of the data folder is, and how large the database has grown, in bytes. With `npm start` and
 * with compose's own volumes that disk is PostgreSQL's too; a server elsewhere has to be watched where it is.
 */
export function describeDisk(metrics: Registry, dataDir: string, database: Pick<Database, 'query'>): void {
  readGauge(
    metrics,
    { name: 'eparking_disk_bytes', help: 'The disk of the data folder: free, size.', labelNames: ['figure'] },
    async () => {
      const { bavail, blocks, bsize } = await statfs(dataDir);
      return [
        { labels: { figure: 'free' }, value: bavail * bsize },
        { labels: { figure: 'size' }, value: blocks * bsize },
      ];
    },
  );
  readGauge(
    metrics,
    { name: 'eparking_database_bytes', help: 'The database on its disk, without WAL.', labelNames: [] },
    async () => {
      const [row] = await database.query<{ bytes: string }>(
        'SELECT pg_database_size(current_database())::text AS bytes',
      );
      return [{ labels: {}, value: Number(row!.bytes) }];
    },
  );
}
