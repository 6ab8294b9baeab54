import { aedesBare, eparking, nodeRed, subscriber } from '../contenders.js';
import { table } from '../document.js';

/** @typedef {import('./rounds.js').Figures} Figures */

const PER_SECOND_MIN = 15_000;
const TIMES_OF_PEER_MIN = 5;
const BATCHED_MIN = 40_000;
const SHARE_OF_COPY_MIN = 0.5;
const P99_AT = 1_000;
const P99_MS_MAX = 10;
const P99_TIMES_MAX = 3;
const IDLE_KB_MAX = 50;

/** The fastest peer that loses nothing while its broker lives. @param {Figures} figures @returns {string | undefined} */
function bestDurable({ perSecond = {}, lost = {} }) {
  const rate = (/** @type {string} */ name) => perSecond[name] ?? 0;
  return [subscriber, nodeRed]
    .map(({ name }) => name)
    .filter((name) => lost[name]?.['carrier'] === 0)
    .sort((a, b) => rate(b) - rate(a))[0];
}

/**
 * What was to be reached, and whether it was, out of this run's own figures; a line whose figures are of a part that was
 * not run is left out.
 * @param {Figures} figures
 */
export function reached(figures) {
  const { perSecond = {}, batched = NaN, copied = NaN, p99 = {}, idleKb = NaN, lost = {} } = figures;
  const text = (/** @type {number} */ value, digits = 0) =>
    value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
  const ours = perSecond[eparking.name] ?? NaN;
  const best = bestDurable(figures);
  const times = best === undefined ? null : ours / (perSecond[best] ?? 0);
  const [p99Ours, p99Aedes] = [p99[eparking.name]?.[P99_AT] ?? NaN, p99[aedesBare.name]?.[P99_AT] ?? NaN];
  const lostOurs = Object.values(lost[eparking.name] ?? { none: NaN }).reduce((sum, each) => sum + each, 0);
  const share = batched / copied;
  /** @type {[string, string, boolean | null][]} */
  const lines = [
    [`${text(PER_SECOND_MIN)} records/s, one a message`, text(ours), ours >= PER_SECOND_MIN],
    [
      `${TIMES_OF_PEER_MIN} times the best durable peer`,
      !figures.lost ? 'NaN' : times === null ? 'no peer is durable' : `${text(times, 1)} times`,
      times === null ? null : times >= TIMES_OF_PEER_MIN,
    ],
    [`${text(BATCHED_MIN)} records/s in batches`, text(batched), batched >= BATCHED_MIN],
    [`${SHARE_OF_COPY_MIN * 100} % of COPY`, `${text(share * 100)} %`, share >= SHARE_OF_COPY_MIN],
    [
      `p99 of PUBACK within ${P99_MS_MAX} ms at ${text(P99_AT)} messages/s`,
      `${text(p99Ours, 1)} ms`,
      p99Ours <= P99_MS_MAX,
    ],
    [
      `and within ${P99_TIMES_MAX} times of aedes without a database`,
      `${text(p99Ours / p99Aedes, 1)} times`,
      p99Ours / p99Aedes <= P99_TIMES_MAX,
    ],
    [`an idle terminal under ${IDLE_KB_MAX} KB`, `${text(idleKb, 1)} KB`, idleKb < IDLE_KB_MAX],
    ['no acknowledged record lost', `${text(lostOurs)} lost`, lostOurs === 0],
  ];
  const known = lines.filter(([, is]) => !is.includes('NaN'));
  const rows = known.map(([wanted, is, met]) => [wanted, is, met === null ? '-' : met ? 'reached' : '**not reached**']);
  const peer =
    best === undefined
      ? 'Each peer lost records when its carrier alone was killed, so none is durable.'
      : `The best durable peer, the fastest that lost nothing when its carrier alone was killed, is ${best} (${text(perSecond[best] ?? 0)} records/s); with its broker killed too it lost ${text(lost[best]?.['broker and carrier'] ?? 0)}.`;
  const told = table(['to reach', 'this run', ''], rows);
  return figures.lost
    ? `### What was to be reached\n\n${told}\n\n${peer}`
    : `### What was to be reached, by the parts measured later\n\n${told}`;
}
