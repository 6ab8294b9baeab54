/** Today in the city. */
export const TODAY = `(now() AT TIME ZONE 'Asia/Jakarta')::date`;

/** Class of a point's street on a business day; NULL where nobody gave it one. */
export const STREET_CLASS_ON = (pointId: string, businessDate: string): string =>
  `(SELECT c.street_class FROM point_street_classes c WHERE c.point_id = ${pointId} AND c.valid_from <= ${businessDate}
    AND (c.valid_to IS NULL OR c.valid_to > ${businessDate}))`;

/** Joins as `po` who runs a point on a business day; without columns where the city runs it itself. */
export const OPERATOR_ON = (pointId: string, businessDate: string): string =>
  `LEFT JOIN point_operators po ON po.point_id = ${pointId} AND po.valid_from <= ${businessDate}
    AND (po.valid_to IS NULL OR po.valid_to > ${businessDate})`;

/** Condition: the point is run today by the operator `{}`. The row right of an operator's clerk. */
export const RUN_BY = (pointId: string): string =>
  `EXISTS (SELECT 1 FROM point_operators own WHERE own.point_id = ${pointId} AND own.operator_code = {}
    AND own.valid_from <= ${TODAY} AND (own.valid_to IS NULL OR own.valid_to > ${TODAY}))`;

/** Condition: on that business day the point was run by the operator `{}`. */
export const RUN_BY_ON = (pointId: string, businessDate: string): string =>
  `EXISTS (SELECT 1 FROM point_operators own WHERE own.point_id = ${pointId} AND own.operator_code = {}
    AND own.valid_from <= ${businessDate} AND (own.valid_to IS NULL OR own.valid_to > ${businessDate}))`;

/** An instant as RFC 3339 text in UTC with milliseconds; NULL for "since ever" and "without end". */
export const INSTANT = (column: string): string =>
  `CASE WHEN isfinite(${column}) THEN to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') END`;
