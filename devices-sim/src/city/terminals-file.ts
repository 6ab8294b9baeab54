import { VEHICLE_CLASSES, type VehicleClass } from '@app/protocol';
import {
  characterOf,
  type OpeningHours,
  type SimDevice,
  type SimPoint,
  type FreePeriod,
  type Subscription,
  type TicketRange,
  type WeekHours,
} from './city.js';
import { NIGHT_KINDS, type PointKind } from '../demand/hourly-shape.js';
import { FACTORY_TARIFFS, TariffBook } from './tariff-book.js';

/** The file of provisioned terminals is not what it should be; the message names the place and the remedy. */
export class TerminalsFileError extends Error {
  override name = 'TerminalsFileError';
}

type Json = Readonly<Record<string, unknown>>;

/**
 * Reads the list of provisioned demo terminals: an array of
 * `{deviceId, kind, mqttPassword, journalKey, epoch, point: {code, name, district, streetClass, spaces, hours}, attendants}`.
 * Only identity and secrets are needed; whatever else is missing is drawn or taken from a default, since the retained
 * config brings tariffs and hours anyway. Throws TerminalsFileError.
 */
export function readTerminalsFile(text: string, seed: number): SimPoint[] {
  let rows: unknown;
  try {
    rows = JSON.parse(text);
  } catch (error) {
    throw new TerminalsFileError(`the terminals file is no JSON (${(error as Error).message}): seed the demo again`);
  }
  if (!Array.isArray(rows)) throw new TerminalsFileError('the terminals file must be an array of terminals');
  const byPoint = new Map<string, Json[]>();
  rows.forEach((row: Json, index) => {
    const code = text_(asObject(row.point).code ?? row.point);
    if (!code) throw new TerminalsFileError(`terminal ${index} has no point.code`);
    byPoint.set(code, [...(byPoint.get(code) ?? []), row]);
  });
  return [...byPoint].map(([code, terminals]) => pointOf(code, terminals, seed));
}

function pointOf(code: string, terminals: readonly Json[], seed: number): SimPoint {
  const point = asObject(terminals[0]!.point);
  const attendants = terminals.flatMap((terminal) => list(terminal.attendants)).map(codeOf);
  return {
    code,
    name: text_(point.name) || code,
    district: text_(point.district),
    streetClass: text_(point.streetClass) || null,
    spaces: spacesOf(asObject(point.spaces)),
    hours: readHours(point.hours),
    tariffs: new TariffBook(FACTORY_TARIFFS),
    freePeriods: list(point.freePeriods).map(asObject).flatMap(freePeriodOf),
    attendants: [...new Set(attendants)].filter(Boolean),
    devices: terminals.map(deviceOf),
    tickets: ticketsOf(point.tickets),
    nmid: text_(point.nmid) || null,
    operator: text_(point.operator) || null,
    subscriptions: list(point.subscriptions).map(asObject).flatMap(subscriptionOf),
    ...characterOf(seed, code),
    ...kindOf(point.kind),
  };
}

/** What never closes is said, not drawn. */
function kindOf(said: unknown): { kind?: PointKind } {
  const kind = NIGHT_KINDS.find((one) => one === said);
  return kind ? { kind } : {};
}

function deviceOf(row: Json): SimDevice {
  const { deviceId, kind, mqttPassword, journalKey, epoch } = row;
  for (const [field, value] of Object.entries({ deviceId, mqttPassword, journalKey })) {
    if (typeof value !== 'string' || !value)
      throw new TerminalsFileError(`a terminal (${text_(deviceId)}) lacks ${field}`);
  }
  return {
    deviceId: deviceId as string,
    kind: kind === 'meter' ? 'meter' : 'handheld',
    mqttPassword: mqttPassword as string,
    journalKey: journalKey as string,
    epoch: Number.isSafeInteger(epoch) ? (epoch as number) : 1,
  };
}

const USUAL_SPACES = { motorcycle: 25, car: 8 } as const;

function spacesOf(spaces: Json): Partial<Record<VehicleClass, number>> {
  const known = VEHICLE_CLASSES.filter((name) => typeof spaces[name] === 'number' && (spaces[name] as number) > 0);
  return known.length > 0 ? Object.fromEntries(known.map((name) => [name, spaces[name] as number])) : USUAL_SPACES;
}

const USUAL_HOURS: OpeningHours = { opens: 7 * 60, closes: 22 * 60 };
const WEEKDAYS = [0, 1, 2, 3, 4, 5, 6] as const;

/**
 * Opening hours in the forms that are about: `{"0": [420, 1320], …}` (the registry), `[{weekday, opens, closes}, …]`
 * (the config), one `{opens, closes}` for every day. Nothing means 07:00-22:00 every day.
 */
export function readHours(value: unknown): WeekHours {
  if (Array.isArray(value)) {
    const entries = value.map(asObject).filter((e) => isMinutes(e.opens) && isMinutes(e.closes));
    // An entry of the next day that begins at midnight is the tail of an evening; the simulation closes at midnight.
    const first = new Map<number, OpeningHours>();
    for (const e of entries) {
      const weekday = Number(e.weekday);
      if (!first.has(weekday)) first.set(weekday, { opens: e.opens as number, closes: e.closes as number });
    }
    return entries.length > 0 ? Object.fromEntries(first) : everyDay(USUAL_HOURS);
  }
  const object = asObject(value);
  if (isMinutes(object.opens) && isMinutes(object.closes)) {
    return everyDay({ opens: object.opens as number, closes: object.closes as number });
  }
  const days = WEEKDAYS.flatMap((day) => {
    const pair = object[String(day)];
    if (!Array.isArray(pair) || !isMinutes(pair[0]) || !isMinutes(pair[1])) return [];
    return [[day, { opens: pair[0] as number, closes: pair[1] as number }] as const];
  });
  return days.length > 0 ? Object.fromEntries(days) : everyDay(USUAL_HOURS);
}

function everyDay(hours: OpeningHours): WeekHours {
  return Object.fromEntries(WEEKDAYS.map((day) => [day, hours]));
}

function ticketsOf(value: unknown): TicketRange | null {
  const range = asObject(value);
  if (typeof range.from !== 'number' || typeof range.to !== 'number') return null;
  return { prefix: text_(range.prefix), from: range.from, to: range.to };
}

function freePeriodOf({ from, to }: Json): FreePeriod[] {
  return text_(from) ? [{ from: text_(from), ...(text_(to) && { to: text_(to) }) }] : [];
}

function subscriptionOf(row: Json): Subscription[] {
  const vehicleClass = VEHICLE_CLASSES.find((name) => name === row.vehicleClass);
  const [plate, from, to] = [text_(row.plate), text_(row.from), text_(row.to)];
  return vehicleClass && plate && from && to ? [{ plate, vehicleClass, from, to }] : [];
}

function codeOf(attendant: unknown): string {
  return typeof attendant === 'string' ? attendant : text_(asObject(attendant).code);
}

function isMinutes(value: unknown): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 1440;
}

function asObject(value: unknown): Json {
  return typeof value === 'object' && value !== null ? (value as Json) : {};
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function text_(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
