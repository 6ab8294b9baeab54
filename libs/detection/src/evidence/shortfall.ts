import { levelBefore, levelErrorBefore } from '../expectation/level.js';
import type { Scale } from '../expectation/stabilise.js';
import { KEPT_DAYS, PARTS, type DetectorSettings } from '../settings.js';
import { slotOf, type Shortfall, type Track } from '../track.js';

/** Log drops that are weighed: some upwards (a rise explains a later fall), none, then up to a loss of 60 %. */
const DROPS = [-0.3, -0.2, -0.1, -0.05, 0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.36, 0.43, 0.51, 0.6, 0.7, 0.8, 0.95];
/** A skim takes at least about 8 %. */
const SKIM_DROP_MIN = 0.08;

/** Longer than the longest guard. */
const MEMO_DAYS = 32;

export interface ShortfallJudge {
  /** Evidence at the end of `day`. Reads only days up to it. */
  judge(track: Track, day: number): Shortfall;
}

/**
 * Windowed generalised likelihood ratio. For every window that ends today the residuals of the day and of its four
 * quarters are compared under "dropped by s" for each s, with heavy-tailed (Student) noise: a skim takes its share every
 * day and at all hours, so steady small deficits add up, while a holiday, a closure or a broken afternoon, however deep,
 * counts little and the ordinary hours beside it count against. Honest levels wander too: the null is not "no drop" but
 * "a drop as honest levels make them". Levels are compared with the median of the weeks *before* the window, so a skim
 * is not absorbed by the level it is compared with, and the sum forgets after the longest window.
 */
export function shortfallJudge(settings: DetectorSettings, scale: Scale): ShortfallJudge {
  const prior = skimPrior();
  const checkpoints = new Set(settings.windowDays);
  const half = (settings.noiseFreedom + 1) / 2;
  const weights = Float64Array.from({ length: PARTS }, (_, part) =>
    part === 0 ? settings.dayWeight : settings.quarterWeight,
  );
  const n = DROPS.length;
  const logs = new Float64Array(n);
  const dayProduct = new Float64Array(n);
  const quarterProduct = new Float64Array(n);
  const levels = new Float64Array(PARTS);
  const honest = new Float64Array(n);

  const dropsOf = dropMemo(scale, prior.kept);

  const addDay = (track: Track, day: number): void => {
    const at = slotOf(day);
    const drops = dropsOf(track, day);
    for (let part = 0; part < PARTS; part++) {
      const i = part * KEPT_DAYS + at;
      const i0 = ((day % MEMO_DAYS) * PARTS + part) * n;
      const residual = track.residual[i]!;
      if (Number.isNaN(residual)) continue;
      const expected = track.expected[i]!;
      const slope = scale.slope(expected);
      const variance = track.spread[i]! ** 2 + (settings.noiseFloor * slope) ** 2;
      const base = residual - levels[part]! * slope;
      const product = part === 0 ? dayProduct : quarterProduct;
      for (let g = 0; g < n; g++) {
        const off = base + drops[i0 + g]!;
        product[g]! *= 1 + (off * off) / (variance * settings.noiseFreedom);
      }
    }
  };
  const settle = (): void => {
    for (let g = 0; g < n; g++) {
      logs[g]! -= half * (weights[0]! * Math.log(dayProduct[g]!) + weights[1]! * Math.log(quarterProduct[g]!));
    }
    dayProduct.fill(1);
    quarterProduct.fill(1);
  };

  return {
    judge(track, day) {
      let best: Shortfall = { logBayes: -Infinity, windowDays: 0, share: 0 };
      let from = 0;
      for (const guard of settings.guardDays) {
        for (let part = 0; part < PARTS; part++) levels[part] = levelBefore(track, part, day - guard);
        honestPrior(
          Math.hypot(settings.honestDriftSd, levelErrorBefore(track, day - guard), track.doubt),
          settings.honestDropChance,
          honest,
        );
        logs.fill(0);
        dayProduct.fill(1);
        quarterProduct.fill(1);
        for (let back = 0; back < guard && day - back >= track.firstDay; back++) {
          addDay(track, day - back);
          if (!checkpoints.has(back + 1)) continue;
          settle();
          if (back + 1 <= from) continue;
          const logBayes = logSum(logs, prior.skim) - logSum(logs, honest);
          if (logBayes > best.logBayes)
            best = { logBayes, windowDays: back + 1, share: likeliestShare(logs, prior.skim) };
        }
        from = guard;
      }
      return best;
    },
  };
}

/** What each drop would do to each part of a day, stabilised units: worked out once a day, not once a window. */
function dropMemo(scale: Scale, kept: Float64Array): (track: Track, day: number) => Float64Array {
  const n = DROPS.length;
  const memo = new WeakMap<Track, { days: Int32Array; drops: Float64Array }>();
  return (track, day) => {
    let known = memo.get(track);
    if (!known) {
      known = { days: new Int32Array(MEMO_DAYS).fill(-1), drops: new Float64Array(MEMO_DAYS * PARTS * n) };
      memo.set(track, known);
    }
    const place = day % MEMO_DAYS;
    if (known.days[place] === day) return known.drops;
    known.days[place] = day;
    for (let part = 0; part < PARTS; part++) {
      const expected = track.expected[part * KEPT_DAYS + slotOf(day)]!;
      for (let g = 0; g < n; g++)
        known.drops[(place * PARTS + part) * n + g] = scale.to(expected) - scale.to(expected * kept[g]!);
    }
    return known.drops;
  };
}

function skimPrior() {
  const kept = Float64Array.from(DROPS, (drop) => Math.exp(-drop));
  const skims = DROPS.filter((drop) => drop >= SKIM_DROP_MIN).length;
  const skim = Float64Array.from(DROPS, (drop) => (drop >= SKIM_DROP_MIN ? -Math.log(skims) : -Infinity));
  return { kept, skim };
}

function logSum(logs: Float64Array, prior: Float64Array): number {
  let top = -Infinity;
  for (let g = 0; g < logs.length; g++) top = Math.max(top, logs[g]! + prior[g]!);
  let sum = 0;
  for (let g = 0; g < logs.length; g++) sum += Math.exp(logs[g]! + prior[g]! - top);
  return top + Math.log(sum);
}

function likeliestShare(logs: Float64Array, prior: Float64Array): number {
  let best = 0;
  for (let g = 1; g < logs.length; g++) if (logs[g]! + prior[g]! > logs[best]! + prior[best]!) best = g;
  return Math.max(0, 1 - Math.exp(-DROPS[best]!));
}

/** Log prior of honest drops: a level that wanders (and is known only so well) by `sd`, and any drop with a small chance. */
function honestPrior(sd: number, chance: number, out: Float64Array): void {
  let total = 0;
  for (const drop of DROPS) total += Math.exp(-(drop ** 2) / (2 * sd ** 2));
  DROPS.forEach((drop, g) => {
    const bell = Math.exp(-(drop ** 2) / (2 * sd ** 2)) / total;
    out[g] = Math.log((1 - chance) * bell + chance / DROPS.length);
  });
}
