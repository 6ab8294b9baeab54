import { tmpdir } from 'node:os';
import { Registry } from '@app/platform';
import { describeDisk } from './disk-metrics.js';

const rows = [{ bytes: '8123456' }];
const figures = async (dataDir: string): Promise<Record<string, number>> => {
  const metrics = new Registry();
  describeDisk(metrics, dataDir, { query: () => Promise.resolve(rows as never) });
  const lines = (await metrics.metrics()).split('\n').filter((line) => line.startsWith('eparking_'));
  return Object.fromEntries(lines.map((line) => [line.split(' ')[0]!, Number(line.split(' ')[1])]));
};

it('tells free room and size of the disk, and how large the database is', async () => {
  const {
    'eparking_disk_bytes{figure="free"}': free,
    'eparking_disk_bytes{figure="size"}': size,
    ...rest
  } = await figures(tmpdir());
  expect(free).toBeGreaterThan(0);
  expect(size).toBeGreaterThan(free!);
  expect(rest).toEqual({ eparking_database_bytes: 8_123_456 });
});

it('leaves the disk out, not everything, where the folder is not there', async () => {
  expect(await figures('/no/such/folder')).toEqual({ eparking_database_bytes: 8_123_456 });
});
