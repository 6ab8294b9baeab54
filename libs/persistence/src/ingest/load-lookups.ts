import { businessHourOf } from '@app/kernel';
import { placeKey, type Lookups, type Needs, type PlacedRecord, type Place, type VoidState } from '@app/journal';
import type { Sealer } from '@app/registry';
import type { Sql } from '../database.js';

interface PlacedRow {
  device_no: number;
  epoch: number;
  seq: number;
  at: number;
  business_date: string;
  point_id: number;
  type: string;
  unread: boolean;
  vehicle_class: string | null;
  method: string | null;
  amount: number | null;
  attendant: string | null;
  shift: string | null;
  record: string;
}

/** Looks up in at most four statements what deciding a batch needs; most batches need none. */
export async function loadLookups(sql: Sql, needs: Needs, sealer: Sealer): Promise<Lookups> {
  const [placed, voids, shifts, subscribers] = await Promise.all([
    loadPlaced(sql, needs.places),
    loadVoids(sql, needs.voids),
    loadShifts(sql, needs.shifts),
    loadSubscriptions(sql, [...needs.plates], sealer),
  ]);
  return {
    placed: (place) => placed.get(placeKey(place)),
    voidState: (place) => voids.get(placeKey(place)),
    hasShift: (deviceNo, shift) => shifts.has(`${deviceNo}:${shift}`),
    isSubscriber: (plate, vehicleClass, date) =>
      (subscribers.get(plate) ?? []).some(
        (row) => row.vehicle_class === vehicleClass && row.valid_from <= date && date < row.valid_to,
      ),
  };
}

/** Three parallel arrays for `unnest`. */
function columns(places: readonly Place[]): [number[], number[], number[]] {
  return [places.map((p) => p.deviceNo), places.map((p) => p.epoch), places.map((p) => p.seq)];
}

async function loadPlaced(sql: Sql, places: readonly Place[]): Promise<Map<string, PlacedRecord>> {
  if (places.length === 0) return new Map();
  const rows = await sql.query<PlacedRow>(
    `SELECT r.device_no, r.epoch, r.seq, r.at, r.business_date, r.point_id, r.type, r.record,
            r.body_fault IS NOT NULL AND p.seq IS NULL AS unread,
            coalesce(p.vehicle_class, r.vehicle_class) AS vehicle_class, coalesce(p.method, r.method) AS method,
            coalesce(p.amount, r.amount) AS amount, coalesce(p.attendant, r.attendant) AS attendant,
            coalesce(p.shift, r.shift) AS shift
     FROM unnest($1::int[], $2::bigint[], $3::bigint[]) AS n (device_no, epoch, seq)
     JOIN journal_records r USING (device_no, epoch, seq)
     LEFT JOIN journal_reprocessed p USING (device_no, epoch, seq)`,
    columns(places),
  );
  return new Map(
    rows.map((row) => [placeKey({ deviceNo: row.device_no, epoch: row.epoch, seq: row.seq }), placedOf(row)]),
  );
}

function placedOf(row: PlacedRow): PlacedRecord {
  const record = JSON.parse(row.record) as { prev: string; mac?: string; sig?: string };
  return {
    seal: record.mac ?? record.sig!,
    prev: record.prev,
    type: row.type,
    unread: row.unread,
    payment:
      row.type !== 'payment' || row.unread
        ? null
        : {
            pointId: row.point_id,
            businessDate: row.business_date,
            hour: businessHourOf(row.at),
            vehicleClass: row.vehicle_class!,
            method: row.method!,
            attendant: row.attendant!,
            shift: row.shift!,
            amount: row.amount!,
          },
  };
}

async function loadVoids(sql: Sql, places: readonly Place[]): Promise<Map<string, VoidState>> {
  if (places.length === 0) return new Map();
  const rows = await sql.query<{ device_no: number; epoch: number; seq: number; state: VoidState }>(
    `SELECT device_no, epoch, seq, state FROM voids
     JOIN unnest($1::int[], $2::bigint[], $3::bigint[]) AS n (device_no, epoch, seq) USING (device_no, epoch, seq)`,
    columns(places),
  );
  return new Map(rows.map((row) => [placeKey({ deviceNo: row.device_no, epoch: row.epoch, seq: row.seq }), row.state]));
}

async function loadShifts(sql: Sql, wanted: Needs['shifts']): Promise<Set<string>> {
  if (wanted.length === 0) return new Set();
  const rows = await sql.query<{ device_no: number; shift: string }>(
    `SELECT DISTINCT device_no, shift FROM shifts
     JOIN unnest($1::int[], $2::text[]) AS n (device_no, shift) USING (device_no, shift)`,
    [wanted.map((w) => w.deviceNo), wanted.map((w) => w.shift)],
  );
  return new Set(rows.map((row) => `${row.device_no}:${row.shift}`));
}

interface SubscriptionRow {
  plate_hash: Buffer;
  vehicle_class: string;
  valid_from: string;
  valid_to: string;
}

async function loadSubscriptions(
  sql: Sql,
  plates: readonly string[],
  sealer: Sealer,
): Promise<Map<string, SubscriptionRow[]>> {
  if (plates.length === 0) return new Map();
  const hashes = new Map(plates.map((plate) => [plate, sealer.plateHash(plate)]));
  const rows = await sql.query<SubscriptionRow>(
    'SELECT plate_hash, vehicle_class, valid_from, valid_to FROM subscriptions WHERE plate_hash = ANY($1)',
    [[...hashes.values()]],
  );
  return new Map(plates.map((plate) => [plate, rows.filter((row) => row.plate_hash.equals(hashes.get(plate)!))]));
}
