// Real: HTTP on a port, PostgreSQL. What the dashboard's first pages ask for.
import { startTestApi, type Ask, type TestApi } from '../../../libs/testing/src/admin-api.js';

const DAY = '2026-11-02';
const PERIOD = `from=${DAY}&to=${DAY}`;

let api: TestApi;
let officer: Ask & { token: string };
let second: Ask;

beforeAll(async () => {
  api = await startTestApi();
  [officer, second] = [await api.as('revenue-officer'), await api.as('revenue-officer')];
  for (const code of ['P-1', 'P-2', 'P-3'])
    await officer('POST', '/api/v1/points', { code, name: `Point ${code}`, district: 'Medan Kota' });
  await api.database.query(
    `INSERT INTO income_days SELECT $1, id, 'car', 'cash', 'att-1', 2, CASE code WHEN 'P-1' THEN 4000 ELSE 9000 END
       FROM points WHERE code <> 'P-3'`,
    [DAY],
  );
});
afterAll(() => api.close());

describe('points with their figures', () => {
  const codes = async (sort: string) => {
    const { body } = await officer('GET', `/api/v1/points-overview?${PERIOD}&sort=${sort}`);
    return body.rows.map(({ code }: { code: string }) => code);
  };

  it('come in the order of any of their columns', async () => {
    expect(await codes('recorded')).toEqual(['P-3', 'P-1', 'P-2']);
    expect(await codes('-code')).toEqual(['P-3', 'P-2', 'P-1']);
  });

  it('refuse a column that they do not have, and one that is no name', async () => {
    for (const sort of ['password', 'code;drop']) {
      const { status, body } = await officer(
        'GET',
        `/api/v1/points-overview?${PERIOD}&sort=${encodeURIComponent(sort)}`,
      );
      expect([status, body.error.field]).toEqual([400, 'sort']);
    }
  });

  it('sum to what the waterfall says', async () => {
    const { body: sums } = await officer('GET', `/api/v1/points-overview/sums?${PERIOD}`);
    const { body: waterfall } = await officer('GET', `/api/v1/waterfall?${PERIOD}&groupBy=day`);
    expect(sums).toMatchObject({ points: 3, count: 4, recorded: 13_000 });
    const same = ['recorded', 'settled', 'deposited', 'unsettled', 'undeposited'];
    for (const key of same) expect({ key, sum: sums[key] }).toEqual({ key, sum: waterfall.total[key] });
  });

  it('keep a point that was closed as long as the period has money of it', async () => {
    await api.database.query(`UPDATE points SET closed_at = now() WHERE code = 'P-1'`);
    expect(await codes('-code')).toContain('P-1');
    const without = 'from=2020-01-01&to=2020-01-01';
    const { body } = await officer('GET', `/api/v1/points-overview?${without}`);
    expect(body.rows.map(({ code }: { code: string }) => code)).toEqual(['P-2', 'P-3']);
    await api.database.query(`UPDATE points SET closed_at = NULL WHERE code = 'P-1'`);
  });
});

it('keeps the saved views of a person from all others', async () => {
  const view = { screen: 'points', name: 'Worst', search: 'sort=-unrecorded' };
  const { body } = await officer('POST', '/api/v1/saved-views', view);
  expect((await second('GET', '/api/v1/saved-views')).body).toEqual({ rows: [], total: 0 });
  expect((await second('DELETE', `/api/v1/saved-views/${body.id}`)).status).toBe(404);
  expect((await officer('GET', '/api/v1/saved-views')).body.rows).toMatchObject([view]);
  expect((await officer('DELETE', `/api/v1/saved-views/${body.id}`)).status).toBe(204);
});

it('tells those who watch live the whole state at once', async () => {
  const response = await fetch(`${api.url}/api/v1/live`, { headers: { authorization: `Bearer ${officer.token}` } });
  const reader = response.body!.getReader();
  const decoder = new TextDecoder();
  let text = '';
  while (!/event: state\n[^]*?data: .*\n/.test(text)) {
    const { value, done } = await reader.read();
    if (done) throw new Error(`The stream ended after: ${text}`);
    text += decoder.decode(value, { stream: true });
  }
  await reader.cancel();
  const state = JSON.parse(/data: (.*)\n/.exec(text.slice(text.indexOf('event: state')))![1]!);
  expect(state).toMatchObject({
    amount: 0,
    count: 0,
    openCases: 0,
    openBySeverity: {},
    overdueCases: 0,
    mismatched: 0,
    expected: 0,
  });
});
