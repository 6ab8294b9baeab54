import { Admin } from '../support/admin.js';
import { NEWCOMER, PASSWORD } from './city.js';
import type { Stage } from './stage.js';

/** How long a test may take on a busy machine, ms. */
const PATIENCE_MS = 240_000;

/** What a page says when it cannot show what was asked for, and that it goes on from there. */
export function testsOfStates({ city, visit }: Stage): void {
  test(
    'a session that is ended elsewhere asks politely for the password and keeps the page with what was written',
    async () => {
      const officer = await visit('budi', { path: '/cases?state=open' });
      const { page } = officer;
      await page.locator('main tr[data-row]').first().click();
      await officer.rest();
      const address = page.url();
      await page.getByRole('button', { name: 'Beri komentar', exact: true }).click();
      await page.getByRole('dialog').getByLabel('Komentar').fill('Belum selesai saya tulis');
      await endSessions('budi');
      await page.getByRole('dialog').getByRole('button', { name: 'Simpan' }).click();

      await page.getByRole('heading', { name: 'Sesi Anda berakhir' }).waitFor();
      const form = page.getByRole('dialog', { name: 'Sesi Anda berakhir' });
      await form.locator('input[autocomplete=current-password]').fill(PASSWORD);
      await form.locator('button[type=submit]').click();
      await form.waitFor({ state: 'hidden' });
      expect(page.url()).toBe(address);
      expect(await page.getByRole('dialog').getByLabel('Komentar').inputValue()).toBe('Belum selesai saya tulis');
    },
    PATIENCE_MS,
  );

  /** Ends all sessions of a person, as that person does on the page of the account. */
  async function endSessions(username: string): Promise<void> {
    const elsewhere = await Admin.signIn(city().system, username, PASSWORD);
    const { rows } = (await elsewhere.get('/auth/sessions')) as { rows: { id: string; current: boolean }[] };
    for (const { id } of rows.filter(({ current }) => !current))
      expect((await elsewhere.request('DELETE', `/auth/sessions/${id}`)).status).toBe(204);
  }

  test(
    'who was given a password chooses an own one first of all, and is told of it until it is marked as seen',
    async () => {
      const person = await visit(NEWCOMER);
      person.forgives(/status of 400/);
      const { page } = person;
      await page.getByRole('heading', { name: 'Pilih kata sandi Anda sendiri' }).waitFor();
      expect(await person.faults()).toEqual([]);
      await page.getByLabel('Kata sandi yang diberikan').fill(city().passwords[NEWCOMER]!);
      await page.getByLabel('Kata sandi baru').fill('qwertyqwerty');
      await page.getByRole('button', { name: 'Ganti kata sandi' }).click();
      await page.getByText('termasuk yang paling umum').waitFor();
      await page.getByLabel('Kata sandi baru').fill(PASSWORD);
      await page.getByRole('button', { name: 'Ganti kata sandi' }).click();
      await page.locator('main').getByText('Kata sandi diganti oleh Anda').waitFor();
      await page.getByRole('button', { name: 'Saya sudah tahu' }).click();
      await page.getByText('Kata sandi diganti oleh Anda').waitFor({ state: 'hidden' });
      expect((await Admin.signIn(city().system, NEWCOMER, PASSWORD)) instanceof Admin).toBe(true);
    },
    PATIENCE_MS,
  );

  test(
    'what was removed can be taken back, though its row is gone',
    async () => {
      const day = '2027-06-01';
      const holidays = async () => (await city().admin.get(`/holidays?from=${day}`)).rows as object[];
      await city().admin.request('POST', '/holidays', { day, name: 'Hari uji' });
      const { page } = await visit('budi', { path: `/registry/holidays?from=${day}` });
      const row = page.locator(`main tr[data-row="${day}"]`);
      await row.getByRole('button', { name: 'Hapus' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Ya, lanjutkan' }).click();
      await row.waitFor({ state: 'hidden' });
      expect(await holidays()).toEqual([]);
      await page.getByRole('button', { name: 'Urungkan' }).click();
      await row.waitFor();
      expect(await holidays()).toMatchObject([{ day, name: 'Hari uji' }]);
    },
    PATIENCE_MS,
  );

  test(
    'without a network it says so and shows what it has; with one again it goes on',
    async () => {
      const officer = await visit('budi', { language: 'en', path: '/devices' });
      const { page, context } = officer;
      officer.forgives(/ERR_INTERNET_DISCONNECTED/);
      const before = await page.locator('main tr[data-row]').count();
      expect(before).toBeGreaterThan(10);
      await page.evaluate(`window.standing = true`);
      await context.setOffline(true);
      await page.getByText('No network. What you see is what was loaded last.').waitFor();
      expect(await page.locator('main tr[data-row]').count()).toBe(before);
      // A page whose script did not come yet is opened as soon as it can.
      await page.locator('nav').getByRole('link', { name: 'Registry' }).click();
      expect(await page.locator('main tr[data-row]').count()).toBe(before);
      await context.setOffline(false);
      await page.getByText('No network.').waitFor({ state: 'hidden' });
      await page.getByRole('heading', { name: 'Registry' }).waitFor();
      expect(await page.evaluate(`window.standing`)).toBe(true);
      await officer.rest();
      await officer.go('/cases');
      expect(await page.locator('main tr[data-row]').count()).toBeGreaterThan(0);
    },
    PATIENCE_MS,
  );

  test(
    'a screen whose script did not come is opened as soon as the server answers again',
    async () => {
      const officer = await visit('budi', { language: 'en', path: '/devices' });
      const { page } = officer;
      officer.forgives(/ERR_CONNECTION_REFUSED|Failed to fetch/);
      const before = await page.locator('main tr[data-row]').count();
      const all = '**/*';
      await page.route(all, (route) => route.abort('connectionrefused'));
      await page.locator('nav').getByRole('link', { name: 'Registry' }).click();
      await page.getByText('The server cannot be reached.').waitFor();
      expect(await page.locator('main tr[data-row]').count()).toBe(before);
      await page.unroute(all);
      await page.getByRole('heading', { name: 'Registry' }).waitFor();
      await officer.rest();
    },
    PATIENCE_MS,
  );

  test(
    'what the API could not answer is told, and asked for again on demand',
    async () => {
      const officer = await visit('budi', { language: 'en' });
      const { page } = officer;
      officer.forgives(/status of 500/);
      const failing = '**/api/v1/devices?*';
      await page.route(failing, (route) =>
        route.fulfill({ status: 500, json: { error: { code: 'internal', message: 'The database rests.' } } }),
      );
      await officer.go('/devices');
      const alert = page.locator('main').getByRole('alert');
      await alert.getByText('The database rests.').waitFor();
      await page.unroute(failing);
      await alert.getByRole('button', { name: 'Try again' }).click();
      await page.locator('main tr[data-row]').first().waitFor();
    },
    PATIENCE_MS,
  );

  test(
    'an address leads to the page with its filter, after the sign-in, a reload, and back from a row',
    async () => {
      const { own, from, to } = city();
      const path = `/points?from=${from}&to=${to}&operator=${own.operator}&sort=-unrecorded`;
      const officer = await visit('budi', { language: 'en', path });
      const { page } = officer;
      const shown = async (): Promise<string[]> => Object.keys(await officer.rows('Parking points'));
      const codes = await shown();
      expect(codes).toContain(own.code);
      expect(codes.length).toBeLessThan(152);
      await page.locator(`main tr[data-row="${own.code}"] td`).first().click();
      await page.waitForURL(/\/points\/[^?]/);
      await officer.rest();
      await page.goBack();
      await officer.rest();
      expect(page.url()).toBe(officer.origin + path);
      expect(await shown()).toEqual(codes);
      await page.reload();
      await officer.rest();
      expect(await shown()).toEqual(codes);
    },
    PATIENCE_MS,
  );
}
