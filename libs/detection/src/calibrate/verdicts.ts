/** What officers made of the cases that a detector opened in a stretch of time. */
export interface VerdictCount {
  /** Found to be false: explained, or a device's fault. */
  readonly refuted: number;
  readonly confirmed: number;
  /** Not judged yet. */
  readonly open: number;
  /** Weeks of the stretch. */
  readonly weeks: number;
}

/** So many false cases' worth of trust in the calibration as delivered. */
const TRUST = 2;
/** Verdicts move the operating point at most so far, either way. */
const FACTOR_MAX = 10;

/**
 * How many times more (or fewer) false cases officers found than were promised. Only judged cases count: of those
 * promised, the share that was judged. Without verdicts it is 1; a few move it a little.
 */
export function falseCaseFactor(verdicts: VerdictCount, promisedPerWeek: number): number {
  const judged = verdicts.refuted + verdicts.confirmed;
  const all = judged + verdicts.open;
  const promised = all === 0 ? 0 : promisedPerWeek * verdicts.weeks * (judged / all);
  const factor = (verdicts.refuted + TRUST) / (promised + TRUST);
  return Math.min(FACTOR_MAX, Math.max(1 / FACTOR_MAX, factor));
}
