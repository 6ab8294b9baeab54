import { join } from 'node:path';
import { repository } from '../../run.js';
import { figureOf, table, writeBetween } from '../document.js';

/**
 * What records of so many terminals took.
 *
 * @typedef {object} Scale
 * @property {number} records
 * @property {number} devices
 * @property {number} perMessage
 * @property {number} perSecond
 * @property {number} micros of CPU a record
 * @property {number} bytes of the database a record
 * @property {number} wal bytes a record
 * @property {[number, number] | null} ends µs a record of the first and of the last million
 * @property {number} load of the machine at the beginning
 *
 * @typedef {{idleKb: number, reconcileMicros: number, perSecond: number}} Others figures of other commands
 */

const FILE = join(repository, 'docs', 'SCALE.md');
const PAYMENTS_A_POINT = 500;
/** A peak hour is a tenth of the day. */
const PEAK_SHARE = 0.1;
const DAYS = 365;

/** What was not measured is a question. @param {number} value */
const whole = (value) => (Number.isNaN(value) ? '?' : Math.round(value).toLocaleString('en-US'));

/** Two digits that mean something. @param {number} value */
const short = (value) => (value < 100 ? String(Number(value.toPrecision(2))) : whole(value));

/** @param {number} bytes */
function size(bytes) {
  for (const [unit, of] of /** @type {[string, number][]} */ ([
    ['TB', 1e12],
    ['GB', 1e9],
  ]))
    if (bytes >= of / 10) return `${short(bytes / of)} ${unit}`;
  return `${short(bytes / 1e6)} MB`;
}

/** What other commands have written into docs/BENCHMARKS.md. @returns {Others} */
export function others() {
  return {
    idleKb: figureOf('Ingest', 'eparking, everything on', 'KB a terminal'),
    perSecond: figureOf('Ingest', 'eparking, everything on', 'records/s'),
    reconcileMicros: figureOf('Reconciliation', '30 days and their payouts', 'CPU µs a record'),
  };
}

/** @param {Scale[]} all @param {Others} of */
export function measuredTable(all, { idleKb, perSecond, reconcileMicros }) {
  const rows = all.map((one) => {
    const how = one.perMessage === 1 ? 'one a message' : `${one.perMessage} a message`;
    const ends = one.ends
      ? `; the last million costs ${whole(one.ends[1])} µs a record, the first ${whole(one.ends[0])}`
      : '';
    return [
      `${whole(one.records)} records of ${whole(one.devices)} terminals, gateway's work and database, ${how}`,
      `${whole(one.micros)} µs of CPU, ${whole(one.bytes)} bytes of tables, ${whole(one.wal)} bytes of WAL a record; ${whole(one.perSecond)} records/s${ends}`,
      `\`npm run bench -- scale\`, load ${one.load.toFixed(1)}`,
    ];
  });
  return table(
    ['what', 'figure', 'by'],
    [
      ...rows,
      [
        'ingest over MQTT, 152 terminals',
        `${whole(perSecond)} records/s one a message`,
        '[BENCHMARKS.md](BENCHMARKS.md)',
      ],
      ['an idle terminal', `${short(idleKb)} KB of the gateway`, '[BENCHMARKS.md](BENCHMARKS.md)'],
      ['reconciliation', `${whole(reconcileMicros)} µs of CPU a record`, '[BENCHMARKS.md](BENCHMARKS.md)'],
    ],
  );
}

/**
 * Arithmetic on what was measured: the nation by the figures of many terminals, the others by those of few.
 * @param {Scale} few @param {Scale} many @param {Others} of
 */
export function citiesTable(few, many, { idleKb, reconcileMicros }) {
  const rows = /** @type {[string, number, Scale][]} */ ([
    ['Medan', 152, few],
    ['a metropolis', 5_000, few],
    ['500 cities', 75_000, many],
  ]).map(([name, points, scale]) => {
    const records = points * PAYMENTS_A_POINT;
    return [
      name,
      whole(points),
      whole(records),
      whole((records * PEAK_SHARE) / 3_600),
      short((records * scale.micros) / 3_600e6),
      short((records * reconcileMicros) / 3_600e6),
      size(records * scale.bytes * DAYS),
      size(records * scale.wal),
      size(points * idleKb * 1024),
    ];
  });
  const head = ['', 'points', 'records a day', 'peak records/s', 'ingest, core hours a day'];
  return table([...head, 'reconciliation, core hours a day', 'tables a year', 'WAL a day', 'idle terminals'], rows);
}

/** @param {string} measured @param {string} cities */
export function writeScale(measured, cities) {
  writeBetween(FILE, 'measured', measured);
  writeBetween(FILE, 'cities', cities);
}
