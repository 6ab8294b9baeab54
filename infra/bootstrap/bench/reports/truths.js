/**
 * The same questions in SQL: on the raw journal, and on a materialised view of it, as somebody without roll-ups would ask
 * them. `pick` takes from an answer of the API what the SQL gives, row by row.
 *
 * @typedef {{from: string, to: string}} Period
 * @typedef {object} Truth
 * @property {string} raw
 * @property {string} [view]
 * @property {(answer: any) => unknown[][]} pick
 */

/** Payments that count, of a period. @param {Period} period */
const PAYMENTS = ({ from, to }, more = '') => /* sql */ `
  FROM journal_records j JOIN points p ON p.id = j.point_id
 WHERE j.type = 'payment' AND j.body_fault IS NULL AND j.business_date BETWEEN '${from}' AND '${to}' ${more}
   AND NOT EXISTS (SELECT FROM voids v WHERE v.device_no = j.device_no AND v.epoch = j.epoch AND v.seq = j.seq AND v.state = 'effective')`;

/** What somebody would make of the raw journal, to be refreshed now and then. */
export const VIEW = /* sql */ `
CREATE MATERIALIZED VIEW IF NOT EXISTS bench_income AS
SELECT j.business_date, j.point_id, extract(hour FROM j.at AT TIME ZONE 'Asia/Jakarta')::int AS hour, j.vehicle_class, j.method,
       j.attendant, count(*) AS count, sum(j.amount) AS amount ${PAYMENTS({ from: '2000-01-01', to: '2099-12-31' })}
 GROUP BY 1, 2, 3, 4, 5, 6`;
export const VIEW_INDEX = 'CREATE INDEX IF NOT EXISTS bench_income_day ON bench_income (business_date, point_id)';

/** @param {Period} period */
const OF_VIEW = ({ from, to }, more = '') =>
  `FROM bench_income j JOIN points p ON p.id = j.point_id WHERE j.business_date BETWEEN '${from}' AND '${to}' ${more}`;

/** @type {Record<string, string>} */
const KEYS = {
  district: 'p.district',
  street: 'p.street',
  vehicleClass: 'j.vehicle_class',
  method: 'j.method',
  attendant: 'j.attendant',
  day: 'j.business_date::text',
};

/** A question of count and amount by a key. @param {Period} period @param {string} key @param {string} more */
function grouped(period, key, more) {
  const order = 'GROUP BY 1 ORDER BY 1';
  return {
    raw: `SELECT ${key} COLLATE "C" AS key, count(*)::bigint, sum(j.amount)::bigint ${PAYMENTS(period, more)} ${order}`,
    view: `SELECT ${key} COLLATE "C" AS key, sum(j.count)::bigint, sum(j.amount)::bigint ${OF_VIEW(period, more)} ${order}`,
  };
}

/** @param {{year: Period}} known */
export function truths({ year }) {
  return {
    /** @param {Period} period @param {string} groupBy @param {string} [point] @returns {Truth} */
    income: (period, groupBy, point) => ({
      ...grouped(period, String(KEYS[groupBy]), point ? `AND p.code = '${point}'` : ''),
      pick: ({ rows }) => rows.map((/** @type {any} */ row) => [row.key, row.count, row.amount]),
    }),
    /** @param {Period} period @param {string} groupBy @returns {Truth} */
    waterfall: (period, groupBy) => ({
      raw: `SELECT key, amount FROM (${grouped(period, String(KEYS[groupBy]), '').raw}) t (key, count, amount) ORDER BY 1`,
      view: `SELECT key, amount FROM (${grouped(period, String(KEYS[groupBy]), '').view}) t (key, count, amount) ORDER BY 1`,
      pick: ({ rows }) => rows.map((/** @type {any} */ row) => [row.key, row.recorded]),
    }),
    /** @param {Period} period @returns {Truth} */
    points: (period) => ({
      raw: `SELECT p.code, count(*)::bigint, sum(j.amount)::bigint, sum(j.amount) FILTER (WHERE j.method = 'cash')::bigint ${PAYMENTS(period)} GROUP BY 1 ORDER BY 1`,
      view: `SELECT p.code, sum(j.count)::bigint, sum(j.amount)::bigint, sum(j.amount) FILTER (WHERE j.method = 'cash')::bigint ${OF_VIEW(period)} GROUP BY 1 ORDER BY 1`,
      pick: ({ rows }) => rows.map((/** @type {any} */ row) => [row.code, row.count, row.recorded, row.cashRecorded]),
    }),
    /** @param {Period} period @returns {Truth} */
    pointSums: (period) => ({
      raw: `SELECT count(*)::bigint, sum(j.amount)::bigint ${PAYMENTS(period)}`,
      view: `SELECT sum(j.count)::bigint, sum(j.amount)::bigint ${OF_VIEW(period)}`,
      pick: (sums) => [[sums.count, sums.recorded]],
    }),
    /** @param {Period} period @param {string} point @returns {Truth} */
    hours: (period, point) => ({
      raw: `SELECT j.business_date::text, extract(hour FROM j.at AT TIME ZONE 'Asia/Jakarta')::int, count(*)::bigint, sum(j.amount)::bigint
        ${PAYMENTS(period, `AND p.code = '${point}'`)} GROUP BY 1, 2 ORDER BY 1, 2`,
      view: `SELECT j.business_date::text, j.hour, sum(j.count)::bigint, sum(j.amount)::bigint ${OF_VIEW(period, `AND p.code = '${point}'`)} GROUP BY 1, 2 ORDER BY 1, 2`,
      pick: (rows) => rows.map((/** @type {any} */ row) => [row.date, row.hour, row.count, row.amount]),
    }),
    /** @param {string} of @returns {Truth} */
    realisation: (of) => {
      const period = { from: `${of}-01-01`, to: `${of}-12-31` };
      const month = 'extract(month FROM j.business_date)::int';
      return {
        raw: `SELECT ${month}, sum(j.amount)::bigint ${PAYMENTS(period)} GROUP BY 1 ORDER BY 1`,
        view: `SELECT ${month}, sum(j.amount)::bigint ${OF_VIEW(period)} GROUP BY 1 ORDER BY 1`,
        pick: ({ rows }) =>
          rows
            .filter((/** @type {any} */ row) => row.month !== null && row.recorded > 0)
            .map((/** @type {any} */ row) => [row.month, row.recorded]),
      };
    },
    /** The newest of a terminal, and how many there are. @param {string} device @returns {Truth} */
    journal: (device) => ({
      raw: `SELECT j.seq, count(*) OVER ()::bigint FROM journal_records j
        WHERE j.device_no + 0 = (SELECT device_no FROM devices WHERE device_id = '${device}') ORDER BY 1 DESC LIMIT 50`,
      pick: ({ rows, total }) => rows.map((/** @type {any} */ row) => [row.seq, total]),
    }),
    /** @param {string} [acquirer] @returns {Truth} */
    lines: (acquirer) => ({
      raw: `SELECT count(*)::bigint, sum(CASE kind WHEN 'payment' THEN amount ELSE -amount END)::bigint FROM settlement_rows
        WHERE ${acquirer ? `acquirer || '' = '${acquirer}'` : 'true'}`,
      pick: ({ total, sums }) => [[total, sums.amount]],
    }),
    /** @returns {Truth} */
    batches: () => ({
      raw: `SELECT batch_id, count(*)::bigint, sum(CASE kind WHEN 'payment' THEN amount ELSE -amount END)::bigint FROM settlement_rows
        GROUP BY acquirer, batch_id ORDER BY min(settlement_date) DESC, acquirer, batch_id LIMIT 50`,
      pick: ({ rows }) => rows.map((/** @type {any} */ row) => [row.batchId, row.lines, row.amount]),
    }),
    year,
  };
}
