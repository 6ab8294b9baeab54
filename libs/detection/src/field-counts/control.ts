/** Days of points at which somebody counted nearly all day: who is watched records everything. */
export interface ControlDays {
  readonly days: number;
  /** Vehicles recorded and expected on those days, together. */
  readonly recorded: number;
  readonly expected: number;
}

/** By how much watched points record more than their own past lets expect, and how sure that is. */
export interface ControlFactor {
  /** At least 1: nobody records less because he is watched. */
  readonly factor: number;
  /** Standard error of its logarithm. */
  readonly error: number;
}

/** How much may be hidden in the past of a city about which no control day has told (log). */
const PRIOR_SD = 0.2;
/** Error of a single day's ratio: what the day had of its own, and over-dispersed counts. */
const DAY_CV = 0.2;
const DISPERSION = 2;
const Z = 1.645;

/**
 * The city's control factor: the log ratio of recorded over expected on control days, pulled towards "nothing is hidden"
 * by a normal prior. An expectation comes from the past, and a past that was always skimmed expects too little; days on
 * which an officer stood there tell by how much, also for points that nobody has counted yet.
 */
export function controlFactorOf({ days, recorded, expected }: ControlDays): ControlFactor {
  if (days === 0 || expected <= 0 || recorded <= 0) return { factor: 1, error: 0 };
  const variance = DAY_CV ** 2 / days + DISPERSION / expected;
  const belief = PRIOR_SD ** 2 / (PRIOR_SD ** 2 + variance);
  const log = belief * Math.log(recorded / expected);
  return { factor: Math.max(1, Math.exp(log)), error: Math.sqrt(belief * variance) };
}

export interface RupiahRange {
  readonly low: number;
  readonly mid: number;
  readonly high: number;
}

/** A range of rupiah moved by the control factor and widened by its error; without control days it stays as it is. */
export function calibrateByControl({ low, mid, high }: RupiahRange, { factor, error }: ControlFactor): RupiahRange {
  if (mid <= 0) return { low, mid, high };
  const widened = (ratio: number): number => Math.exp(Math.hypot(Math.log(ratio), Z * error));
  const moved = mid * factor;
  return {
    low: low > 0 ? Math.round(moved / widened(mid / low)) : 0,
    mid: Math.round(moved),
    high: Math.round(moved * widened(Math.max(1, high / mid))),
  };
}
