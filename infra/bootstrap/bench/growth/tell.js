import { loadavg } from 'node:os';
import { median, spread, table } from '../document.js';

/**
 * @typedef {import('../night-process.js').Cost} Cost
 * @typedef {import('../growth.bench.js').Plan} Plan
 * @typedef {import('../growth.bench.js').Found} Found
 */

/** Records cost at most so many times as much in the large database. */
const RATIO_MAX = 1.3;

/** @param {Found} small @param {Found} large @param {Plan} plan */
export function tell(small, large, plan) {
  const micros = (/** @type {Found} */ found, /** @type {string} */ name) => {
    const { days, costs } = found.works[name] ?? { days: 0, costs: [] };
    return costs.map(({ node, postgres }) => ((node + postgres) / (days * found.aDay)) * 1e6);
  };
  const inMillions = (/** @type {Found} */ { records }) => `${(records / 1e6).toFixed(1)} million`;
  const rows = Object.keys(large.works).flatMap((name) =>
    [small, large].flatMap((found) => {
      const { days, costs } = found.works[name] ?? { days: 0, costs: [] };
      if (costs.length === 0) return [];
      const each = (/** @type {(cost: Cost) => number} */ of) => costs.map(of);
      const ratio = median(micros(large, name)) / median(micros(small, name));
      return [
        [
          found === small || !small.works[name] ? name : '',
          inMillions(found),
          spread(
            each(({ seconds }) => seconds),
            1,
          ),
          spread(each(({ seconds }) => (days * found.aDay) / seconds)),
          spread(
            each(({ node }) => node),
            1,
          ),
          spread(
            each(({ postgres }) => postgres),
            1,
          ),
          spread(micros(found, name)),
          found === large && small.works[name] ? ratio.toFixed(2) : '',
          spread(each(({ peakMiB }) => peakMiB)),
        ],
      ];
    }),
  );
  const compared = Object.keys(small.works).map((name) => [
    name,
    median(micros(large, name)) / median(micros(small, name)),
  ]);
  const over = compared.filter(([, ratio]) => Number(ratio) > RATIO_MAX);
  const worst = Math.max(...compared.map(([, ratio]) => Number(ratio)));
  const head = [
    'work',
    'records there',
    's',
    'records/s',
    'Node, CPU s',
    'PostgreSQL, CPU s',
    'CPU µs a record',
    'ratio',
    'MiB at most',
  ];
  return `The same city of ${plan.points} points, ${plan.perDay} payments a point and day, in two databases: ${inMillions(small)} records (${small.size}) and ${inMillions(large)} (${large.size}); load of the machine ${loadavg()[0]?.toFixed(1)}.
The work is the worker's own, in a process of its own ("MiB at most" is that process's), and each time as it was never done before: ${plan.rounds} rounds, in the small city on a fresh copy each, in the large one each on another week; before a round a day is reconciled and the week is read once, unmeasured. Both have fresh statistics, and autovacuum is off meanwhile. In each week everything planted was found and nothing else.
The detector begins without memory ${plan.nights} days before the last one in both; the last ${Math.min(3, plan.nights - 1)} nights are measured. It reads its day and its memory, not the records of days before: after these nights the memory is ${small.memoryKiB} KiB zipped${plan.month > 0 ? `, after ${plan.month} of them ${large.memoryKiB}` : ''}.

${table(head, rows)}

To reach: a record costs at most ${RATIO_MAX} times as much in the large city: **${over.length === 0 ? 'reached' : 'not reached'}**, the highest ratio is ${worst.toFixed(2)}${over.length === 0 ? '' : ` (above: ${over.map(([name]) => name).join('; ')})`}.`;
}
