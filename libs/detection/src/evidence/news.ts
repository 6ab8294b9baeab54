import type { DetectorSettings } from '../settings.js';
import { slotOf, type Track } from '../track.js';

/** What is subtracted from evidence that is no news: far below any threshold in use. */
const OLD_NEWS = 12;

/**
 * A score says what is *new*: the same shortfall, honest or not, is told once. Evidence that does not beat the best of
 * the last weeks (by a margin, once there was some) is set far down, so a lasting change of level makes one case and not
 * one a week. A deeper drop at the same point still speaks.
 */
export function newsScore(track: Track, day: number, logBayes: number, settings: DetectorSettings): number {
  let before = 0;
  for (let back = 1; back <= settings.newsMemoryDays && day - back >= track.firstDay; back++) {
    const past = track.evidence[slotOf(day - back)]!;
    if (past > before) before = past;
  }
  const needed = before > 1 ? before + settings.newsMargin : before;
  return logBayes > needed ? logBayes : Math.min(logBayes, before) - OLD_NEWS;
}
