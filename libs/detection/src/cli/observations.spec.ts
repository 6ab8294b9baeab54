import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readEpisodes, readObservations } from './observations.js';

const folder = mkdtempSync(join(tmpdir(), 'observations-'));
let files = 0;
const fileOf = (text: string): string => {
  const file = join(folder, `${files++}.csv`);
  writeFileSync(file, text);
  return file;
};
afterAll(() => rmSync(folder, { recursive: true }));

describe('reading observations', () => {
  it('reads rows in any order, columns in any order, quoted names and blanks', async () => {
    const text =
      'date,count,hour,point,amount\n2025-01-03,4,5,"A, north",9\r\n2025-01-01,,0,"A, north",\n\n2025-01-01,7,1,B,\n';
    const { series, present, warnings } = await readObservations(fileOf(text));
    expect(series.points).toEqual(['A, north', 'B']);
    expect([series.start, series.days]).toEqual(['2025-01-01', 3]);
    expect([...present]).toEqual([1, 0, 1, 1, 0, 0]);
    expect(series.counts[2 * 24 + 5]).toBe(4);
    expect(series.counts[0]).toBeNaN();
    expect(series.counts[3 * 24 + 1]).toBe(7);
    expect(warnings).toEqual([]);
  });

  it('names line and field of what it cannot use, and goes on', async () => {
    const text = 'point,date,hour,count\nA,2025-02-30,1,1\nA,2025-01-01,24,1\nA,2025-01-01,2,-4\nA,2025-01-01,3,6\n';
    const { series, warnings } = await readObservations(fileOf(text));
    expect(warnings).toEqual([
      expect.stringContaining("line 2: date '2025-02-30'"),
      expect.stringContaining("line 3: hour '24'"),
      expect.stringContaining("line 4: count '-4'"),
    ]);
    expect(series.counts[3]).toBe(6);
    expect(series.counts[2]).toBeLessThan(0);
  });

  it('leaves no data where two rows contradict each other, whichever comes first', async () => {
    const rows = ['A,2025-01-01,1,5', 'A,2025-01-01,1,6', 'A,2025-01-01,1,5'];
    for (const order of [rows, rows.toReversed()]) {
      const { series } = await readObservations(fileOf(`point,date,hour,count\n${order.join('\n')}\n`));
      expect(series.counts[1]).toBeLessThan(0);
    }
  });

  it('says plainly what is missing', async () => {
    await expect(readObservations(fileOf('point,date,count\nA,2025-01-01,1\n'))).rejects.toThrow(/no column hour/);
    await expect(readObservations(fileOf(''))).rejects.toThrow(/empty/);
    await expect(readObservations(join(folder, 'none.csv'))).rejects.toThrow(/cannot be read/);
    const { series } = await readObservations(fileOf('point,date,hour,count\nA,2025-01-01,1,1\n'));
    await expect(readEpisodes(fileOf('point,from,to,share\nA,2025-01-02,2025-01-01,0.3\n'), series)).rejects.toThrow(
      /line 2/,
    );
  });
});
