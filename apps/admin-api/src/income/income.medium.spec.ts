import { addDays, eachBusinessDate, seededRandom } from '@app/kernel';
import { METHODS, VEHICLE_CLASSES } from '@app/protocol';
import { startTestApi, type Ask, type TestApi } from '../../../../libs/testing/src/admin-api.js';

interface Fact {
  date: string;
  hour: number;
  point: string;
  vehicleClass: string;
  method: string;
  attendant: string;
  count: number;
  amount: number;
}

const SEED = 20261121;
const FIRST = '2025-10-20';
const DAYS = 400;
const POINTS = ['P-1', 'P-2', 'P-3', 'P-4'];
/** Who ran which point when; P-4 the city itself. */
const RUN: Record<string, (date: string) => string> = {
  'P-1': () => 'OPR-A',
  'P-2': (date) => (date < '2026-05-01' ? 'OPR-A' : 'OPR-B'),
  'P-3': (date) => (date < '2026-01-01' ? '' : 'OPR-B'),
  'P-4': () => '',
};

/** Real: HTTP on a port, PostgreSQL. The answers are compared with sums over the same facts by plain JavaScript. */
describe(`income (seed ${SEED})`, () => {
  const facts = randomFacts();
  let api: TestApi;
  let ask: Ask;

  beforeAll(async () => {
    api = await startTestApi();
    const officer = await api.as('revenue-officer');
    ask = await api.as('auditor');
    for (const code of ['OPR-A', 'OPR-B'])
      await officer('POST', '/api/v1/operators', { code, name: `Company ${code}` });
    for (const [n, code] of POINTS.entries()) {
      const place = { district: n < 2 ? 'Medan Kota' : '', street: `Jl. ${Math.floor(n / 2)}` };
      await officer('POST', '/api/v1/points', { code, name: `Point ${code}`, ...place });
    }
    const run = (point: string, operator: string, validFrom: string): ReturnType<Ask> =>
      officer('POST', `/api/v1/points/${point}/operator`, { operator, validFrom });
    for (const [point, operator, from] of [
      ['P-1', 'OPR-A', '2020-01-01'],
      ['P-2', 'OPR-A', '2020-01-01'],
      ['P-2', 'OPR-B', '2026-05-01'],
      ['P-3', 'OPR-B', '2026-01-01'],
    ] as const)
      expect((await run(point, operator, from)).status).toBe(204);
    await officer('POST', '/api/v1/attendants', { code: 'JP-1', name: 'Budi Lubis', badgeNumber: 'B-1' });
    await store(api, facts);
  });
  afterAll(() => api.close());

  const keyOf: Record<string, (fact: Fact) => string> = {
    point: (fact) => fact.point,
    district: (fact) => (['P-1', 'P-2'].includes(fact.point) ? 'Medan Kota' : ''),
    street: (fact) => `Jl. ${Math.floor(POINTS.indexOf(fact.point) / 2)}`,
    operator: (fact) => RUN[fact.point]!(fact.date),
    vehicleClass: (fact) => fact.vehicleClass,
    method: (fact) => fact.method,
    attendant: (fact) => fact.attendant,
    hour: (fact) => `${fact.date}T${String(fact.hour).padStart(2, '0')}`,
    day: (fact) => fact.date,
    month: (fact) => fact.date.slice(0, 7),
  };
  const last = addDays(FIRST, DAYS - 1);

  it.each(Object.keys(keyOf))('adds up by %s over 400 days', async (groupBy) => {
    const { status, body } = await ask('GET', `/api/v1/income?from=${FIRST}&to=${last}&groupBy=${groupBy}`);
    expect(status).toBe(200);
    expect(bare(body)).toEqual(expected(facts, keyOf[groupBy]!));
  });

  it('narrows by every dimension, by several keys of one, and by several dimensions at once', async () => {
    const random = seededRandom(SEED).fork('filters');
    for (let round = 0; round < 40; round++) {
      const groupBy = random.pick(Object.keys(keyOf));
      const [from, to] = [random.integer(0, 399), random.integer(0, 399)].sort((a, b) => a - b) as [number, number];
      const fact = random.pick(facts);
      const other = random.pick(facts);
      const filters = Object.keys(keyOf)
        .filter(() => random.chance(0.25))
        .map((name) => [name, new Set([keyOf[name]!(fact), keyOf[name]!(other)])] as const);
      const query = filters.flatMap(([name, keys]) => [...keys].map((key) => `&${name}=${encodeURIComponent(key)}`));
      const [first, end] = [addDays(FIRST, from), addDays(FIRST, to)];
      const { body } = await ask('GET', `/api/v1/income?from=${first}&to=${end}&groupBy=${groupBy}${query.join('')}`);
      const inside = facts.filter(
        (one) => one.date >= first && one.date <= end && filters.every(([name, keys]) => keys.has(keyOf[name]!(one))),
      );
      expect(bare(body)).toEqual(expected(inside, keyOf[groupBy]!));
    }
  });

  it('names groups for people, and leaves out groups whose payments were all voided', async () => {
    await api.database.query(
      `INSERT INTO income_days SELECT '2026-11-22', id, 'car', 'cash', 'JP-9', 0, 0 FROM points`,
    );
    const by = async (groupBy: string): Promise<Record<string, string>> => {
      const { body } = await ask('GET', `/api/v1/income?from=${FIRST}&to=2026-11-30&groupBy=${groupBy}`);
      return Object.fromEntries(body.rows.map((row: { key: string; label: string }) => [row.key, row.label]));
    };
    expect(await by('attendant')).toEqual({ '': '(no attendant)', 'JP-1': 'Budi Lubis', 'JP-2': 'JP-2' });
    expect(await by('operator')).toMatchObject({ '': '(the city itself)', 'OPR-A': 'Company OPR-A' });
    expect(await by('point')).toMatchObject({ 'P-1': 'Point P-1' });
  });

  it.each([
    ['from=2026-02-30&to=2026-03-01&groupBy=day', 'from'],
    ['from=2026-02-01&to=2026-2-28&groupBy=day', 'to'],
    ['from=2026-02-02&to=2026-02-01&groupBy=day', 'to'],
    ['from=2006-02-02&to=2026-02-01&groupBy=day', 'to'],
    ['to=2026-02-01&groupBy=day', 'from'],
    ['from=2026-02-01&to=2026-02-01', 'groupBy'],
    ['from=2026-02-01&to=2026-02-01&groupBy=week', 'groupBy'],
    ['from=2026-02-01&to=2026-02-01&groupBy=day&vehicleClass=bicycle', 'vehicleClass'],
    ['from=2026-02-01&to=2026-02-01&groupBy=day&method=gold', 'method'],
    ['from=2026-02-01&to=2026-02-01&groupBy=day&hour=2026-02-01T24', 'hour'],
    ['from=2026-02-01&to=2026-02-01&groupBy=day&limit=5', 'limit'],
  ])('refuses %s and names %s', async (query, field) => {
    const { status, body } = await ask('GET', `/api/v1/income?${query}`);
    expect([status, body.error.field]).toEqual([400, field]);
  });

  it('comes as CSV with the same figures', async () => {
    const path = `/api/v1/income?from=${FIRST}&to=${last}&groupBy=month`;
    const { body } = await ask('GET', path);
    const csv = await ask('GET', `${path}&format=csv`);
    expect(csv.headers.get('content-disposition')).toMatch(/^attachment; filename="income-by-month-.*\.csv"$/);
    const lines = (csv.body as string).trim().split('\n');
    expect(lines).toHaveLength(body.rows.length + 1);
    const row = body.rows[0];
    expect(lines[1]).toBe([row.key, row.label, row.count, row.amount, row.cashAmount, row.cashlessAmount].join(','));
  });
});

function randomFacts(): Fact[] {
  const random = seededRandom(SEED);
  return eachBusinessDate(FIRST, addDays(FIRST, DAYS - 1)).flatMap((date) =>
    Array.from({ length: random.integer(0, 4) }, () => {
      const count = random.integer(1, 30);
      const method = random.pick(METHODS);
      const isFree = method === 'free' || method === 'subscription';
      return {
        date,
        hour: random.integer(0, 23),
        point: random.pick(POINTS),
        vehicleClass: random.pick(VEHICLE_CLASSES),
        method,
        attendant: random.pick(['JP-1', 'JP-2', '']),
        count,
        amount: isFree ? 0 : count * random.integer(1, 5) * 1000,
      };
    }),
  );
}

async function store(api: TestApi, facts: readonly Fact[]): Promise<void> {
  await api.database.query(
    `INSERT INTO income_hours (business_date, hour, point_id, vehicle_class, method, attendant, count, amount)
     SELECT (f->>'date')::date, (f->'hour')::int, p.id, f->>'vehicleClass', f->>'method', f->>'attendant',
       sum((f->'count')::int), sum((f->'amount')::int)
     FROM jsonb_array_elements($1::jsonb) f JOIN points p ON p.code = f->>'point' GROUP BY 1, 2, 3, 4, 5, 6`,
    [JSON.stringify(facts)],
  );
  await api.database.query(
    `INSERT INTO income_days SELECT business_date, point_id, vehicle_class, method, attendant, sum(count), sum(amount)
     FROM income_hours GROUP BY 1, 2, 3, 4, 5`,
  );
}

interface Sum {
  count: number;
  amount: number;
  cashAmount: number;
  cashlessAmount: number;
}

function add(sum: Sum, fact: Fact): Sum {
  return {
    count: sum.count + fact.count,
    amount: sum.amount + fact.amount,
    cashAmount: sum.cashAmount + (fact.method === 'cash' ? fact.amount : 0),
    cashlessAmount: sum.cashlessAmount + (['qris', 'card'].includes(fact.method) ? fact.amount : 0),
  };
}

const NOTHING: Sum = { count: 0, amount: 0, cashAmount: 0, cashlessAmount: 0 };

type Total = Pick<Sum, 'count' | 'amount'>;

function expected(facts: readonly Fact[], keyOf: (fact: Fact) => string): { rows: object[]; total: Total } {
  const groups = new Map<string, Sum>();
  for (const fact of facts) groups.set(keyOf(fact), add(groups.get(keyOf(fact)) ?? NOTHING, fact));
  const rows = [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, sum]) => ({ key, ...sum }));
  const { count, amount } = facts.reduce(add, NOTHING);
  return { rows, total: { count, amount } };
}

function bare(body: { rows: ({ label: string } & object)[]; total: Total }): { rows: object[]; total: Total } {
  return { rows: body.rows.map(({ label: _, ...row }) => row), total: body.total };
}
