/** Today in the city. */
export const TODAY = `(now() AT TIME ZONE 'Asia/Jakarta')::date`;

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
