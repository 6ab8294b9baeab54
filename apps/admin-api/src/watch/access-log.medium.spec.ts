import { startTestApi, type Ask, type TestApi } from '../../../../libs/testing/src/admin-api.js';

/** Real: HTTP on a port, PostgreSQL. */
describe('the access log', () => {
  let api: TestApi;
  let officer: Ask & { username: string };
  let auditor: Ask;

  beforeAll(async () => {
    api = await startTestApi();
    officer = await api.as('revenue-officer');
    auditor = await api.as('auditor');
    await officer('POST', '/api/v1/attendants', { code: 'A-1', name: 'Budi', badgeNumber: 'B-1' });
  });
  afterAll(() => api.close());

  it('notes who was shown an attendant or looked for a plate, but not the plate', async () => {
    await officer('GET', '/api/v1/attendants/A-1');
    await officer('GET', '/api/v1/attendants/A-2');
    await officer('POST', '/api/v1/subscriptions/search', { plate: 'BK 1234 XYZ' });
    await officer('GET', '/api/v1/points');
    const { body } = await auditor('GET', `/api/v1/access-log?actor=${officer.username}`);
    expect(body.rows.map(({ what, subject }: { what: string; subject: string }) => [what, subject])).toEqual([
      ['plate', ''],
      ['attendant', 'A-1'],
    ]);
    expect(JSON.stringify(body)).not.toContain('1234');
    expect((await auditor('GET', '/api/v1/access-log?what=attendant&subject=A-1')).body.total).toBe(1);
  });

  it('stands beside the head of the audit log, for auditors', async () => {
    const before = (await auditor('GET', '/api/v1/audit-log/head')).body;
    await officer('PATCH', '/api/v1/attendants/A-1', { name: 'Budi Lubis' });
    const after = (await auditor('GET', '/api/v1/audit-log/head')).body;
    expect(after).toEqual({ n: before.n + 1, hash: expect.stringMatching(/^[0-9a-f]{64}$/) });
  });
});
