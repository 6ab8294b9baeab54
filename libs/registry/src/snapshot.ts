import { weekdayOf, businessDateOf, minuteOfDay, dayBefore, type BusinessDate, type Rupiah } from '@app/kernel';

/** A span of instants in ms: `from` inclusive, `to` exclusive; -Infinity and Infinity are open ends. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

export interface DeviceKey {
  readonly kind: 'hmac' | 'ed25519';
  /** hmac: the 32 journal key bytes; ed25519: the 32 public key bytes. */
  readonly bytes: Uint8Array;
}

export interface RegisteredDevice {
  readonly deviceNo: number;
  readonly deviceId: string;
  readonly kind: 'handheld' | 'meter';
  readonly status: 'active' | 'revoked';
  /** The current epoch. */
  readonly epoch: number;
  /** The journal key of an epoch; undefined when that epoch was never given. */
  keyOf(epoch: number): DeviceKey | undefined;
  /** In order of time, never empty. */
  readonly assignments: readonly (Span & { readonly pointId: number })[];
}

/** Opening hours by weekday (0 = Sunday): minutes since midnight, Asia/Jakarta; an end before its start runs past midnight. */
export type WeeklyHours = Readonly<Record<string, readonly [number, number]>>;

/** Classes that the street of a point has had, has and will have, by business day; none for days without. */
export type StreetClasses = readonly {
  readonly from: BusinessDate;
  readonly to: BusinessDate | null;
  readonly streetClass: string;
}[];

export interface RegisteredPoint {
  readonly id: number;
  readonly code: string;
  readonly streetClasses: StreetClasses;
  /** Where it is in microdegrees, and how far (metres) a payment may be from it; null when nobody set a fence. */
  readonly geofence: { readonly lat: number; readonly lon: number; readonly radiusM: number } | null;
  readonly hours: readonly {
    readonly from: BusinessDate;
    readonly to: BusinessDate | null;
    readonly hours: WeeklyHours;
  }[];
  readonly freeZones: readonly Span[];
}

/** Progressive rule: `amount` covers `firstMinutes`; each further started `stepMinutes` adds `stepAmount`, up to `maxAmount`. */
export interface ProgressiveRule {
  readonly firstMinutes: number;
  readonly stepMinutes: number;
  readonly stepAmount: Rupiah;
  readonly maxAmount?: Rupiah;
}

export interface TariffInForce extends Span {
  readonly code: string;
  readonly vehicleClass: string;
  readonly streetClass: string | null;
  readonly pointId: number | null;
  readonly amount: Rupiah;
  readonly rule: ProgressiveRule | null;
}

/** The registry as the ingest path needs it: everything that was ever in force, in memory, of one version. */
export interface RegistrySnapshot {
  readonly version: number;
  deviceByNo(deviceNo: number): RegisteredDevice | undefined;
  point(id: number): RegisteredPoint | undefined;
  readonly tariffs: readonly TariffInForce[];
  hasAttendant(code: string): boolean;
}

/** The point to which a device was assigned at an instant. Its first assignment reaches back, its last one forward. */
export function pointIdAt(device: RegisteredDevice, atMs: number): number {
  const { assignments } = device;
  let index = assignments.length - 1;
  while (index > 0 && assignments[index]!.from > atMs) index--;
  return assignments[index]!.pointId;
}

/** The tariff in force for a class of vehicle at a point: the point's own, else its street class's, else the city's. */
export function tariffInForce(
  tariffs: readonly TariffInForce[],
  point: Pick<RegisteredPoint, 'id' | 'streetClasses'>,
  vehicleClass: string,
  atMs: number,
): TariffInForce | undefined {
  let best: TariffInForce | undefined;
  let bestRank = 0;
  for (const tariff of tariffs) {
    if (tariff.vehicleClass !== vehicleClass || atMs < tariff.from || atMs >= tariff.to) continue;
    const rank = scopeRank(tariff, point, atMs);
    if (rank > bestRank || (rank === bestRank && rank > 0 && best && tariff.from > best.from)) {
      best = tariff;
      bestRank = rank;
    }
  }
  return best;
}

function scopeRank(tariff: TariffInForce, point: Pick<RegisteredPoint, 'id' | 'streetClasses'>, atMs: number): number {
  if (tariff.pointId !== null) return tariff.pointId === point.id ? 3 : 0;
  if (tariff.streetClass !== null) return tariff.streetClass === streetClassOn(point, businessDateOf(atMs)) ? 2 : 0;
  return 1;
}

/** The class of a point's street on a business day; null where nobody gave it one. */
export function streetClassOn(point: Pick<RegisteredPoint, 'streetClasses'>, date: BusinessDate): string | null {
  const { streetClasses } = point;
  return streetClasses.find(({ from, to }) => from <= date && (to === null || date < to))?.streetClass ?? null;
}

/** What a tariff asks for a stay of so many minutes, in rupiah. A flat tariff asks the same for every stay. */
export function amountDue(tariff: TariffInForce, minutes: number | undefined): Rupiah {
  if (!tariff.rule || minutes === undefined) return tariff.amount;
  const over = Math.max(0, minutes - tariff.rule.firstMinutes);
  const due = tariff.amount + Math.ceil(over / tariff.rule.stepMinutes) * tariff.rule.stepAmount;
  return Math.min(due, tariff.rule.maxAmount ?? due);
}

/** True when the point is open at an instant; undefined when nobody entered hours for that day. */
export function isOpen(point: Pick<RegisteredPoint, 'hours'>, atMs: number): boolean | undefined {
  const today = businessDateOf(atMs);
  const minute = minuteOfDay(atMs);
  const hours = hoursOn(point, today);
  if (!hours) return undefined;
  const weekday = weekdayOf(today);
  const span = hours[weekday];
  if (span && minute >= span[0] && minute < (span[1] > span[0] ? span[1] : 1440)) return true;
  const late = hoursOn(point, dayBefore(today))?.[(weekday + 6) % 7];
  return late !== undefined && late[1] <= late[0] && minute < late[1];
}

/** The hours entered for a business day; undefined when nobody entered any. */
export function hoursOn(point: Pick<RegisteredPoint, 'hours'>, date: BusinessDate): WeeklyHours | undefined {
  return point.hours.find((row) => row.from <= date && (row.to === null || date < row.to))?.hours;
}

/** True when charging was suspended at the point at that instant (free zone). */
export function isFreeZone(point: RegisteredPoint, atMs: number): boolean {
  return point.freeZones.some((zone) => zone.from <= atMs && atMs < zone.to);
}

/** Great-circle distance in metres between two places in microdegrees (haversine, mean earth radius 6,371,008.8 m). */
export function distanceM(a: { lat: number; lon: number }, b: { lat: number; lon: number }): number {
  const rad = Math.PI / 180e6;
  const dLat = (b.lat - a.lat) * rad;
  const dLon = (b.lon - a.lon) * rad;
  const h = Math.sin(dLat / 2) ** 2 + Math.cos(a.lat * rad) * Math.cos(b.lat * rad) * Math.sin(dLon / 2) ** 2;
  return 2 * 6_371_008.8 * Math.asin(Math.min(1, Math.sqrt(h)));
}
