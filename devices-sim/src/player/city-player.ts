import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { addDays, seededRandom, type BusinessDate } from '@app/kernel';
import { HONEST_CITY, type CastingRules } from '../behaviour/casting.js';
import type { SimPoint } from '../city/city.js';
import type { Log } from '../log.js';
import { MoneyLog } from '../money/money-log.js';
import { MoneyRoad } from '../money/money-road.js';
import type { RoadSettings, SimulatorSettings } from '../settings.js';
import type { Wallet } from '../provider/wallet.js';
import { Tally } from '../terminal/tally.js';
import { Terminal } from '../terminal/terminal.js';
import { PointPlayer } from './point-player.js';
import type { SimClock } from './sim-clock.js';
import { TruthFile } from './truth-file.js';

export interface CityPlay {
  readonly settings: SimulatorSettings;
  readonly city: readonly SimPoint[];
  readonly clock: SimClock;
  readonly from: BusinessDate;
  /** The day on which the city was played first; absent: `from`. */
  readonly firstDay?: BusinessDate;
  readonly to: BusinessDate | null;
  /** How the money goes on from the terminals; absent: it does not. */
  readonly road?: RoadSettings;
  /** With what drivers pay a code that they are shown. */
  readonly wallet?: Wallet;
  readonly log: Log;
  readonly signal: AbortSignal;
}

export interface PlayResult {
  readonly tally: Tally;
  /** Records that were still on the terminals' disks at the end. */
  readonly queued: number;
}

/** The system learns what is usual before anybody steals. */
const LEARNING_DAYS = 21;
/** Thefts that are large and long enough to be seen in the weeks in which somebody looks at a demo. */
const SHOWN_THEFTS = {
  intensity: [0.45, 0.65],
  episodeDays: [28, 42],
  vehiclesMin: 60,
} as const satisfies Partial<CastingRules>;
const REPORT_MS = 60_000;
const DRAIN_MS_MAX = 60_000;

/** Plays a whole city on its terminals until its last day, or until the signal. Ends with every terminal closed. */
export async function playCity(play: CityPlay): Promise<PlayResult> {
  const { settings, log, signal } = play;
  const folder = join(settings.folder, 'terminals');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const truth = new TruthFile(join(settings.folder, 'truth'));
  const money = new MoneyLog(join(settings.folder, 'money'));
  const tally = new Tally();
  const random = seededRandom(settings.seed);
  const world = {
    random,
    casting: {
      ...HONEST_CITY,
      ...SHOWN_THEFTS,
      prevalence: settings.prevalence,
      notBefore: addDays(play.firstDay ?? play.from, LEARNING_DAYS),
    },
    faults: { rate: settings.faultRate },
  };
  const terminals: Terminal[] = [];
  const players: PointPlayer[] = [];
  for (const point of play.city) {
    const own = await Promise.all(point.devices.map((device) => openTerminal(play, device, folder, tally)));
    terminals.push(...own);
    players.push(new PointPlayer(point, own, { ...play, world, truth, money }));
  }
  for (const terminal of terminals) terminal.start();
  const reports = setInterval(() => report(log, terminals, tally), REPORT_MS);
  reportBackfill(play, players, terminals, tally);
  const road = play.road && new MoneyRoad({ ...play, ...play.road, random: random.fork('money'), money, truth }).run();
  await Promise.all(players.map((player) => player.run()));
  clearInterval(reports);
  const deadline = Date.now() + DRAIN_MS_MAX;
  const queued = (): number => terminals.reduce((sum, terminal) => sum + terminal.queued, 0);
  while (queued() > 0 && Date.now() < deadline && !signal.aborted) await new Promise((done) => setTimeout(done, 100));
  const left = queued();
  report(log, terminals, tally);
  await Promise.all(terminals.map((terminal) => terminal.stop()));
  await road;
  await money.flush();
  await truth.close();
  return { tally, queued: left };
}

function openTerminal(
  play: CityPlay,
  device: SimPoint['devices'][number],
  folder: string,
  tally: Tally,
): Promise<Terminal> {
  const { settings, clock, log } = play;
  return Terminal.open({
    device,
    url: settings.mqttUrl,
    folder,
    // What is drawn here (back-off, jitter of telemetry) changes nothing of what happens in the city.
    random: seededRandom(settings.seed).fork(`terminal/${device.deviceId}`),
    clock,
    tally,
    onTrouble: (message) => log.warn(message, { deviceId: device.deviceId }),
  });
}

function report(log: Log, terminals: readonly Terminal[], tally: Tally): void {
  const online = terminals.filter((terminal) => terminal.isOnline).length;
  const queued = terminals.reduce((sum, terminal) => sum + terminal.queued, 0);
  const { outcomes, flags } = tally;
  log.info('simulated terminals', { terminals: terminals.length, online, queued, outcomes, flags });
}

/** Says once how long the past days took, when every point has caught up and what it wrote is sent. */
function reportBackfill(
  play: CityPlay,
  players: readonly PointPlayer[],
  terminals: readonly Terminal[],
  tally: Tally,
): void {
  const startedAt = Date.now();
  const timer = setInterval(() => {
    if (play.signal.aborted) clearInterval(timer);
    // A terminal without network keeps what it has: that is no backlog of the past. Most of them without: the gateway
    // is away, and an empty sum would say that all was sent.
    const online = terminals.filter((terminal) => terminal.isOnline);
    if (online.length < terminals.length / 2) return;
    const queued = online.reduce((sum, terminal) => sum + terminal.queued, 0);
    if (queued > terminals.length || !players.every((player) => player.isLive)) return;
    clearInterval(timer);
    const seconds = Math.round((Date.now() - startedAt) / 1000);
    play.log.info('past days are sent', { seconds, records: tally.outcomes.accepted ?? 0 });
  }, 1000);
  timer.unref();
}
