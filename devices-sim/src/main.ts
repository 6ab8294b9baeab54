import { setMaxListeners } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { addDays, businessDateOf, seededRandom, startOfBusinessDay } from '@app/kernel';
import { replayCommand } from './cli/replay-command.js';
import { providerCommand } from './cli/provider-command.js';
import { scenarioCommand } from './cli/scenario-command.js';
import { AdminApiError } from './admin-client.js';
import { MeterLogError } from './replay/meter-log.js';
import { readTerminalsFile, TerminalsFileError } from './city/terminals-file.js';
import { jsonLog } from './log.js';
import { playCity, type PlayResult } from './player/city-player.js';
import { firstDayOf } from './player/first-day.js';
import { simClock } from './player/sim-clock.js';
import { readProviderFile } from './provider/provider-settings.js';
import { Wallet } from './provider/wallet.js';
import {
  businessDay,
  integer,
  readArguments,
  readRoadSettings,
  readSettings,
  SettingsError,
  type Arguments,
  type SimulatorSettings,
} from './settings.js';

/**
 * The simulator's entry: `demo` (the default: real time, after the past days), `accelerated` (days in minutes), `provider` (QRIS over SNAP BI),
 * `scenario` (records into files, without MQTT), `replay` (a real meter log). docs/SIMULATOR.md tells each.
 */
const log = jsonLog((line) => process.stdout.write(line));
const stop = new AbortController();
// Each of the points waits on it.
setMaxListeners(0, stop.signal);
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => stop.abort());
// The launcher that started us is gone, however it went.
process.on('disconnect', () => stop.abort());

async function demo(args: Arguments): Promise<PlayResult> {
  const settings = readSettings(process.env, args);
  const city = readTerminalsFile(await readFile(settings.terminalsFile, 'utf8'), settings.seed);
  const { seed, backfillDays, prevalence, faultRate, mqttUrl } = settings;
  log.info('simulated city', { points: city.length, seed, backfillDays, prevalence, faultRate, mqttUrl });
  const from = addDays(businessDateOf(Date.now()), -backfillDays);
  const firstDay = firstDayOf(settings.folder, from);
  const road = readRoadSettings(process.env, args, settings.folder);
  const wallet = await walletOf(settings);
  const span = { from, firstDay, to: null };
  return playCity({ settings, city, clock: simClock(), ...span, road, ...wallet, log, signal: stop.signal });
}

/** The drivers' wallets, where a provider is simulated. */
async function walletOf({ providerFile, seed }: SimulatorSettings): Promise<{ wallet?: Wallet }> {
  if (!existsSync(providerFile)) return {};
  const provider = readProviderFile(await readFile(providerFile, 'utf8'));
  const url = `http://127.0.0.1:${provider.port}`;
  return { wallet: new Wallet(url, provider, seededRandom(`${seed}/wallets`), stop.signal) };
}

async function accelerated(args: Arguments): Promise<PlayResult> {
  const settings = readSettings(process.env, args);
  const city = readTerminalsFile(await readFile(settings.terminalsFile, 'utf8'), settings.seed);
  const days = integer('--days', args.options.days, 7, 1, 400);
  const speed = integer('--speed', args.options.speed, 1440, 2, 100_000);
  const from = businessDay('--from', args.options.from ?? addDays(businessDateOf(Date.now()), -days));
  log.info('simulated city, accelerated', { points: city.length, seed: settings.seed, from, days, speed });
  const clock = simClock(speed, startOfBusinessDay(from));
  return playCity({ settings, city, clock, from, to: addDays(from, days - 1), log, signal: stop.signal });
}

/** Errors that say all in their message. */
const PLAIN_ERRORS = [SettingsError, TerminalsFileError, AdminApiError, MeterLogError];

async function main(): Promise<void> {
  const args = readArguments(process.argv.slice(2));
  if (args.mode === 'demo') await demo(args);
  else if (args.mode === 'accelerated') await accelerated(args);
  else if (args.mode === 'provider') await providerCommand(args, process.env, log, stop.signal);
  else if (args.mode === 'scenario') await scenarioCommand(args);
  else if (args.mode === 'replay') process.exitCode = (await replayCommand(args, process.env)) ? 0 : 1;
  else throw new SettingsError(`unknown mode ${args.mode}: demo, accelerated, provider, scenario, replay`);
}

try {
  await main();
  process.exit(process.exitCode ?? 0);
} catch (error) {
  const isPlain = PLAIN_ERRORS.some((kind) => error instanceof kind);
  const { message, stack } = error as Error;
  if (isPlain && ['replay', 'scenario'].includes(process.argv[2] ?? '')) process.stderr.write(`${message}\n`);
  else log.error(message, isPlain ? {} : { stack });
  process.exit(1);
}
