import { addDays, businessDateOf, MINUTE_MS, startOfBusinessDay, type BusinessDate } from '@app/kernel';
import type { ConfigFacts, PointFacts, TariffFacts } from '@app/persistence';
import {
  AMOUNT_RUPIAH_MAX,
  BATCH_RECORDS_MAX,
  PAYLOAD_BYTES_MAX,
  UNACKNOWLEDGED_PUBLISHES_MIN,
  VEHICLE_CLASSES,
  YEAR_MIN,
  type ConfigHours,
  type ConfigTariff,
  type DeviceConfig,
  type VehicleClass,
} from '@app/protocol';
import { streetClassOn, tariffInForce, type Span } from '@app/registry';

/** What a configuration says, without when it was made. */
export type ConfigContent = Omit<DeviceConfig, 'version' | 'issuedAt'>;

const TELEMETRY_EVERY_SECONDS = 300;
const SPOOL_DAYS_MIN = 60;
const TARIFFS_MAX = 200;
const FREE_PERIODS_MAX = 50;
const ATTENDANTS_MAX = 200;
const FIRST_DAY: BusinessDate = `${YEAR_MIN}-01-01`;

/**
 * What a terminal at this point must know on the business day of `nowMs`: it changes only with the registry and the
 * day, so that the same content is found again after a restart.
 */
export function configContent(
  deviceId: string,
  point: PointFacts | undefined,
  facts: ConfigFacts,
  nowMs: number,
): ConfigContent {
  const today = businessDateOf(nowMs);
  return {
    v: 1,
    deviceId,
    point: point ? pointOf(point, today) : null,
    tariffs: point ? tariffsOf(point, facts.tariffs, today) : [],
    hours: point?.hours ? hoursOf(point.hours) : [],
    freePeriods: point ? freePeriodsOf(point.freeZones, today) : [],
    attendants: (point?.attendants ?? []).slice(0, ATTENDANTS_MAX),
    limits: {
      batchRecordsMax: BATCH_RECORDS_MAX,
      payloadBytesMax: PAYLOAD_BYTES_MAX,
      inFlightMax: UNACKNOWLEDGED_PUBLISHES_MIN,
      amountMax: AMOUNT_RUPIAH_MAX,
      telemetryEverySeconds: TELEMETRY_EVERY_SECONDS,
      spoolDaysMin: SPOOL_DAYS_MIN,
    },
  };
}

/** Names of the city may be longer than a terminal's line. */
function line(text: string): string {
  return [...text].slice(0, 64).join('');
}

function pointOf(point: PointFacts, today: BusinessDate): NonNullable<DeviceConfig['point']> {
  const { code, name, street, lat, lon, geofenceM } = point;
  const streetClass = streetClassOn(point, today);
  const place =
    lat !== null && lon !== null ? { lat, lon, ...(geofenceM !== null && { geofenceMetres: geofenceM }) } : {};
  return { code, name: line(name), street: line(street), ...(streetClass !== null && { streetClass }), ...place };
}

function hoursOf(hours: NonNullable<PointFacts['hours']>): ConfigHours[] {
  return Array.from({ length: 7 }, (_, weekday) => weekday).flatMap((weekday) => {
    const span = hours[String(weekday)];
    if (!span) return [];
    const [opens, closes] = span;
    if (closes > opens) return [{ weekday, opens, closes }];
    const night = { weekday, opens, closes: 1440 };
    return closes === 0 ? [night] : [night, { weekday: (weekday + 1) % 7, opens: 0, closes }];
  });
}

/** First and last business day of a span; null for a last day without end, none for a span that is over. */
function daysOf(span: Span, today: BusinessDate): { from: BusinessDate; to: BusinessDate | null } | null {
  if (span.to <= startOfBusinessDay(today)) return null;
  const from = span.from === -Infinity ? FIRST_DAY : businessDateOf(span.from);
  return { from: from < FIRST_DAY ? FIRST_DAY : from, to: span.to === Infinity ? null : businessDateOf(span.to - 1) };
}

function freePeriodsOf(zones: PointFacts['freeZones'], today: BusinessDate): DeviceConfig['freePeriods'] {
  return zones
    .flatMap((zone) => {
      const days = daysOf(zone, today);
      if (!days) return [];
      return [{ from: days.from, ...(days.to && { to: days.to }), ...(zone.basis && { reason: line(zone.basis) }) }];
    })
    .slice(0, FREE_PERIODS_MAX);
}

function tariffsOf(point: PointFacts, tariffs: readonly TariffFacts[], today: BusinessDate): ConfigTariff[] {
  return VEHICLE_CLASSES.flatMap((vehicleClass) => tariffsOfClass(vehicleClass, point, tariffs, today)).slice(
    0,
    TARIFFS_MAX,
  );
}

/**
 * The tariff in force on each day from today on, as spans of days. What has begun keeps its own first day, so that the
 * content stays the same from one day to the next.
 */
function tariffsOfClass(
  vehicleClass: VehicleClass,
  point: PointFacts,
  tariffs: readonly TariffFacts[],
  today: BusinessDate,
): ConfigTariff[] {
  const midnight = startOfBusinessDay(today);
  const turns = tariffs.flatMap(({ from, to }) => [from, to].filter((at) => Number.isFinite(at) && at > midnight));
  const classTurns = point.streetClasses.flatMap(({ from, to }) => [from, to ?? today].filter((day) => day > today));
  const days = [...new Set([today, ...turns.map(firstDayFrom), ...classTurns])].sort();
  const spans: ConfigTariff[] = [];
  for (const [i, day] of days.entries()) {
    const tariff = tariffInForce(tariffs, point, vehicleClass, startOfBusinessDay(day));
    if (!tariff) continue;
    const next = days[i + 1];
    const last = spans.at(-1);
    const goesOn = last?.code === tariff.code && last.to === addDays(day, -1);
    if (goesOn) spans.pop();
    const begun = tariff.from > -Infinity ? firstDayFrom(tariff.from) : FIRST_DAY;
    const from = goesOn ? last.from : day === today && begun < day ? begun : day;
    spans.push({
      ...configTariff(tariff, from < FIRST_DAY ? FIRST_DAY : from),
      ...(next && { to: addDays(next, -1) }),
    });
  }
  return spans;
}

/** The first business day that begins at an instant or after it: a tariff of the afternoon is one of the next day. */
function firstDayFrom(instantMs: number): BusinessDate {
  const day = businessDateOf(instantMs);
  return startOfBusinessDay(day) === instantMs ? day : addDays(day, 1);
}

function configTariff(tariff: TariffFacts, from: BusinessDate): ConfigTariff {
  const { code, amount, rule } = tariff;
  const vehicleClass = tariff.vehicleClass as VehicleClass;
  if (!rule) return { code, vehicleClass, kind: 'flat', amount, from };
  const { firstMinutes, stepMinutes, stepAmount, maxAmount } = rule;
  return {
    code,
    vehicleClass,
    kind: 'progressive',
    amount,
    rule: {
      baseMinutes: firstMinutes,
      stepMinutes,
      stepAmount,
      ...(maxAmount !== undefined && { dayAmountMax: maxAmount }),
    },
    from,
  };
}

/** Minutes between 2000 and 2190 stay below it. */
const MINUTES_MAX = 100_000_000;
const YEAR_2000_MS = Date.UTC(2000, 0, 1);

/**
 * A version that grows with the registry, and with time where the registry did not change, also over restarts and from
 * one gateway to another, and that is greater than the last one of this device.
 */
export function configVersion(registryVersion: number, nowMs: number, last: number): number {
  const minutes = Math.floor((nowMs - YEAR_2000_MS) / MINUTE_MS);
  return Math.max(registryVersion * MINUTES_MAX + minutes, last + 1);
}
