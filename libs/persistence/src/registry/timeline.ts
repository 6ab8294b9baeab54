import { ConflictError } from '@app/registry';
import type { WriteTx } from '../writes.js';

/** Periods of one thing, of which only one is in force at a time. */
export interface Timeline {
  readonly table: string;
  /** Whose periods: column names and values; null matches null. */
  readonly owner: Readonly<Record<string, unknown>>;
  /** Type of valid_from and valid_to. */
  readonly unit: 'date' | 'timestamptz';
  /** What it is called in an error. */
  readonly noun: string;
}

interface Period {
  id: number;
  openEnded: boolean;
  startsBefore: boolean;
  validFrom: string;
  validTo: string | null;
}

/**
 * Makes room for a new period (`to` exclusive, null for open-ended): an open-ended period that began before is closed
 * where the new one begins.
 * @throws ConflictError when it would still overlap another one
 */
export async function makeRoom(tx: WriteTx, timeline: Timeline, from: string, to: string | null): Promise<void> {
  const { table, unit, noun } = timeline;
  await tx.query(`LOCK TABLE ${table} IN SHARE ROW EXCLUSIVE MODE`);
  const overlapping = await periodsIn(tx, timeline, from, to);
  const [before] = overlapping.filter((period) => period.openEnded && period.startsBefore);
  if (before) await tx.query(`UPDATE ${table} SET valid_to = $2::${unit} WHERE id = $1`, [before.id, from]);
  const [other] = overlapping.filter((period) => period !== before);
  if (!other) return;
  throw new ConflictError(
    `Another ${noun} is in force from ${other.validFrom} to ${other.validTo ?? 'further notice'}.`,
    'Choose a period that does not overlap it, or end that one first.',
    other.startsBefore ? 'validFrom' : 'validTo',
  );
}

async function periodsIn(tx: WriteTx, timeline: Timeline, from: string, to: string | null): Promise<Period[]> {
  const { table, owner, unit } = timeline;
  const range = unit === 'date' ? 'daterange' : 'tstzrange';
  const owners = Object.keys(owner).map((column, n) => `${column} IS NOT DISTINCT FROM $${n + 3}`);
  return tx.query<Period>(
    `SELECT id, valid_to IS NULL AS "openEnded", valid_from < $1::${unit} AS "startsBefore", valid_from::text AS "validFrom",
       valid_to::text AS "validTo" FROM ${table}
     WHERE ${owners.join(' AND ')} AND ${range}(valid_from, valid_to) && ${range}($1::${unit}, $2::${unit})
     ORDER BY valid_from`,
    [from, to, ...Object.values(owner)],
  );
}

/**
 * Ends a period at `to` (exclusive) instead of where it ended before.
 * @returns where it ended before; null: it was open
 * @throws ConflictError when it would end before it began
 */
export async function endPeriod(
  tx: WriteTx,
  timeline: Pick<Timeline, 'table' | 'unit' | 'noun'>,
  id: number,
  to: string,
): Promise<string | null> {
  const { table, unit, noun } = timeline;
  const [period] = await tx.query<{ fits: boolean; validFrom: string; validTo: string | null }>(
    `SELECT valid_from < $2::${unit} AS fits, valid_from::text AS "validFrom", valid_to::text AS "validTo"
     FROM ${table} WHERE id = $1 FOR UPDATE`,
    [id, to],
  );
  if (period && !period.fits)
    throw new ConflictError(`This ${noun} begins only at ${period.validFrom}.`, 'Choose a later end.', 'validTo');
  await tx.query(`UPDATE ${table} SET valid_to = $2::${unit} WHERE id = $1`, [id, to]);
  return period?.validTo ?? null;
}
