import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Locator } from 'playwright-core';
import { addDays } from '@app/kernel';
import { eventually } from '@app/testing';
import { Admin } from '../support/admin.js';
import { GIVEN, NEWCOMER, buildCity, PASSWORD, settlementFile, type City, type KnownPoint } from './city.js';
import { testsOfFigures } from './figures.js';
import { testsOfStates } from './states.js';
import { openBrowser, PHONE, Visitor, WIDE, type Language } from './visitor.js';
import { rupiah, words } from './words.js';

/**
 * The dashboard as officers have it: Debian's Chromium before the built system, whose data came from terminals and
 * through the API. Every visitor complains of errors in the console and of requests outside.
 */
let city: City;
let browser: Browser;
let folder: string;
let visitors: Visitor[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'eparking-files-'));
  [city, browser] = await Promise.all([buildCity(), openBrowser()]);
}, 600_000);
afterAll(async () => {
  await browser?.close();
  await city?.stop();
  rmSync(folder, { recursive: true, force: true });
}, 60_000);
afterEach(async () => {
  const complaints = visitors.flatMap((visitor) => visitor.complaints);
  await Promise.all(visitors.map((visitor) => visitor.close()));
  visitors = [];
  expect(complaints).toEqual([]);
});

interface Options {
  readonly language?: Language;
  readonly viewport?: typeof WIDE | typeof PHONE;
  readonly dark?: boolean;
  readonly path?: string;
}

/** Somebody who has signed in. */
async function visit(username: string, { path = '/', ...options }: Options = {}): Promise<Visitor> {
  const visitor = await Visitor.open(browser, { origin: city.system.apiUrl, ...options });
  visitors.push(visitor);
  const passwords: Record<string, string> = { admin: city.system.adminPassword, [NEWCOMER]: GIVEN };
  return visitor.signIn(username, passwords[username] ?? PASSWORD, path);
}

interface CaseRow {
  readonly id: string;
  readonly amount: number;
  readonly point: string | null;
  readonly state: string;
}

/** The case of payments that were recorded and never settled, at a point. */
async function leakAt({ code }: KnownPoint): Promise<CaseRow> {
  const query = '/cases?kind=exception&pattern=recorded-not-settled&limit=1000';
  const { rows } = (await city.admin.get(query)) as { rows: CaseRow[] };
  return rows.find(({ point }) => point === code)!;
}

describe.each([
  ['id', 0],
  ['en', 2],
] as const)("the officer's day (%s)", (language, first) => {
  const word = words[language];

  test('finds the leak, sees its evidence, writes it off with a second person, imports a settlement, takes a report; wide and on a phone', async () => {
    await Promise.all([day(WIDE, city.known[first]!, -1), day(PHONE, city.known[first + 1]!, -2)]);
  }, 600_000);

  async function day(viewport: typeof WIDE | typeof PHONE, point: KnownPoint, daysAgo: number): Promise<void> {
    const leak = await leakAt(point);
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

    await toTheRawRecord(officer, point);
    await review(officer, main, `${language}-${point.code}`);
    await writeOff(officer, main, language, leak.id);
    await importSettlement(officer, point, addDays(city.to, daysAgo + 1));
    await takeReport(officer, language);
  }

  /** Down to the record as the terminal sent it, and its place in the chain. */
  async function toTheRawRecord({ page }: Visitor, { qris }: KnownPoint): Promise<void> {
    const main = page.locator('main');
    await main.locator('a[href^="/records/"]').first().click();
    await main.getByText('"orderId"').first().waitFor();
    const text = await main.innerText();
    expect(qris.some(({ orderId }) => text.includes(orderId))).toBe(true);
    await page.goBack();
    await page.getByRole('button', { name: word.takeIt }).waitFor();
  }

  async function review({ page }: Visitor, main: Locator, name: string): Promise<void> {
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
    expect(await city.admin.get(`/cases/${id}`)).toMatchObject({ state: 'resolved', outcome: 'written-off' });
  }

  /** A day's payments, with one line that is wrong: shown first, then imported; their sum is then settled. */
  async function importSettlement(officer: Visitor, point: KnownPoint, day: string): Promise<void> {
    const { page } = officer;
    const paid = point.qris.filter((payment) => payment.day === day);
    const sum = paid.reduce((total, { amount }) => total + amount, 0);
    const settled = async (): Promise<number> =>
      (await city.admin.get(`/points-overview?from=${day}&to=${day}&search=${point.code}`)).rows[0].settled as number;
    const before = await settled();
    const name = `settlement-${point.code}.csv`;
    const files = async () => (await city.admin.get('/settlements?limit=1000')).rows as { name: string }[];
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

  async function takeReport(officer: Visitor, own: Language): Promise<void> {
    const { page } = officer;
    const query = `from=${city.from}&to=${city.to}`;
    await officer.go(`/points?${query}`);
    await page.getByRole('button', { name: words[own].export }).click();
    const [report] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: 'CSV' }).click(),
    ]);
    const [head, ...lines] = readFileSync(await report.path(), 'utf8')
      .trim()
      .split(/\r?\n/);
    const column = head!.split(',').indexOf('recorded');
    const { points, recorded } = await city.admin.get(`/points-overview/sums?${query}`);
    expect(lines.length).toBe(points);
    expect(lines.reduce((sum, line) => sum + Number(fields(line)[column]), 0)).toBe(recorded);
  }
});

/** The fields of a CSV line whose quoted fields hold no quotes. */
const fields = (line: string): string[] =>
  [...line.matchAll(/(?:^|,)(?:"([^"]*)"|([^,]*))/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');

/** Single things, whose addresses no menu has. */
async function singles(): Promise<string[]> {
  const { code, deviceId } = city.own;
  const { id } = await leakAt(city.foreign);
  return [`/points/${code}`, `/devices/${deviceId}`, `/records/${deviceId}/1/2`, `/cases/${id}`, '/points?view=map'];
}

/** Who looks, at which address. */
type Look = (visitor: Visitor, address: string) => Promise<void>;

/**
 * Every page that the menu leads to and every other one that is named, tab by tab. Two visitors share them, as two cores
 * draw them in half the time. Tells the addresses that were seen.
 */
async function tour(visitors: readonly Visitor[], others: readonly string[], look: Look): Promise<string[]> {
  const menu = await visitors[0]!.page
    .locator('nav a')
    .evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''));
  const left = [...menu, '/account', ...others].map((place) => ({ place, tab: 0 }));
  const seen: string[] = [];
  const walk = async (visitor: Visitor): Promise<void> => {
    let here = '';
    for (let next = left.shift(); next; next = left.shift()) {
      const { place, tab } = next;
      if (place !== here) await visitor.go(place);
      here = place;
      const tabs = visitor.page.locator('main [role=tab]');
      if (tab === 0)
        left.unshift(...Array.from({ length: await tabs.count() }, (_, n) => ({ place, tab: n })).slice(1));
      else await tabs.nth(tab).click();
      await visitor.rest();
      const address = visitor.page.url().slice(visitor.origin.length);
      seen.push(address);
      await look(visitor, address);
    }
  };
  await Promise.all(visitors.map(walk));
  return seen;
}

/** Buttons that would change something; heads of columns and tabs change what is seen. */
const WRITES =
  /^(Add|Register|Import|Upload|Record|Write|Assign|Start|Resolve|Ask|Lock|Rotate|Revoke|Move|Send|End|Delete|Disable|Change|Enter|Withdraw|Remove|Plan|Take|Approve|New|Adopt|Issue)\b/;

/**
 * Looks at every page, and with `forms` at every form on it, in both schemes of colours: what axe calls serious, and
 * which buttons that change something are offered.
 */
async function inspect(username: string, options: Options, forms = false) {
  const visitors = await Promise.all([visit(username, options), visit(username, options)]);
  const faults: unknown[] = [];
  const offered: string[] = [];
  const opened: string[] = [];
  const note = (place: string, found: unknown[]): void => {
    if (found.length > 0) faults.push({ place, found });
  };
  const seen = await tour(visitors, [...(await singles()), '/no-such-page'], async (visitor, path) => {
    note(path, await visitor.faults({ bothSchemes: forms }));
    if (forms)
      await visitor.forms(async (label) => {
        opened.push(`${path}: ${label}`);
        note(`${path}: ${label}`, await visitor.faults({ within: '[role=dialog]', bothSchemes: true }));
      });
    const buttons = await visitor.page.locator('main button:not([role=tab]):not(thead button)').allInnerTexts();
    offered.push(...buttons.filter((text) => WRITES.test(text)).map((text) => `${path}: ${text}`));
  });
  return { seen, opened, faults, offered };
}

test('axe finds nothing serious on any page or form, wide, light and dark', async () => {
  const { seen, opened, faults } = await inspect('admin', { language: 'id' }, true);
  expect(faults).toEqual([]);
  expect(seen.length).toBeGreaterThan(30);
  expect(opened.length).toBeGreaterThan(15);
}, 900_000);

test('nor on a phone and dark; and an auditor is offered nothing that changes anything', async () => {
  const { seen, faults, offered } = await inspect('sari', { language: 'en', viewport: PHONE, dark: true });
  expect(faults).toEqual([]);
  expect(offered.filter((text) => !text.startsWith('/account'))).toEqual([]);
  expect(seen.length).toBeGreaterThan(30);
}, 900_000);

describe('roles', () => {
  test("an operator's clerk sees nothing of another operator, by any page or address", async () => {
    const { code, deviceId, operator } = city.foreign;
    const leak = await leakAt(city.foreign);
    const clerks = await Promise.all([visit('klerk', { language: 'en' }), visit('klerk', { language: 'en' })]);
    const [clerk] = clerks;
    const { page } = clerk;
    expect(await page.locator('nav').getByRole('link', { name: 'Detection' }).count()).toBe(0);
    const told: string[] = [];
    await tour(clerks, [], async (visitor, address) => {
      const text = await visitor.page.locator('main').innerText();
      if (text.includes(code) || text.includes(deviceId)) told.push(address);
    });
    expect(told).toEqual([]);
    for (const path of [`/devices/${deviceId}`, `/points/${code}`, `/records/${deviceId}/1/1`, `/cases/${leak.id}`]) {
      await clerk.go(path);
      await page.getByRole('alert').first().waitFor();
      expect(await page.locator('main').innerText()).not.toContain('Rp ');
    }
    const period = `from=${city.from}&to=${city.to}`;
    for (const path of [
      `/points?${period}&search=${code}`,
      `/points?${period}&operator=${operator}`,
      `/cases?point=${code}`,
      `/devices?point=${code}`,
      `/money/exceptions?point=${code}`,
      `/money/shifts?${period}&point=${code}`,
    ]) {
      await clerk.go(path);
      expect({ path, rows: await page.locator('main tr[data-row]').count() }).toEqual({ path, rows: 0 });
    }
    await clerk.go(`/money/statements/${operator}/${city.from.slice(0, 7)}`);
    expect(await page.locator('main').innerText()).not.toContain('Rp ');
    for (const path of ['/money/settlements', '/registry/users', '/detection/quality']) {
      await clerk.go(path);
      await page.getByText('You may not see this page').waitFor();
    }
  }, 600_000);

  test('the API behind it tells the clerk nothing either', async () => {
    const { code, deviceId, operator } = city.foreign;
    const leak = await leakAt(city.foreign);
    const clerk = await Admin.signIn(city.system, 'klerk', PASSWORD);
    const period = `from=${city.from}&to=${city.to}`;
    for (const path of [`/points/${code}`, `/devices/${deviceId}`, `/records/${deviceId}/1/1`, `/cases/${leak.id}`])
      expect({ path, status: (await clerk.request('GET', path)).status }).toEqual({ path, status: 404 });
    for (const path of [
      `/points-overview?${period}&search=${code}`,
      `/points-overview?${period}&operator=${operator}`,
      `/devices/${deviceId}/journal`,
      `/exceptions?point=${code}`,
      `/cases?point=${code}`,
      `/devices?point=${code}`,
      `/shifts?point=${code}&${period}`,
    ]) {
      const { status, body } = await clerk.request('GET', path);
      const told = status < 400 && (body.rows ?? body).length > 0;
      expect({ path, told }).toEqual({ path, told: false });
    }
    const income = await clerk.request('GET', `/income?${period}&point=${code}&groupBy=day`);
    expect(income.status >= 400 || income.body.total.amount === 0).toBe(true);
  });

  test('the API takes no change from an auditor', async () => {
    const auditor = await Admin.signIn(city.system, 'sari', PASSWORD);
    const leak = await leakAt(city.foreign);
    for (const [method, path] of [
      ['POST', '/points'],
      ['PATCH', `/points/${city.own.code}`],
      ['POST', '/devices'],
      ['POST', `/devices/${city.own.deviceId}/lock`],
      ['POST', '/tariffs'],
      ['POST', '/deposits'],
      ['POST', '/deposit-slips'],
      ['POST', '/settlements?adapter=canonical'],
      ['POST', '/users'],
      ['POST', '/rule-books'],
    ] as const)
      expect({ path, status: (await auditor.request(method, path, {})).status }).toEqual({ path, status: 403 });
    const { version } = await city.admin.get(`/cases/${leak.id}`);
    const move = { type: 'assign', to: 'sari', version };
    expect((await auditor.request('POST', `/cases/${leak.id}/moves`, move)).status).toBeGreaterThanOrEqual(400);
    expect(await city.admin.get(`/cases/${leak.id}`)).toMatchObject({ version });
  });
});

describe('figures', () => testsOfFigures({ city: () => city, visit }));

describe('states', () => testsOfStates({ city: () => city, visit }));
