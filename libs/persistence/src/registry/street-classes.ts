import type { BusinessDate } from '@app/kernel';
import type { Scope } from '@app/registry';
import { askAssessmentSince } from '../detection/work.js';
import { Conditions, type ListQuery } from '../lists.js';
import { askReconciledDays } from '../money/work.js';
import type { WriteTx } from '../writes.js';
import { RUN_BY } from './sql-parts.js';

export interface StreetClassRow {
  id: number;
  point: string;
  streetClass: string;
  validFrom: BusinessDate;
  /** Exclusive; null: until further notice. */
  validTo: BusinessDate | null;
}

/** The classes that the street of a point has had, has and will have. */
export function streetClassesQuery(point: string, scope: Scope): ListQuery<StreetClassRow> {
  const conditions = new Conditions().add('p.code = {}', point).add(RUN_BY('p.id'), scope.operatorCode);
  return {
    text: `SELECT c.id, p.code AS point, c.street_class AS "streetClass", c.valid_from AS "validFrom",
        c.valid_to AS "validTo" FROM point_street_classes c JOIN points p ON p.id = c.point_id ${conditions.where}`,
    values: conditions.values,
    orderBy: '"validFrom"',
  };
}

/**
 * Gives the street of a point a class from a business day on (null: none); what was said of later days goes. Days that
 * are over look again: shares of the gross and tariffs are by the class of their day.
 */
export async function setStreetClass(
  tx: WriteTx,
  pointId: number,
  { streetClass, from }: { streetClass: string | null; from: BusinessDate },
  nowMs: number,
): Promise<void> {
  await tx.query('SELECT 1 FROM points WHERE id = $1 FOR UPDATE', [pointId]);
  const since = await tx.query<{ streetClass: string; begun: boolean; open: boolean }>(
    `SELECT street_class AS "streetClass", valid_from <= $2 AS begun, valid_to IS NULL AS open FROM point_street_classes
      WHERE point_id = $1 AND (valid_to IS NULL OR valid_to > $2) ORDER BY valid_from`,
    [pointId, from],
  );
  const [now] = since;
  if (now ? now.begun && now.open && now.streetClass === streetClass : streetClass === null) return;
  await tx.query('DELETE FROM point_street_classes WHERE point_id = $1 AND valid_from >= $2', [pointId, from]);
  await tx.query(
    'UPDATE point_street_classes SET valid_to = $2 WHERE point_id = $1 AND (valid_to IS NULL OR valid_to > $2)',
    [pointId, from],
  );
  if (streetClass !== null)
    await tx.query('INSERT INTO point_street_classes (point_id, street_class, valid_from) VALUES ($1, $2, $3)', [
      pointId,
      streetClass,
      from,
    ]);
  await askReconciledDays(tx, { from }, nowMs);
  await askAssessmentSince(tx, from, 'street-class', nowMs);
}
