import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { firstState } from '../journal/device-journal.js';
import { Spool, type SpoolEntry } from './spool.js';

const limits = { recordsMax: 50, historyMax: 10 };
let folder: string;
beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'spool-'))));
afterEach(() => rm(folder, { recursive: true }));

const entry = (seq: number, withheld = false): SpoolEntry => ({
  seq,
  text: `{"seq":${seq}}`,
  id: `e${seq}`,
  at: seq * 1000,
  withheld,
  cash: seq % 2 === 0 ? 2000 : null,
  state: { ...firstState(1), seq, mac: `m${seq}`, drawerRupiah: seq * 10 },
});
const entries = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, n) => entry(from + n));
const seqs = (spool: Spool) => spool.pending.map((record) => record.seq);

test('what was appended waits, survives a restart, and goes once it is acknowledged', async () => {
  const path = join(folder, 'a.spool');
  const spool = await Spool.open(path, limits);
  await spool.append(entries(1, 5));
  await spool.acknowledge(2);
  expect(seqs(spool)).toEqual([3, 4, 5]);
  await spool.close();
  const again = await Spool.open(path, limits);
  expect(seqs(again)).toEqual([3, 4, 5]);
  expect(again.last).toMatchObject({ seq: 5, at: 5000, state: { seq: 5, mac: 'm5', drawerRupiah: 50 } });
  expect(again.payments).toEqual([
    { id: 'e2', seq: 2, cash: 2000 },
    { id: 'e4', seq: 4, cash: 2000 },
  ]);
  await again.close();
});

test('a withheld record keeps its number and its seal, and never waits', async () => {
  const path = join(folder, 'a.spool');
  const spool = await Spool.open(path, limits);
  await spool.append([entry(1), entry(2, true), entry(3)]);
  expect(seqs(spool)).toEqual([1, 3]);
  await spool.close();
  expect(await readFile(path, 'utf8')).not.toContain('{"seq":2}');
  const again = await Spool.open(path, limits);
  expect(seqs(again)).toEqual([1, 3]);
  expect(await again.history(1, 3)).toMatchObject([{ seq: 1 }, { seq: 3 }]);
  await again.close();
});

test('wherever a kill tears the file, the whole lines before the tear are there and the journal goes on after them', async () => {
  const path = join(folder, 'whole.spool');
  const spool = await Spool.open(path, limits);
  await spool.append(entries(1, 4));
  await spool.acknowledge(1);
  await spool.append(entries(5, 6));
  await spool.close();
  const whole = await readFile(path, 'utf8');
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: whole.length }), async (length) => {
      const torn = join(folder, 'torn.spool');
      await writeFile(torn, whole.slice(0, length));
      const kept = whole.slice(0, length).split('\n').slice(0, -1);
      const last = kept.filter((line) => line.startsWith('R')).length;
      const acknowledged = kept.includes('A\t1') ? 1 : 0;
      const reopened = await Spool.open(torn, limits);
      expect(seqs(reopened)).toEqual(entries(acknowledged + 1, last).map((e) => e.seq));
      await reopened.append([entry(last + 1)]);
      await reopened.close();
      const after = await Spool.open(torn, limits);
      expect(seqs(after).at(-1)).toBe(last + 1);
      expect(after.pending).toHaveLength(last + 1 - acknowledged);
      await after.close();
    }),
    { numRuns: 60 },
  );
});

test('the file is kept short: a history for resends, and everything that still waits', async () => {
  const path = join(folder, 'a.spool');
  const spool = await Spool.open(path, limits);
  for (let seq = 1; seq <= 200; seq++) {
    await spool.append([entry(seq)]);
    if (seq <= 195) await spool.acknowledge(seq);
  }
  const lines = (await readFile(path, 'utf8')).split('\n').length;
  expect(lines).toBeLessThan(60);
  expect(seqs(spool)).toEqual([196, 197, 198, 199, 200]);
  expect((await spool.history(190, 200)).map((r) => r.seq)).toEqual([
    190, 191, 192, 193, 194, 195, 196, 197, 198, 199, 200,
  ]);
  expect(await spool.history(1, 5)).toEqual([]);
  await spool.close();
  expect(seqs(await Spool.open(path, limits))).toEqual([196, 197, 198, 199, 200]);
});

test('a spool that holds as many as it may is full until some are acknowledged', async () => {
  const spool = await Spool.open(join(folder, 'a.spool'), limits);
  await spool.append(entries(1, 50));
  expect(spool.isFull).toBe(true);
  await spool.acknowledge(1);
  expect(spool.isFull).toBe(false);
  await spool.close();
});
