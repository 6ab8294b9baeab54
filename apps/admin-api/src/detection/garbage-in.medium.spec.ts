// Real: HTTP on a port, PostgreSQL, the journal's writer, the nightly assessment; the clock is set by the test.
import { addDays, businessDateOf, DAY_MS, HOUR_MS, ManualClock, MINUTE_MS, seededRandom } from '@app/kernel';
import { DayAssessor, JournalWriter } from '@app/persistence';
import { seedDevice, seedPoint, seedTariff, TEST_NOON, TestTerminal } from '@app/testing';
import { startTestApi, type Ask, type TestApi } from '../../../../libs/testing/src/admin-api.js';

const DAYS = 36;
const TODAY = businessDateOf(TEST_NOON);
const LAST = addDays(TODAY, -1);
const ORDINARY = 'P-6';
/** From this day (index) on the point P-4 stands elsewhere. */
const MOVED = DAYS - 3;
const clock = new ManualClock(TEST_NOON);

let api: TestApi;
let officer: Ask;

/** Six points of one street with the same trade; what is odd about the first five is done in `day`. */
beforeAll(async () => {
  api = await startTestApi({ clock });
  await seedTariff(api.database, 'CAR', 'car', 4000);
  const points: number[] = [];
  for (let p = 1; p <= 6; p++) points.push(await seedPoint(api.database, `P-${p}`));
  clock.set(TEST_NOON + (MOVED - DAYS) * DAY_MS);
  officer = await api.as('revenue-officer');
  await officer('PATCH', '/api/v1/points/P-4', { latitudeMicrodegrees: 3_590_000, longitudeMicrodegrees: 98_670_000 });
  await officer('PATCH', '/api/v1/points/P-4', { latitudeMicrodegrees: 3_610_000, longitudeMicrodegrees: 98_650_000 });
  const tariff = { code: 'CAR-2', vehicleClass: 'car', amount: 5000, validFrom: `${LAST}T12:00:00+07:00` };
  expect((await officer('POST', '/api/v1/tariffs', tariff)).status).toBe(201);
  clock.set(TEST_NOON);
  officer = await api.as('revenue-officer');
  const writer = new JournalWriter(api.database, api.sealer, { clockAheadMsMax: 3e5, clockBehindMsMax: 6e9 });
  for (let p = 1; p <= 6; p++) {
    const terminal = new TestTerminal(`hh-000${p}`);
    const deviceNo = await seedDevice(api.database, api.sealer, terminal, points[p - 1]!);
    const days = Array.from({ length: DAYS }, (_, n) => ({
      n,
      receivedAt: TEST_NOON + (n - DAYS) * DAY_MS + 11 * HOUR_MS,
    }));
    const messages = days.flatMap(({ n, receivedAt }) =>
      day(p, n, terminal).map((record) => {
        return { deviceNo, topic: 't', payload: Buffer.from(JSON.stringify(record)), receivedAt };
      }),
    );
    await writer.write(messages);
  }
  const assessor = new DayAssessor(api.database);
  let assessed = 0;
  while ((await assessor.next({ nowMs: TEST_NOON, afterMs: HOUR_MS, restMs: 0 })).kind === 'done') assessed++;
  expect(assessed).toBe(DAYS);
}, 240_000);
afterAll(() => api.close());

/** About twenty drivers between eight and six, two of three in cash, the same two attendants in turns. */
function day(p: number, n: number, terminal: TestTerminal) {
  // P-1 sends nothing for twelve days, and comes back with half of its drivers.
  if (p === 1 && n >= 20 && n < 32) return [];
  const random = seededRandom(p * 1000 + n);
  const drivers = p === 1 && n >= 32 ? 10 : p === 4 && n >= MOVED ? 6 : 20;
  const start = TEST_NOON + (n - DAYS) * DAY_MS - 4 * HOUR_MS;
  const shift = { shift: `s-${p}-${n}`, attendant: `att-${p}-${n % 2}` };
  const records = Array.from({ length: random.poisson(drivers) }, (_, i) => {
    const at = start + ((i * 10 * HOUR_MS) / 30) * random.next() + i * 12 * MINUTE_MS;
    return { at, method: p === 4 && n >= MOVED ? 'qris' : random.chance(0.65) ? 'cash' : 'qris' } as const;
  })
    .sort((a, b) => a.at - b.at)
    .map(({ at, method }, i) => {
      // On the last day the clock of P-3 jumps back by five hours at its eighth driver.
      const jump = p === 3 && n === DAYS - 1 && i >= 8 ? 5 * HOUR_MS : 0;
      return terminal.payment({ ...shift, method }, at - jump);
    });
  // P-2 says that it took less than nothing, again and again.
  const spoilt = p === 2 && n >= 30 ? [terminal.payment({ ...shift, amount: -4000 }, start + 9 * HOUR_MS)] : [];
  return [...records, ...spoilt];
}

interface Expected {
  hour: number | null;
  expected: number;
  lower: number;
  upper: number;
  recorded: number | null;
  amountLower: number;
  amountUpper: number;
  score: number | null;
  notes: string[];
}

async function expectation(point: string, by = 'day', date = LAST): Promise<Expected[]> {
  const { status, body } = await officer('GET', `/api/v1/expectations?by=${by}&point=${point}&from=${date}&to=${date}`);
  expect(status).toBe(200);
  return body.rows;
}

const widthOf = ({ lower, upper, expected }: Expected): number => (upper - lower) / expected;

async function notesOf(point: string): Promise<string[]> {
  const from = addDays(LAST, -3);
  const { body } = await officer('GET', `/api/v1/detector/notes?point=${point}&from=${from}&limit=100`);
  return body.rows.map(({ pattern }: { pattern: string }) => pattern);
}

/** Wider than at the point to which nothing happened, on the same day. */
async function expectWide(point: string, times: number): Promise<Expected> {
  const [own] = await expectation(point);
  const [ordinary] = await expectation(ORDINARY);
  expect(widthOf(own!)).toBeGreaterThan(times * widthOf(ordinary!));
  return own!;
}

describe('garbage in', () => {
  it('accuses nobody, whatever came', async () => {
    expect((await officer('GET', '/api/v1/suspicions')).body).toMatchObject({ total: 0 });
    const { body } = await officer('GET', '/api/v1/cases?kind=suspicion');
    expect(body.rows).toEqual([]);
  });

  it('of missing weeks gives a wide interval and a note, for weeks after them', async () => {
    expect((await expectWide('P-1', 1.15)).notes).toContain('after-gap');
    expect(await notesOf('P-1')).toContain('after-gap');
    const [missing] = await expectation('P-1', 'day', addDays(TODAY, -10));
    expect(missing).toMatchObject({ recorded: 0, score: null });
  });

  it('of negative sums is quarantined, and of negative counts refused: the rest of the day stands', async () => {
    const { body } = await officer('GET', '/api/v1/quarantine?limit=100');
    expect(body.total).toBeGreaterThan(0);
    const [own] = await expectation('P-2');
    expect(own!.recorded).toBeGreaterThan(5);
    const span = { from: `${LAST}T08:00:00+07:00`, to: `${LAST}T09:00:00+07:00` };
    const count = { point: 'P-2', ...span, classes: { car: { arrivals: -5 } } };
    expect((await officer('POST', '/api/v1/field-counts', count)).status).toBe(400);
  });

  it('of a clock that jumped gives a wide interval and notes, and no score', async () => {
    const own = await expectWide('P-3', 1.15);
    expect(own).toMatchObject({ score: null, notes: expect.arrayContaining(['clock-jump']) });
    expect(await notesOf('P-3')).toEqual(expect.arrayContaining(['clock-jump', 'clock-lost']));
  });

  it('of a point that moved begins anew: a wide interval, no score, a note', async () => {
    const own = await expectWide('P-4', 1.15);
    expect(own).toMatchObject({ score: null, notes: expect.arrayContaining(['short-history']) });
    // Three days after the move it knows of the new place only.
    expect(own.expected).toBeLessThan(12);
    expect(await notesOf('P-4')).toEqual(expect.arrayContaining(['moved', 'short-history']));
  });

  it('of a tariff that changes at noon, with terminals that still charge the old one, gives both ends of the sum', async () => {
    for (const point of ['P-5', ORDINARY]) {
      const [own] = await expectation(point);
      expect(own!.notes).toContain('tariff-changed');
      expect(own!.amountLower).toBe(Math.round(own!.lower * 4000));
      expect(own!.amountUpper).toBe(Math.round(own!.upper * 5000));
      expect(await notesOf(point)).toEqual(expect.arrayContaining(['tariff-changed', 'stale-tariff']));
    }
  });
});

describe('expected against recorded', () => {
  it('is told for each point, day and hour, with its interval', async () => {
    const { body } = await officer('GET', `/api/v1/expectations?by=day&from=${LAST}&to=${LAST}&limit=100`);
    expect(body.rows.map(({ point }: { point: string }) => point)).toEqual(['P-1', 'P-2', 'P-3', 'P-4', 'P-5', 'P-6']);
    const hours = await expectation(ORDINARY, 'hour');
    const [whole] = await expectation(ORDINARY);
    expect(hours.map(({ hour }) => hour)).toEqual(Array.from({ length: 24 }, (_, hour) => hour));
    const sum = (figure: 'expected' | 'recorded'): number => hours.reduce((all, row) => all + row[figure]!, 0);
    expect(sum('expected')).toBeCloseTo(whole!.expected, 3);
    expect(sum('recorded')).toBe(whole!.recorded);
    for (const { lower, expected, upper } of hours) expect(lower <= expected && expected <= upper).toBe(true);
    const busy = hours.filter(({ hour }) => hour! >= 8 && hour! < 18);
    expect(
      busy.filter(({ lower, upper, recorded }) => lower <= recorded! && recorded! <= upper).length,
    ).toBeGreaterThan(6);
  });
});
