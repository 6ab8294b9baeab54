import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { addDays } from '@app/kernel';
import { eventually } from '@app/testing';
import { settlementFile, type KnownPoint } from './city.js';
import { leakAt, type Stage } from './stage.js';
import { PHONE, WIDE, type Language, type Visitor } from './visitor.js';
import { rupiah, words, type Words } from './words.js';

/** How long it may take on a busy machine, ms. */
const PATIENCE_MS = 600_000;

/** An officer's day from end to end. Four officers have theirs at once, for much of a day is waiting for the worker. */
export function testsOfTheDay({ city, visit }: Stage): void {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'eparking-files-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test(
    'finds the leak, sees its evidence, writes it off with a second person, imports a settlement, takes a report; in both languages, wide and on a phone',
    async () => {
      const [first, second, third, fourth] = city().known as [KnownPoint, KnownPoint, KnownPoint, KnownPoint];
      await Promise.all([
        day('id', WIDE, first, -1),
        day('id', PHONE, second, -2),
        day('en', WIDE, third, -1),
        day('en', PHONE, fourth, -2),
      ]);
    },
    PATIENCE_MS,
  );

  async function day(
    language: Language,
    viewport: typeof WIDE | typeof PHONE,
    point: KnownPoint,
    daysAgo: number,
  ): Promise<void> {
    const word = words[language];
    const leak = await leakAt(city(), point);
    const officer = await visit('rina', { language, viewport });
    const { page } = officer;
    const main = page.locator('main');

    // From the figure on the first page to the list, and from its row to the case.
    await main.locator(`[data-figure="${word.openCases}"] a`).click();
    await officer.rest();
    const row = main.locator(`tr[data-row="${leak.id}"]`);
    expect(await row.innerText()).toContain(rupiah(leak.amount, language));
    await row.locator('td').first().click();
    await officer.rest();
    await main.getByText(rupiah(leak.amount, language)).first().waitFor();

    await toTheRawRecord(officer, word, point);
    await review(officer, main, word, `${language}-${point.code}`);
    await writeOff(officer, main, language, leak.id);
    await importSettlement(officer, word, point, addDays(city().to, daysAgo + 1));
    await takeReport(officer, word);
  }

  /** Down to the record as the terminal sent it, and its place in the chain. */
  async function toTheRawRecord({ page }: Visitor, word: Words, { qris }: KnownPoint): Promise<void> {
    const main = page.locator('main');
    await main.locator('a[href^="/records/"]').first().click();
    await main.getByText('"orderId"').first().waitFor();
    const text = await main.innerText();
    expect(qris.some(({ orderId }) => text.includes(orderId))).toBe(true);
    await page.goBack();
    await page.getByRole('button', { name: word.takeIt }).waitFor();
  }

  async function review({ page }: Visitor, main: Locator, word: Words, name: string): Promise<void> {
    const text = `Sudah ditanyakan (${name}).`;
    await page.getByRole('button', { name: word.takeIt }).click();
    await page.getByRole('button', { name: word.startReview }).click();
    await page.getByRole('button', { name: word.comment, exact: true }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel(word.commentText).fill(text);
    await dialog.getByRole('button', { name: word.save }).click();
    await main.getByText(text).waitFor();

    const note = join(folder, `bukti-${name}.txt`);
    writeFileSync(note, text);
    await main.locator('input[type=file]').setInputFiles(note);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      main.getByRole('button', { name: `${word.downloadFile} bukti-${name}.txt` }).click(),
    ]);
    expect(readFileSync(await download.path(), 'utf8')).toBe(text);
  }

  /** Who asks for it cannot approve it; a second officer does, in the other language. */
  async function writeOff({ page }: Visitor, main: Locator, own: Language, id: string): Promise<void> {
    const word = words[own];
    await page.getByRole('button', { name: word.requestWriteOff }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel(word.reason).fill('Penyelenggara tutup.');
    await dialog.getByRole('button', { name: word.save }).click();
    await main.getByText(word.waitsOther).waitFor();
    expect(await page.getByRole('button', { name: word.approve }).count()).toBe(0);

    const other = words[own === 'id' ? 'en' : 'id'];
    const second = await visit('budi', { language: own === 'id' ? 'en' : 'id', path: `/cases/${id}` });
    await second.page.getByRole('button', { name: other.approve }).click();
    await second.page.getByRole('dialog').getByRole('button', { name: other.goOn }).click();
    await second.page.getByText(other.writtenOff).waitFor();
    expect(await city().admin.get(`/cases/${id}`)).toMatchObject({ state: 'resolved', outcome: 'written-off' });
  }

  /** A day's payments, with one line that is wrong: shown first, then imported; their sum is then settled. */
  async function importSettlement(officer: Visitor, word: Words, point: KnownPoint, day: string): Promise<void> {
    const { page } = officer;
    const paid = point.qris.filter((payment) => payment.day === day);
    const sum = paid.reduce((total, { amount }) => total + amount, 0);
    const settled = async (): Promise<number> =>
      (await city().admin.get(`/points-overview?from=${day}&to=${day}&search=${point.code}`)).rows[0].settled as number;
    const before = await settled();
    const name = `settlement-${point.code}.csv`;
    const files = async () => (await city().admin.get('/settlements?limit=1000')).rows as { name: string }[];
    const file = join(folder, name);
    const wrong = 'bankx,payment,T-bad,B-1,ORD-bad,not-a-sum,0.00,2026-01-01T00:00:00Z,2026-01-02\n';
    writeFileSync(file, settlementFile(paid, addDays(day, 1)) + wrong);

    await officer.go('/money/settlements');
    await page.getByRole('button', { name: word.uploadSettlement }).click();
    const dialog = page.getByRole('dialog');
    await dialog.locator('input[type=file]').setInputFiles(file);
    await dialog.getByRole('button', { name: word.preview }).click();
    await dialog.getByText(word.wouldBe).waitFor();
    expect((await files()).filter((each) => each.name === name)).toEqual([]);
    await dialog.getByRole('button', { name: word.importIt, exact: true }).click();
    await dialog.getByText(word.imported, { exact: true }).waitFor();
    expect(await files()).toContainEqual(expect.objectContaining({ name, accepted: paid.length, errors: 1 }));
    await eventually(async () => expect((await settled()) - before).toBe(sum), { withinMs: 60_000, everyMs: 250 });
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
  }

  async function takeReport(officer: Visitor, word: Words): Promise<void> {
    const { page } = officer;
    const query = `from=${city().from}&to=${city().to}`;
    await officer.go(`/points?${query}`);
    await page.getByRole('button', { name: word.export }).click();
    const [report] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: 'CSV' }).click(),
    ]);
    const [head, ...lines] = readFileSync(await report.path(), 'utf8')
      .trim()
      .split(/\r?\n/);
    const column = head!.split(',').indexOf('recorded');
    const { points, recorded } = await city().admin.get(`/points-overview/sums?${query}`);
    expect(lines.length).toBe(points);
    expect(lines.reduce((sum, line) => sum + Number(fields(line)[column]), 0)).toBe(recorded);
  }
}

/** The fields of a CSV line whose quoted fields hold no quotes. */
const fields = (line: string): string[] =>
  [...line.matchAll(/(?:^|,)(?:"([^"]*)"|([^,]*))/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');
