import type { Random } from '@app/kernel';
import type { Episode, Series } from './series.js';

/** A copy of the series in which each vehicle of an episode was kept out of the records with the episode's share. */
export function plant(series: Series, episodes: readonly Episode[], random: Random): Series {
  const counts = series.counts.slice();
  for (const { point, from, to, share } of episodes) {
    for (let i = (point * series.days + from) * 24; i < (point * series.days + to + 1) * 24; i++) {
      counts[i] = thinned(counts[i]!, 1 - share, random);
    }
  }
  return { ...series, counts };
}

/** Binomial variate; no data stays no data. */
function thinned(count: number, keep: number, random: Random): number {
  if (!(count > 0)) return count;
  let kept = 0;
  for (let i = 0; i < count; i++) if (random.chance(keep)) kept++;
  return kept;
}

/**
 * Episodes for one replication: at any time at most `share` of the points cheat. The test window is cut into
 * consecutive slots of about `slotDays`, and in each slot other points cheat once.
 */
export function drawEpisodes(
  points: number,
  window: { from: number; to: number },
  plan: { prevalence: number; episodeDays: number; slotDays: number; share: number },
  random: Random,
): Episode[] {
  const slots = Math.max(1, Math.floor((window.to - window.from) / plan.slotDays));
  const perSlot = Math.max(1, Math.round(plan.prevalence * points));
  const order = shuffled(points, random);
  const length = (window.to - window.from) / slots;
  const episodes: Episode[] = [];
  for (let slot = 0; slot < slots; slot++) {
    const first = Math.round(window.from + slot * length);
    const last = Math.round(window.from + (slot + 1) * length) - plan.episodeDays;
    for (let i = 0; i < perSlot; i++) {
      const point = order[(slot * perSlot + i) % points]!;
      const from = random.integer(first, Math.max(first, last));
      episodes.push({ point, from, to: Math.min(window.to, from + plan.episodeDays) - 1, share: plan.share });
    }
  }
  return episodes;
}

function shuffled(n: number, random: Random): number[] {
  const order = Array.from({ length: n }, (_, i) => i);
  for (let i = n - 1; i > 0; i--) {
    const j = random.integer(0, i);
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  return order;
}
