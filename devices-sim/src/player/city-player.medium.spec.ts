import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addDays, businessDateOf, HOUR_MS, startOfBusinessDay } from '@app/kernel';
import { eventually } from '@app/testing';
import { StandInGateway } from '../../../libs/testing/src/stand-in-gateway.js';
import { HONEST_CITY } from '../behaviour/casting.js';
import { syntheticCity } from '../city/synthetic-city.js';
import { FACTORY_TARIFFS } from '../city/tariff-book.js';
import { simulateDays } from '../scenario/simulate-days.js';
import type { SimulatorSettings } from '../settings.js';
import { playCity } from './city-player.js';
import { simClock, type SimClock } from './sim-clock.js';

const SEED = 21;
const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
const city = syntheticCity(SEED, 3).map((point) => ({
  ...point,
  devices: point.devices.map((device) => ({ ...device, mqttPassword: 'pw' })),
}));
const today = businessDateOf(Date.now());
const from = addDays(today, -2);

let standIn: StandInGateway;
let folder: string;
/** Ends what a failed test left running. */
let stopAll: AbortController;
beforeEach(async () => {
  stopAll = new AbortController();
  standIn = await StandInGateway.start('pw');
  folder = await mkdtemp(join(tmpdir(), 'city-'));
  const config = { v: 1, version: 1, tariffs: FACTORY_TARIFFS, hours: [], attendants: [], freePeriods: [] };
  for (const { deviceId } of city.flatMap((point) => point.devices)) standIn.say(deviceId, 'config', config, true);
});
afterEach(async () => {
  stopAll.abort();
  await standIn.stop();
  await rm(folder, { recursive: true });
});

function start(to: string | null, begin = from, clock: SimClock = simClock(), points = city) {
  const stop = new AbortController();
  const signal = AbortSignal.any([stop.signal, stopAll.signal]);
  const settings: SimulatorSettings = {
    mqttUrl: standIn.url,
    providerFile: '',
    terminalsFile: '',
    folder,
    seed: SEED,
    backfillDays: 2,
    prevalence: 0,
    faultRate: 1,
  };
  const ended = playCity({ settings, city: points, clock, from: begin, to, log, signal });
  return { ended, stop: () => stop.abort() };
}

const received = () => new Set(standIn.of('journal').flatMap((payload) => payload.match(/"mac":"[^"]{43}"/g) ?? []));

/** The seals of what the generator says for these days: the same seal is the same record. */
function expected(until: number): Set<string> {
  const config = { seed: SEED, city, from, days: 3, casting: HONEST_CITY, faults: { rate: 1 } };
  const seals = new Set<string>();
  for (const event of simulateDays(config)) {
    if (event.kind === 'record' && event.at <= until) seals.add(/"mac":"[^"]{43}"/.exec(event.text)![0]);
  }
  return seals;
}

test('past days that are played over MQTT are, record for record, what the generator says', async () => {
  const { ended } = start(addDays(today, -1));
  const { queued } = await ended;
  expect(queued).toBe(0);
  const wanted = expected(startOfBusinessDay(today) - 1);
  expect(wanted.size).toBeGreaterThan(300);
  expect(received()).toEqual(wanted);
}, 60_000);

test('a simulator that is stopped goes on where it was: nothing twice under another number, nothing left out', async () => {
  const first = start(null);
  await eventually(() => expect(received().size).toBeGreaterThan(100), { withinMs: 30_000 });
  first.stop();
  await first.ended;
  const half = received().size;
  const second = start(addDays(today, -1));
  expect((await second.ended).queued).toBe(0);
  const wanted = expected(startOfBusinessDay(today) - 1);
  for (const seal of wanted) expect(received()).toContain(seal);
  expect(received().size).toBeGreaterThanOrEqual(half);
  // Whatever else came is today's, and of the same chain.
  const all = expected(Date.now());
  for (const seal of received()) expect(all).toContain(seal);
}, 60_000);

test('the truth is written beside, and names the records by which the driver can be found', async () => {
  await start(addDays(today, -1)).ended;
  const files = (await readdir(join(folder, 'truth'))).sort();
  expect(files).toEqual([`truth-${from}.jsonl`, `truth-${addDays(from, 1)}.jsonl`]);
  const lines = (await readFile(join(folder, 'truth', files[0]!), 'utf8')).trim().split('\n');
  const truth = lines.map((line) => JSON.parse(line) as { kind: string; record?: string; records?: { id: string }[] });
  const sealed = new Set(truth.flatMap((line) => line.records?.map((record) => record.id) ?? []));
  const deeds = truth.filter((line) => line.kind === 'deed' && line.record);
  expect(deeds.length).toBeGreaterThan(50);
  for (const deed of deeds) expect(sealed).toContain(deed.record);
}, 60_000);

test('a shift is opened before its first payment, though the simulator begins right after and codes are refused', async () => {
  const busy = city.map((point) => ({ ...point, turnoverFactor: 60, digitalShare: 0.95, freePeriods: [] }));
  // 100 s after all points have opened, for ever.
  const at = startOfBusinessDay(today) + 7 * HOUR_MS + 100_000;
  const clock: SimClock = {
    now: () => at,
    until: (due, signal) =>
      due <= at || signal.aborted
        ? Promise.resolve()
        : new Promise((done) => signal.addEventListener('abort', () => done())),
  };
  for (const { deviceId } of busy.flatMap((point) => point.devices))
    standIn.say(deviceId, 'payments', { v: 1, requestId: 'earlier', state: 'unavailable' }, true);
  const { ended, stop } = start(null, today, clock, busy);
  const shifts = () =>
    standIn
      .of('journal')
      .flatMap((text) => JSON.parse(`[${text.replace(/^\[|\]$/g, '')}]`) as { type: string; body: ShiftBody }[])
      .filter(({ body }) => body.shift);
  await eventually(() => expect(shifts().filter(isQris).length).toBeGreaterThan(2), { withinMs: 30_000 });
  stop();
  await ended;
  const opened = new Set<string>();
  for (const { type, body } of shifts()) {
    if (type === 'shift-open') opened.add(body.shift!);
    expect(opened).toContain(body.shift);
  }
}, 60_000);

interface ShiftBody {
  readonly shift?: string;
  readonly method?: string;
}
const isQris = ({ body }: { body: ShiftBody }): boolean => body.method === 'qris';
