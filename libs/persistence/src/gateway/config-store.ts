import type { ProgressiveRule, Span, StreetClasses, WeeklyHours } from '@app/registry';
import type { Sql } from '../database.js';

/** A point as a terminal must know it. */
export interface PointFacts {
  readonly id: number;
  readonly code: string;
  readonly name: string;
  readonly street: string;
  /** Street classes that have not ended, in order. */
  readonly streetClasses: StreetClasses;
  readonly lat: number | null;
  readonly lon: number | null;
  readonly geofenceM: number | null;
  /** Hours in force today, else those that begin next; null where nobody entered any. */
  readonly hours: WeeklyHours | null;
  /** Free zones that have not ended. */
  readonly freeZones: readonly (Span & { readonly basis: string })[];
  /** Codes of active attendants assigned now. */
  readonly attendants: readonly string[];
}

export interface TariffFacts extends Span {
  readonly code: string;
  readonly vehicleClass: string;
  readonly streetClass: string | null;
  readonly pointId: number | null;
  readonly amount: number;
  readonly rule: ProgressiveRule | null;
}

/** Everything in the registry of which a terminal's configuration is made, but for its assignment. */
export interface ConfigFacts {
  /** The registry's version; the facts are of it or newer. */
  readonly version: number;
  readonly points: ReadonlyMap<number, PointFacts>;
  /** Tariffs now in force and to come. */
  readonly tariffs: readonly TariffFacts[];
}

/** Milliseconds of a timestamptz column; null for either infinity. */
const ms = (column: string): string =>
  `CASE WHEN isfinite(${column}) THEN (extract(epoch FROM ${column}) * 1000)::bigint END`;

interface EndsRow {
  from_ms: number | null;
  to_ms: number | null;
}

function spanOf({ from_ms, to_ms }: EndsRow): Span {
  return { from: from_ms ?? -Infinity, to: to_ms ?? Infinity };
}

type PointRow = Omit<PointFacts, 'streetClasses' | 'hours' | 'freeZones' | 'attendants'> & {
  classes: StreetClasses | null;
  hours: WeeklyHours | null;
  zones: (EndsRow & { basis: string })[] | null;
  attendants: string[] | null;
};

/** Reads the facts as of an instant. */
export async function loadConfigFacts(sql: Sql, nowMs: number): Promise<ConfigFacts> {
  const now = new Date(nowMs);
  const [versionRow] = await sql.query<{ version: number }>('SELECT version FROM registry_version');
  const points = await sql.query<PointRow>(
    `SELECT p.id, p.code, p.name, p.street, p.latitude_microdeg AS lat,
            p.longitude_microdeg AS lon, p.geofence_radius_m AS "geofenceM",
            (SELECT jsonb_agg(jsonb_build_object('from', c.valid_from, 'to', c.valid_to, 'streetClass', c.street_class)
                      ORDER BY c.valid_from)
               FROM point_street_classes c WHERE c.point_id = p.id AND (c.valid_to IS NULL OR c.valid_to > ($1::timestamptz AT TIME ZONE 'Asia/Jakarta')::date)) AS classes,
            (SELECT h.hours FROM point_hours h, (SELECT ($1::timestamptz AT TIME ZONE 'Asia/Jakarta')::date AS day) AS today
              WHERE h.point_id = p.id AND (h.valid_to IS NULL OR h.valid_to > day) ORDER BY h.valid_from LIMIT 1) AS hours,
            (SELECT jsonb_agg(jsonb_build_object('from_ms', ${ms('z.valid_from')}, 'to_ms', ${ms('z.valid_to')},
                      'basis', z.basis) ORDER BY z.valid_from)
               FROM free_zones z WHERE z.point_id = p.id AND (z.valid_to IS NULL OR z.valid_to > $1)) AS zones,
            (SELECT array_agg(DISTINCT a.code ORDER BY a.code)
               FROM attendant_assignments s JOIN attendants a ON a.code = s.attendant_code AND a.status = 'active'
              WHERE s.point_id = p.id AND s.valid_from <= $1 AND (s.valid_to IS NULL OR s.valid_to > $1)) AS attendants
       FROM points p`,
    [now],
  );
  const tariffs = await sql.query<Omit<TariffFacts, keyof Span> & EndsRow>(
    `SELECT code, vehicle_class AS "vehicleClass", street_class AS "streetClass", point_id AS "pointId", amount, rule,
            ${ms('valid_from')} AS from_ms, ${ms('valid_to')} AS to_ms
       FROM tariffs WHERE valid_to IS NULL OR valid_to > $1 ORDER BY code`,
    [now],
  );
  return {
    version: versionRow!.version,
    points: new Map(points.map((row) => [row.id, pointOf(row)])),
    tariffs: tariffs.map(({ from_ms, to_ms, ...tariff }) => ({ ...tariff, ...spanOf({ from_ms, to_ms }) })),
  };
}

function pointOf({ classes, zones, attendants, ...point }: PointRow): PointFacts {
  const freeZones = (zones ?? []).map(({ basis, ...ends }) => ({ basis, ...spanOf(ends) }));
  return { ...point, streetClasses: classes ?? [], freeZones, attendants: attendants ?? [] };
}
