import { aedesBare, eparking, mosquittoBare, nodeRed, subscriber } from '../contenders.js';
import { median, spread, table } from '../document.js';
import { each, rounds } from './rounds.js';

/**
 * @typedef {import('./rounds.js').Size} Size
 * @typedef {import('./rounds.js').Part} Part
 * @typedef {import('../session.js').Measurement} Measurement
 */

/** @param {Size} size @returns {Promise<Part>} */
export async function saturated({ rounds: roundCount, scale }) {
  const plan = /** @type {const} */ ([
    [eparking, 150_000],
    [subscriber, 15_000],
    [nodeRed, 15_000],
    [aedesBare, 150_000],
    [mosquittoBare, 300_000],
  ]);
  /** @type {Map<string, Measurement[]>} */
  const results = new Map();
  for (const [contender, records] of plan)
    results.set(contender.name, await rounds(contender, { records: records * scale, perMessage: 1 }, roundCount));
  const ours = median(each(results.get(eparking.name) ?? [], (one) => one.perSecond));
  const rows = plan.map(([{ name, countSql }]) => {
    const all = results.get(name) ?? [];
    const rate = median(each(all, (one) => one.perSecond));
    return [
      name,
      countSql ? 'database' : 'memory',
      spread(each(all, (one) => one.perSecond)),
      name === eparking.name ? '1' : (rate / ours).toFixed(2),
      spread(each(all, (one) => one.cpuPerRecord)),
      spread(each(all, (one) => one.memory)),
      countSql ? spread(each(all, (one) => one.lost)) : '-',
    ];
  });
  const head = ['contender', 'kept in', 'records/s', 'of ours', 'CPU µs a record', 'memory MiB', 'lost'];
  const perSecond = Object.fromEntries(
    plan.map(([{ name }]) => [name, median(each(results.get(name) ?? [], (one) => one.perSecond))]),
  );
  return { text: `### One record a message, as many as go\n\n${table(head, rows)}`, figures: { perSecond } };
}
