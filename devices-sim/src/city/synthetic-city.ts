import { createHash } from 'node:crypto';
import { addDays, seededRandom, type BusinessDate } from '@app/kernel';
import {
  characterOf,
  type FreePeriod,
  type SimDevice,
  type SimPoint,
  type Subscription,
  type WeekHours,
} from './city.js';
import { FACTORY_TARIFFS, TariffBook } from './tariff-book.js';

const DISTRICTS = [
  'Medan Kota',
  'Medan Barat',
  'Medan Petisah',
  'Medan Baru',
  'Medan Maimun',
  'Medan Sunggal',
] as const;

const FIRST_SUNDAY: BusinessDate = '2026-01-04';
const EVERY_DAY: WeekHours = Object.fromEntries([0, 1, 2, 3, 4, 5, 6].map((d) => [d, { opens: 420, closes: 1320 }]));

/**
 * A city out of a seed, for simulations without a system: no secret in it is one.
 * @param points how many parking points
 */
export function syntheticCity(seed: number, points: number): SimPoint[] {
  return Array.from({ length: points }, (_, index) => syntheticPoint(seed, index));
}

function syntheticPoint(seed: number, index: number): SimPoint {
  const code = `SIM-${String(index + 1).padStart(3, '0')}`;
  const random = seededRandom(seed).fork(`city/${code}`);
  const handhelds = random.integer(1, 2);
  const devices = Array.from({ length: handhelds }, (_, n) => device(seed, 'handheld', index * 2 + n + 1));
  if (random.chance(0.12)) devices.push(device(seed, 'meter', index + 1));
  return {
    code,
    name: `Simulated point ${index + 1}`,
    district: random.pick(DISTRICTS),
    streetClass: random.pick(['I', 'II']),
    spaces: { motorcycle: random.integer(15, 45), car: random.integer(4, 16), minibus: random.integer(0, 2) },
    hours: EVERY_DAY,
    tariffs: new TariffBook(FACTORY_TARIFFS),
    freePeriods: freeDaysOf(seed, code),
    attendants: Array.from({ length: handhelds + random.integer(1, 2) }, (_, n) => `${code}-A${n + 1}`),
    devices,
    tickets: { prefix: `${code}-`, from: 1, to: 9_999_999 },
    operator: null,
    nmid: `ID10${String(index + 1).padStart(9, '0')}`,
    subscriptions: subscriptionsOf(seed, code),
    ...characterOf(seed, code),
  };
}

/** Six points in ten have subscribers: enough to steal from, and to be counted as honest. */
function subscriptionsOf(seed: number, code: string): Subscription[] {
  const random = seededRandom(seed).fork(`plates/${code}`);
  if (!random.chance(0.6)) return [];
  return Array.from({ length: random.integer(30, 90) }, (_, n) => ({
    plate: `BK${random.integer(1000, 9999)}S${String.fromCharCode(65 + (n % 26))}`,
    vehicleClass: random.chance(0.7) ? 'motorcycle' : 'car',
    ...{ from: '2020-01-01', to: '2100-01-01' },
  }));
}

/** One street in four is closed to traffic, and free of charge, on Sundays. */
function freeDaysOf(seed: number, code: string): FreePeriod[] {
  if (!seededRandom(seed).fork(`free/${code}`).chance(0.25)) return [];
  return Array.from({ length: 52 }, (_, week) => addDays(FIRST_SUNDAY, 7 * week)).map((day) => ({
    from: day,
    to: day,
  }));
}

function device(seed: number, kind: SimDevice['kind'], number: number): SimDevice {
  const deviceId = `${kind === 'meter' ? 'mt' : 'hh'}-${String(number).padStart(4, '0')}`;
  const secret = (use: string) => createHash('sha256').update(`${seed}/${deviceId}/${use}`).digest('base64url');
  return { deviceId, kind, mqttPassword: secret('password'), journalKey: secret('journal'), epoch: 1 };
}
