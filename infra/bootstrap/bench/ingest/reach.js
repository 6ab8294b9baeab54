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
  const { perSecond, batched = NaN, copied = NaN, p99 = {}, idleKb = NaN, lost } = figures;
  const text = (/** @type {number} */ value, digits = 0) =>
    value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
  const ours = perSecond?.[eparking.name] ?? NaN;
  const [p99Ours, p99Aedes] = [p99[eparking.name]?.[P99_AT] ?? NaN, p99[aedesBare.name]?.[P99_AT] ?? NaN];
  const [share, p99Times] = [batched / copied, p99Ours / p99Aedes];
  const lostOurs = lost ? Object.values(lost[eparking.name] ?? {}).reduce((sum, each) => sum + each, 0) : NaN;
  const peer = perSecond && lost ? besidePeer(ours, perSecond, lost) : undefined;
  /** @type {[string, number, string, boolean | null][]} what, its figure (NaN: not of this run), the figure told, reached */
  const lines = [
    [`${text(PER_SECOND_MIN)} records/s, one a message`, ours, text(ours), ours >= PER_SECOND_MIN],
    [`${TIMES_OF_PEER_MIN} times the best durable peer`, peer ? 0 : NaN, peer?.told ?? '', peer?.met ?? null],
    [`${text(BATCHED_MIN)} records/s in batches`, batched, text(batched), batched >= BATCHED_MIN],
    [`${SHARE_OF_COPY_MIN * 100} % of COPY`, share, `${text(share * 100)} %`, share >= SHARE_OF_COPY_MIN],
    [
      `p99 of PUBACK within ${P99_MS_MAX} ms at ${text(P99_AT)} messages/s`,
      p99Ours,
      `${text(p99Ours, 1)} ms`,
      p99Ours <= P99_MS_MAX,
    ],
    [
      `and within ${P99_TIMES_MAX} times of aedes without a database`,
      p99Times,
      `${text(p99Times, 1)} times`,
      p99Times <= P99_TIMES_MAX,
    ],
    [`an idle terminal under ${IDLE_KB_MAX} KB`, idleKb, `${text(idleKb, 1)} KB`, idleKb < IDLE_KB_MAX],
    ['no acknowledged record lost', lostOurs, `${text(lostOurs)} lost`, lostOurs === 0],
  ];
  const rows = lines
    .filter(([, figure]) => !Number.isNaN(figure))
    .map(([wanted, , is, met]) => [wanted, is, met === null ? '-' : met ? 'reached' : '**not reached**']);
  return `${table(['to reach', 'this run', ''], rows)}\n\n${peer?.text ?? ''}`.trim();
}

/**
 * Ours beside the best durable peer. @param {number} ours records a second
 * @param {NonNullable<Figures['perSecond']>} perSecond @param {NonNullable<Figures['lost']>} lost
 */
function besidePeer(ours, perSecond, lost) {
  const best = bestDurable({ perSecond, lost });
  if (best === undefined)
    return {
      told: 'no peer is durable',
      met: null,
      text: 'Each peer lost records when its carrier alone was killed, so none is durable.',
    };
  const rate = perSecond[best] ?? 0;
  const whole = (/** @type {number} */ value) => value.toLocaleString('en-US', { maximumFractionDigits: 0 });
  return {
    told: `${(ours / rate).toFixed(1)} times`,
    met: ours / rate >= TIMES_OF_PEER_MIN,
    text:
      `The best durable peer, the fastest that lost nothing when its carrier alone was killed, is ${best} (${whole(rate)} ` +
      `records/s); with its broker killed too it lost ${whole(lost[best]?.['broker and carrier'] ?? 0)}.`,
  };
}
