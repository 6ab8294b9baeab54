import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { isBusinessDate } from '@app/kernel';

/** A setting or an argument is not what it should be; the message names it and the remedy. */
export class SettingsError extends Error {
  override name = 'SettingsError';
}

/** How the demo city is played. Each has an environment variable, and most a command-line option (docs/SIMULATOR.md). */
export interface SimulatorSettings {
  readonly mqttUrl: string;
  readonly terminalsFile: string;
  /** What the simulated provider is and knows; absent where no provider is simulated. */
  readonly providerFile: string;
  /** Folder of spools and truth. */
  readonly folder: string;
  readonly seed: number;
  readonly backfillDays: number;
  /** Share of points with a thief at a time, 0-1. */
  readonly prevalence: number;
  /** Multiplies the rates of honest faults. */
  readonly faultRate: number;
}

/** Where the simulated money goes on from the terminals. */
export interface RoadSettings {
  /** Folder of its own notes. */
  readonly folder: string;
  readonly acquirersFolder: string;
  readonly inbox: string;
  readonly apiUrl: string;
  readonly clerkFile: string;
}

/** The environment variables, as the process was given them. */
export type Environment = Readonly<Record<string, string | undefined>>;

const OPTIONS = {
  mqtt: { type: 'string' },
  terminals: { type: 'string' },
  provider: { type: 'string' },
  folder: { type: 'string' },
  seed: { type: 'string' },
  backfill: { type: 'string' },
  thieves: { type: 'string' },
  faults: { type: 'string' },
  from: { type: 'string' },
  days: { type: 'string' },
  speed: { type: 'string' },
  points: { type: 'string' },
  out: { type: 'string' },
  input: { type: 'string' },
  api: { type: 'string' },
  username: { type: 'string' },
  password: { type: 'string' },
  report: { type: 'string' },
} as const;

/** What was asked for on the command line: a mode and its options. Throws SettingsError. */
export interface Arguments {
  readonly mode: string;
  readonly options: Readonly<Partial<Record<keyof typeof OPTIONS, string>>>;
}

export function readArguments(args: readonly string[]): Arguments {
  try {
    const { values, positionals } = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
    return { mode: positionals[0] ?? 'demo', options: values };
  } catch (error) {
    throw new SettingsError(`${(error as Error).message}. Options: ${Object.keys(OPTIONS).join(', ')}.`);
  }
}

/** Reads the settings; an option wins over its variable. Throws SettingsError. */
export function readSettings(env: Environment, { options }: Arguments): SimulatorSettings {
  const dataDir = env.EPARKING_DATA_DIR || '.data';
  return {
    mqttUrl: options.mqtt ?? env.EPARKING_SIM_MQTT_URL ?? `mqtt://127.0.0.1:${env.EPARKING_MQTT_PORT || '1883'}`,
    terminalsFile: options.terminals ?? env.EPARKING_SIM_TERMINALS ?? join(dataDir, 'demo-terminals.json'),
    providerFile: options.provider ?? join(dataDir, 'demo-provider.json'),
    folder: options.folder ?? join(dataDir, 'simulator'),
    seed: integer('EPARKING_SIM_SEED', options.seed ?? env.EPARKING_SIM_SEED, 1, 0, 0xffffffff),
    backfillDays: integer(
      'EPARKING_DEMO_BACKFILL_DAYS',
      options.backfill ?? env.EPARKING_DEMO_BACKFILL_DAYS,
      42,
      0,
      60,
    ),
    prevalence: integer('EPARKING_SIM_THIEVES', options.thieves ?? env.EPARKING_SIM_THIEVES, 5, 0, 100) / 100,
    faultRate: integer('EPARKING_SIM_FAULTS', options.faults ?? env.EPARKING_SIM_FAULTS, 100, 0, 10_000) / 100,
  };
}

/** Reads where the simulated money goes on. */
export function readRoadSettings(env: Environment, { options }: Arguments, folder: string): RoadSettings {
  const dataDir = env.EPARKING_DATA_DIR || '.data';
  return {
    folder: join(folder, 'money'),
    acquirersFolder: join(folder, 'acquirer'),
    inbox: env.EPARKING_INBOX_DIR || join(dataDir, 'inbox'),
    apiUrl: options.api ?? (env.EPARKING_SIM_API_URL || `http://127.0.0.1:${env.EPARKING_HTTP_PORT || '3000'}`),
    clerkFile: join(dataDir, 'demo-clerk.json'),
  };
}

/** An integer setting within bounds. Throws SettingsError. */
export function integer(name: string, text: string | undefined, usual: number, min: number, max: number): number {
  if (text === undefined || text === '') return usual;
  const value = Number(text);
  if (Number.isInteger(value) && value >= min && value <= max) return value;
  throw new SettingsError(`${name} must be an integer from ${min} to ${max}`);
}

/** A business day. Throws SettingsError. */
export function businessDay(name: string, text: string): string {
  if (isBusinessDate(text)) return text;
  throw new SettingsError(`${name} must be a date as YYYY-MM-DD`);
}
