import {
  demoCity,
  journalKeyContext,
  newSecret,
  secretHash,
  type Credentials,
  type DemoCity,
  type Sealer,
} from '@app/registry';
import { addDays, seededRandom, startOfBusinessDay } from '@app/kernel';
import type { Sql } from '../database.js';
import type { WriteTx } from '../writes.js';
import { SINCE_EVER } from './points.js';
import { issueTickets } from './ticket-stock.js';
import { rotateDevice } from './provision-devices.js';

/** The demo city is always this one. */
const SEED = 'medan';
const SEEDED = 'demo.seed';
const TICKETS_ISSUED_ON = '2026-01-02';
const TICKETS_ISSUED_AT = startOfBusinessDay(TICKETS_ISSUED_ON);

/** A terminal of the demo city as the simulator gets it: credentials, and what it may know of its point. */
export interface DemoTerminal extends Credentials {
  kind: string;
  point: {
    code: string;
    name: string;
    street: string;
    district: string;
    streetClass: string;
    spaces: Readonly<Record<string, number>>;
    hours: Readonly<Record<string, readonly [number, number]>>;
    operator: string | null;
    /** Merchant id on the point's printed QRIS code. */
    nmid: string;
    /** Plates that often park here, and their paid time; `to` exclusive. */
    subscriptions: { plate: string; vehicleClass: string; from: string; to: string }[];
    /** Days free of charge; `to` inclusive. */
    freePeriods: { from: string; to: string }[];
    tickets?: { prefix: string; from: number; to: number };
  };
  /** Codes of the attendants who work there now. */
  attendants: string[];
}

/** Fills an empty registry with the demo city. Returns its terminals, or undefined where points are there already. */
export async function seedDemoCity(tx: WriteTx, sealer: Sealer): Promise<DemoTerminal[] | undefined> {
  if ((await tx.query('SELECT 1 FROM points LIMIT 1')).length > 0) return undefined;
  const city = demoCity(seededRandom(SEED));
  await insertOperators(tx, city);
  await insertPoints(tx, city);
  await insertTariffs(tx, city);
  await insertAttendants(tx, city);
  const credentials = await insertDevices(tx, city, sealer);
  await insertSubscriptions(tx, city, sealer);
  for (const { prefix, from, to } of city.tickets)
    await issueTickets(tx, { prefix, from, to, attendant: null, issuedOn: TICKETS_ISSUED_ON }, TICKETS_ISSUED_AT);
  await tx.audit(SEEDED, 'city', { points: city.points.length, devices: city.devices.length });
  return terminalsOf(city, credentials);
}

/** True where the city in this database is the demo city: its data are simulated. */
export async function isDemoCity(sql: Sql): Promise<boolean> {
  return (await sql.query('SELECT 1 FROM audit_log WHERE action = $1 LIMIT 1', [SEEDED])).length > 0;
}

/**
 * New credentials for the terminals of a demo city that was seeded before (their file got lost). Undefined where the
 * city in the database is none of ours.
 */
export async function reprovisionDemoCity(tx: WriteTx, sealer: Sealer): Promise<DemoTerminal[] | undefined> {
  if (!(await isDemoCity(tx))) return undefined;
  const active = await tx.query<{ deviceId: string }>(
    `SELECT device_id AS "deviceId" FROM devices WHERE status = 'active' ORDER BY device_id`,
  );
  const city = demoCity(seededRandom(SEED));
  const known = new Set(city.devices.map((device) => device.deviceId));
  const credentials: Credentials[] = [];
  for (const { deviceId } of active)
    if (known.has(deviceId)) credentials.push(await rotateDevice(tx, sealer, deviceId));
  return terminalsOf(city, credentials);
}

/** Inserts rows given as JSON: `columns` names each target column with its SQL expression over the JSON row `r`. */
async function insertRows(
  sql: Sql,
  table: string,
  rows: readonly object[],
  columns: Readonly<Record<string, string>>,
): Promise<void> {
  await sql.query(
    `INSERT INTO ${table} (${Object.keys(columns).join(', ')})
     SELECT ${Object.values(columns).join(', ')} FROM jsonb_array_elements($1::jsonb) AS r`,
    [JSON.stringify(rows)],
  );
}

const POINT_ID = `(SELECT id FROM points WHERE code = r->>'point')`;
const DAY_START = (key: string): string => `(r->>'${key}')::timestamp AT TIME ZONE 'Asia/Jakarta'`;

async function insertOperators(tx: WriteTx, city: DemoCity): Promise<void> {
  await insertRows(tx, 'operators', city.operators, { code: `r->>'code'`, name: `r->>'name'` });
  await insertRows(tx, 'operator_contracts', city.contracts, {
    number: `r->>'number'`,
    operator_code: `r->>'operatorCode'`,
    street_class: `r->>'streetClass'`,
    city_share_bp: `(r->'cityShareBp')::int`,
    attendant_share_bp: `(r->'attendantShareBp')::int`,
    operator_share_bp: `(r->'operatorShareBp')::int`,
    daily_minimum_deposit: `(r->'dailyMinimumDeposit')::bigint`,
    security_deposit: `(r->'securityDeposit')::bigint`,
    valid_from: `(r->>'validFrom')::date`,
    valid_to: `(r->>'validTo')::date`,
  });
}

async function insertPoints(tx: WriteTx, city: DemoCity): Promise<void> {
  await insertRows(tx, 'points', city.points, {
    code: `r->>'code'`,
    name: `r->>'name'`,
    street: `r->>'street'`,
    district: `r->>'district'`,
    latitude_microdeg: `(r->'latitudeMicrodegrees')::int`,
    longitude_microdeg: `(r->'longitudeMicrodegrees')::int`,
    coordinates_source: `'illustrative'`,
    spaces: `r->'spaces'`,
  });
  const classes = city.points.map(({ code, streetClass }) => ({ point: code, streetClass }));
  await insertRows(tx, 'point_street_classes', classes, {
    point_id: POINT_ID,
    street_class: `r->>'streetClass'`,
    valid_from: `'${SINCE_EVER}'`,
  });
  const hours = city.points.map(({ code, hours }) => ({ point: code, hours }));
  await insertRows(tx, 'point_hours', hours, {
    point_id: POINT_ID,
    hours: `r->'hours'`,
    valid_from: `'${SINCE_EVER}'`,
  });
  await insertRows(tx, 'point_operators', city.pointOperators, {
    point_id: POINT_ID,
    operator_code: `r->>'operatorCode'`,
    contract_id: `(SELECT id FROM operator_contracts WHERE number = r->>'contract')`,
    valid_from: `(r->>'validFrom')::date`,
    valid_to: `(r->>'validTo')::date`,
  });
  await insertRows(tx, 'free_zones', city.freeZones, {
    point_id: POINT_ID,
    basis: `r->>'basis'`,
    valid_from: DAY_START('validFrom'),
    valid_to: DAY_START('validTo'),
  });
}

async function insertTariffs(tx: WriteTx, city: DemoCity): Promise<void> {
  await insertRows(tx, 'tariffs', city.tariffs, {
    code: `r->>'code'`,
    vehicle_class: `r->>'vehicleClass'`,
    street_class: `r->>'streetClass'`,
    amount: `(r->'amount')::bigint`,
    legal_basis: `r->>'legalBasis'`,
    valid_from: DAY_START('validFrom'),
    valid_to: DAY_START('validTo'),
  });
}

async function insertAttendants(tx: WriteTx, city: DemoCity): Promise<void> {
  await insertRows(tx, 'attendants', city.attendants, {
    code: `r->>'code'`,
    name: `r->>'name'`,
    badge_number: `r->>'badgeNumber'`,
    operator_code: `r->>'operatorCode'`,
  });
  const assignments = city.attendants.flatMap(({ code, assignments }) =>
    assignments.map((assignment) => ({ attendant: code, ...assignment })),
  );
  await insertRows(tx, 'attendant_assignments', assignments, {
    attendant_code: `r->>'attendant'`,
    point_id: POINT_ID,
    assignment_order: `r->>'order'`,
    valid_from: DAY_START('validFrom'),
    valid_to: DAY_START('validTo'),
  });
}

async function insertDevices(tx: WriteTx, city: DemoCity, sealer: Sealer): Promise<Credentials[]> {
  const credentials = city.devices.map(({ deviceId }) => ({
    deviceId,
    mqttPassword: newSecret(),
    journalKey: newSecret(),
    epoch: 1,
  }));
  const deviceNo = `(SELECT device_no FROM devices WHERE device_id = r->>'deviceId')`;
  await insertRows(tx, 'devices', city.devices, {
    device_id: `r->>'deviceId'`,
    kind: `r->>'kind'`,
    model: `r->>'model'`,
  });
  await insertRows(tx, 'device_assignments', city.devices, {
    device_no: deviceNo,
    point_id: POINT_ID,
    valid_from: `'-infinity'`,
  });
  const epochs = credentials.map(({ deviceId, mqttPassword, journalKey, epoch }) => ({
    deviceId,
    epoch,
    hash: secretHash(mqttPassword).toString('hex'),
    sealed: sealer.seal(Buffer.from(journalKey, 'base64url'), journalKeyContext(deviceId, epoch)).toString('hex'),
  }));
  await insertRows(tx, 'device_epochs', epochs, {
    device_no: deviceNo,
    epoch: `(r->'epoch')::bigint`,
    password_hash: `decode(r->>'hash', 'hex')`,
    journal_key_sealed: `decode(r->>'sealed', 'hex')`,
  });
  return credentials;
}

async function insertSubscriptions(tx: WriteTx, city: DemoCity, sealer: Sealer): Promise<void> {
  const rows = city.subscriptions.map(({ plate, ...row }) => ({
    ...row,
    hash: sealer.plateHash(plate).toString('hex'),
  }));
  await insertRows(tx, 'subscriptions', rows, {
    plate_hash: `decode(r->>'hash', 'hex')`,
    vehicle_class: `r->>'vehicleClass'`,
    valid_from: `(r->>'validFrom')::date`,
    valid_to: `(r->>'validTo')::date`,
  });
}

/** Merchant ids of the printed codes: made up, one a point. */
export function demoNmid(point: string): string {
  return `ID90${point.replace(/\D/g, '').padStart(9, '0')}`;
}

function terminalsOf(city: DemoCity, credentials: readonly Credentials[]): DemoTerminal[] {
  return credentials.map((secrets) => {
    const device = city.devices.find(({ deviceId }) => deviceId === secrets.deviceId)!;
    const point = city.points.find(({ code }) => code === device.point)!;
    const { code, name, street, district, streetClass, spaces, hours, nightKind } = point;
    const tickets = city.tickets.find((range) => range.point === code);
    return {
      ...secrets,
      kind: device.kind,
      point: {
        code,
        name,
        street,
        district,
        streetClass,
        spaces,
        hours,
        ...(nightKind && { kind: nightKind }),
        nmid: demoNmid(code),
        operator: city.pointOperators.filter((row) => row.point === code).at(-1)?.operatorCode ?? null,
        subscriptions: city.subscriptions
          .filter((row) => row.point === code)
          .map(({ plate, vehicleClass, validFrom: from, validTo: to }) => ({ plate, vehicleClass, from, to })),
        freePeriods: city.freeZones
          .filter((row) => row.point === code)
          .map(({ validFrom, validTo }) => ({ from: validFrom, to: addDays(validTo, -1) })),
        ...(tickets && { tickets: { prefix: tickets.prefix, from: tickets.from, to: tickets.to } }),
      },
      attendants: city.attendants
        .filter(({ assignments }) => assignments.some((row) => row.point === code && row.validTo === null))
        .map((attendant) => attendant.code),
    };
  });
}
