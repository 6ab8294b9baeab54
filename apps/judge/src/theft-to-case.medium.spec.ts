// Real: the simulator's thefts at message level, the journal's writer, PostgreSQL, the nightly assessment, HTTP on a port.
import {
  addDays,
  daysBetween,
  HOUR_MS,
  ManualClock,
  seededRandom,
  startOfBusinessDay,
  type BusinessDate,
} from '@app/kernel';
import { Assessor, defaultAssessSettings, ENGINE, type CityDay } from '@app/detection';
import {
  DayAssessor,
  JournalWriter,
  keepState,
  seedDemoCity,
  seedDemoMoney,
  write,
  type JournalMessage,
} from '@app/persistence';
import type { VehicleClass } from '@app/protocol';
import { demoCity } from '@app/registry';
import { startTestApi, type Ask, type TestApi } from '../../../libs/testing/src/admin-api.js';
import { canHappen, HONEST_CITY, type CastingRules, type Episode } from '../../../devices-sim/src/behaviour/casting.js';
import { THEFT_PATTERNS, type TheftPattern } from '../../../devices-sim/src/behaviour/thefts.js';
import type { SimPoint } from '../../../devices-sim/src/city/city.js';
import { TariffBook } from '../../../devices-sim/src/city/tariff-book.js';
import { readTerminalsFile } from '../../../devices-sim/src/city/terminals-file.js';
import { usualPerDay } from '../../../devices-sim/src/demand/demand.js';
import { simulateDays, type SimulatedEvent } from '../../../devices-sim/src/scenario/simulate-days.js';
import { simulatedDays } from './simulated-city.js';

/**
 * The demo city's registry. At one point a pattern, somebody begins to steal on this day; three points stay honest. The
 * weeks before are played into the detector's memory; from then on records go the way of production.
 */
const SEED = 5;
const THEFTS_FROM: BusinessDate = '2026-06-10';
const WARM_DAYS = 21;
const DAYS = 10;
const HONEST_POINTS = 3;
/** Neither so thin that a theft takes weeks to be seen, nor so busy that the play takes long. */
const VEHICLES = { min: 80, max: 180 } as const;
/** What says the same: the cash is not recorded, by new hands or old ones. */
const ALIKE: ReadonlySet<string> = new Set(['unrecorded-cash', 'hand-over-step']);

interface Place {
  readonly point: SimPoint;
  readonly pattern: TheftPattern | null;
  readonly casting: CastingRules;
}

const clock = new ManualClock(startOfBusinessDay(THEFTS_FROM));
let api: TestApi;
let officer: Ask;
let places: Place[];
const episodes = new Map<string, Pick<Episode, 'attendant' | 'deviceId'>>();

beforeAll(async () => {
  api = await startTestApi({ clock });
  const actor = { username: 'setup', address: '' };
  const terminals = await write(api.database, actor, (tx) => seedDemoCity(tx, api.sealer));
  await write(api.database, actor, (tx) => seedDemoMoney(tx));
  const tariffs = tariffsOfRegistry();
  places = cast(readTerminalsFile(JSON.stringify(terminals), SEED).map((point) => ({ ...point, tariffs })));
  await api.database.transaction((sql) =>
    keepState(sql, addDays(THEFTS_FROM, -1), memory(), { engine: ENGINE, settingsVersion: 1, nowMs: clock.now() }),
  );
  await playInto();
  const [days] = await api.database.query('SELECT count(DISTINCT business_date)::int AS n FROM detection_runs');
  expect(days).toEqual({ n: DAYS });
  officer = await api.as('revenue-officer');
}, 900_000);
afterAll(() => api.close());

/** What the terminals charge, as the registry's config would tell them. */
function tariffsOfRegistry(): TariffBook {
  const inForce = demoCity(seededRandom('tariffs')).tariffs.filter(({ streetClass }) => streetClass === null);
  return new TariffBook(
    inForce.map(({ code, vehicleClass, amount, validFrom, validTo }) => ({
      ...{ code, vehicleClass: vehicleClass as VehicleClass, kind: 'flat', amount, from: validFrom },
      ...(validTo !== null && { to: addDays(validTo, -1) }),
    })),
  );
}

/** The first free point for each pattern that can happen there; what few points can have chooses first. */
function cast(city: readonly SimPoint[]): Place[] {
  const free = city.filter((point) => {
    const vehicles = usualPerDay(point);
    return vehicles >= VEHICLES.min && vehicles <= VEHICLES.max && point.attendants.length >= 2;
  });
  const fits = (pattern: TheftPattern) => free.filter((point) => canHappen(pattern, point, THEFTS_FROM));
  const patterns = [...THEFT_PATTERNS].sort((a, b) => fits(a).length - fits(b).length);
  const taken = new Set<SimPoint>();
  const take = (among: readonly SimPoint[]): SimPoint => {
    const point = among.find((one) => !taken.has(one))!;
    taken.add(point);
    return point;
  };
  const guilty = patterns.map((pattern): Place => {
    const theft = { patterns: [pattern], prevalence: 1, intensity: [0.5, 0.5], episodeDays: [42, 42] } as const;
    return { point: take(fits(pattern)), pattern, casting: { ...HONEST_CITY, ...theft, notBefore: THEFTS_FROM } };
  });
  const honest = Array.from({ length: HONEST_POINTS }, () => ({
    point: take(free),
    pattern: null,
    casting: HONEST_CITY,
  }));
  return [...guilty, ...honest];
}

/** What the detector has learned of the city until the evening before. */
function memory() {
  const from = addDays(THEFTS_FROM, -WARM_DAYS);
  const played = places.map(({ point, casting }) => [
    ...simulatedDays({ seed: SEED, city: [point], from, days: WARM_DAYS, casting }),
  ]);
  const assessor = new Assessor(defaultAssessSettings, null);
  for (let n = 0; n < WARM_DAYS; n++) {
    const days = played.map((own) => own[n]!.day);
    const day: CityDay = { ...days[0]!, points: days.flatMap(({ points }) => points) };
    assessor.assess(day);
  }
  return assessor.state();
}

/** Plays the days of the thefts through journal and presence, and assesses each in the night after it. */
async function playInto(): Promise<void> {
  const numbers = await api.database.query<{ id: string; no: number }>(
    'SELECT device_id AS id, device_no AS no FROM devices',
  );
  const deviceNo = new Map(numbers.map(({ id, no }) => [id, no]));
  await api.database.query('INSERT INTO device_spells (device_no, connected_at) SELECT device_no, $1 FROM devices', [
    new Date(startOfBusinessDay(addDays(THEFTS_FROM, -1))),
  ]);
  const messages: (JournalMessage & { receivedAt: number })[] = [];
  for (const { point, casting } of places)
    for (const event of simulateDays({
      seed: SEED,
      city: [point],
      from: THEFTS_FROM,
      days: DAYS,
      casting,
      faults: { rate: 1 },
    })) {
      if (event.kind === 'presence') await notePresence(deviceNo.get(event.deviceId)!, event);
      else if (event.kind === 'truth' && event.truth.kind === 'episode') episodes.set(point.code, event.truth);
      else if (event.kind === 'record')
        messages.push({
          ...{ deviceNo: deviceNo.get(event.deviceId)!, topic: 't', receivedAt: event.receivedAt },
          payload: Buffer.from(event.text),
        });
    }
  messages.sort((a, b) => a.receivedAt - b.receivedAt);
  const writer = new JournalWriter(api.database, api.sealer, { clockAheadMsMax: 3e5, clockBehindMsMax: 6e9 });
  const assessor = new DayAssessor(api.database);
  for (let n = 1; n <= DAYS; n++) {
    clock.set(startOfBusinessDay(addDays(THEFTS_FROM, n)) + 3 * HOUR_MS);
    const due = messages.filter(({ receivedAt }) => receivedAt < clock.now());
    messages.splice(0, due.length);
    for (let i = 0; i < due.length; i += 2000) await writer.write(due.slice(i, i + 2000));
    // Records that came late re-open the day before: until nothing is left to do.
    while ((await assessor.next({ nowMs: clock.now(), afterMs: HOUR_MS, restMs: 0 })).kind === 'done');
  }
}

async function notePresence(device: number, { at, up }: Extract<SimulatedEvent, { kind: 'presence' }>): Promise<void> {
  const sql = up
    ? 'INSERT INTO device_spells (device_no, connected_at) VALUES ($1, $2) ON CONFLICT DO NOTHING'
    : 'UPDATE device_spells SET ended_at = greatest(connected_at, $2) WHERE device_no = $1 AND ended_at IS NULL';
  await api.database.query(sql, [device, new Date(at)]);
}

interface Row {
  point: string;
  attendant: string | null;
  device: string;
  pattern: string;
  from: BusinessDate;
  rupiahAtRisk: { low: number; mid: number; high: number };
  evidence: unknown[];
  explanation: { id: string; en: string };
  caseId: string | null;
}

async function suspicionsAt(point: string): Promise<Row[]> {
  const { status, body } = await officer('GET', `/api/v1/suspicions?point=${point}&limit=100`);
  expect(status).toBe(200);
  return body.rows;
}

describe('a theft in the demo city', () => {
  it.each(THEFT_PATTERNS)('%s becomes a case: the right person, the pattern, and why', async (pattern) => {
    const { point } = places.find((place) => place.pattern === pattern)!;
    const thief = episodes.get(point.code)!;
    const rows = await suspicionsAt(point.code);
    expect(rows.map(({ attendant }) => attendant)).toEqual([thief.attendant]);
    const [found] = rows;
    if (thief.deviceId !== null) expect(found!.device).toBe(thief.deviceId);
    expect(found!.pattern === pattern || (ALIKE.has(pattern) && ALIKE.has(found!.pattern))).toBe(true);
    expect(daysBetween(THEFTS_FROM, found!.from)).toBeGreaterThanOrEqual(-3);
    const { low, mid, high } = found!.rupiahAtRisk;
    expect(0 <= low && low <= mid && mid <= high).toBe(true);
    const { id, en } = found!.explanation;
    for (const text of [id, en]) expect(text).toMatch(/^\S.{40,}\d/);
    expect(id).not.toBe(en);
    const { body } = await officer('GET', `/api/v1/cases/${found!.caseId}`);
    expect(body).toMatchObject({ state: 'open', pattern: found!.pattern });
  });

  it('at honest points, with their faults and slips, is not seen', async () => {
    for (const { point, pattern } of places) if (pattern === null) expect(await suspicionsAt(point.code)).toEqual([]);
  });
});
