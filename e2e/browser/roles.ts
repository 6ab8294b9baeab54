import { Admin } from '../support/admin.js';
import { PASSWORD } from './city.js';
import { leakAt, type Stage } from './stage.js';
import { tour } from './tour.js';

/** What each role may see and do: on the screen, and by the API behind it. */
export function testsOfRoles({ city, visit }: Stage): void {
  test("an operator's clerk sees nothing of another operator, by any page or address", async () => {
    const { code, deviceId, operator } = city().foreign;
    const leak = await leakAt(city(), city().foreign);
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
    const period = `from=${city().from}&to=${city().to}`;
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
    await clerk.go(`/money/statements/${operator}/${city().from.slice(0, 7)}`);
    expect(await page.locator('main').innerText()).not.toContain('Rp ');
    for (const path of ['/money/settlements', '/registry/users', '/detection/quality']) {
      await clerk.go(path);
      await page.getByText('You may not see this page').waitFor();
    }
  }, 600_000);

  test('the API behind it tells the clerk nothing either', async () => {
    const { code, deviceId, operator } = city().foreign;
    const leak = await leakAt(city(), city().foreign);
    const clerk = await Admin.signIn(city().system, 'klerk', PASSWORD);
    const period = `from=${city().from}&to=${city().to}`;
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
    const auditor = await Admin.signIn(city().system, 'sari', PASSWORD);
    const leak = await leakAt(city(), city().foreign);
    for (const [method, path] of [
      ['POST', '/points'],
      ['PATCH', `/points/${city().own.code}`],
      ['POST', '/devices'],
      ['POST', `/devices/${city().own.deviceId}/lock`],
      ['POST', '/tariffs'],
      ['POST', '/deposits'],
      ['POST', '/deposit-slips'],
      ['POST', '/settlements?adapter=canonical'],
      ['POST', '/users'],
      ['POST', '/rule-books'],
    ] as const)
      expect({ path, status: (await auditor.request(method, path, {})).status }).toEqual({ path, status: 403 });
    const { version } = await city().admin.get(`/cases/${leak.id}`);
    const move = { type: 'assign', to: 'sari', version };
    expect((await auditor.request('POST', `/cases/${leak.id}/moves`, move)).status).toBeGreaterThanOrEqual(400);
    expect(await city().admin.get(`/cases/${leak.id}`)).toMatchObject({ version });
  });
}
