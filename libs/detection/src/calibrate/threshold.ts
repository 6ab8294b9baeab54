import type { AssessSettings } from '../assess/assess-settings.js';

/** What was delivered was measured per point-day and is told for so many points. */
export const DELIVERED_POINTS = 152;
/** As delivered: scores that simulated honest cities reach so often a week at 152 points (docs/DETECTION.md). */
const DELIVERED = [
  { falseCasesPerWeek: 0.5, threshold: 2.6 },
  { falseCasesPerWeek: 1, threshold: 2 },
  { falseCasesPerWeek: 10, threshold: 0.5 },
] as const;

/** The score that makes the wanted number of false cases a week: between known ones, log-linear. */
export function thresholdOf({
  falseCasesPerWeek,
  calibration,
}: Pick<AssessSettings, 'falseCasesPerWeek' | 'calibration'>): number {
  const known = [...(calibration?.thresholds ?? DELIVERED)].sort((a, b) => a.falseCasesPerWeek - b.falseCasesPerWeek);
  const x = Math.log(falseCasesPerWeek);
  const above = known.findIndex((row) => row.falseCasesPerWeek >= falseCasesPerWeek);
  const [low, high] =
    above <= 0 ? [known.at(above < 0 ? -2 : 0)!, known.at(above < 0 ? -1 : 1)!] : [known[above - 1]!, known[above]!];
  const span = Math.log(high.falseCasesPerWeek) - Math.log(low.falseCasesPerWeek);
  if (!(span > 0)) return low.threshold;
  return low.threshold + ((x - Math.log(low.falseCasesPerWeek)) / span) * (high.threshold - low.threshold);
}
