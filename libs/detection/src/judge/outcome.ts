import { seededRandom } from '@app/kernel';
import { casesOf, countCases, type ScoreTable } from './cases.js';
import type { Episode } from './series.js';

/** What became of one episode at one threshold. */
export interface Outcome {
  readonly episode: Episode;
  /** Days from the episode's first day to the first case in it (0 = the same day), null when there was none. */
  readonly delayDays: number | null;
  /** Vehicles stolen, for the weighted recall. */
  readonly stolen: number;
}

/** The first case of each episode, judged on the point's cases over the whole window (silence counts). */
export function outcomesOf(
  table: ScoreTable,
  threshold: number,
  window: { from: number; to: number },
  episodes: readonly Episode[],
  stolenIn: (episode: Episode) => number,
): Outcome[] {
  return episodes.map((episode) => {
    const cases = casesOf(table, episode.point, threshold, window.from, window.to);
    const first = cases.find((day) => day >= episode.from && day <= episode.to);
    return { episode, delayDays: first === undefined ? null : first - episode.from, stolen: stolenIn(episode) };
  });
}

/** Share of a replication's cases that fall into an episode of their point. */
export function trueCases(
  table: ScoreTable,
  threshold: number,
  window: { from: number; to: number },
  episodes: readonly Episode[],
): { inside: number; all: number } {
  let inside = 0;
  for (const { point, from, to } of episodes) {
    inside += casesOf(table, point, threshold, window.from, window.to).filter((day) => day >= from && day <= to).length;
  }
  return { inside, all: countCases(table, threshold, window.from, window.to) };
}

export interface Summary {
  readonly episodes: number;
  readonly recall: Estimate;
  readonly within7: Estimate;
  readonly weighted: number;
  readonly medianDays: number | null;
}

export interface Estimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** Recall, recall within 7 days, volume-weighted recall and median delay, with 95 % bootstrap intervals over points. */
export function summarise(outcomes: readonly Outcome[]): Summary {
  const caught = outcomes.filter((outcome) => outcome.delayDays !== null);
  const delays = caught.map((outcome) => outcome.delayDays!).sort((a, b) => a - b);
  const stolen = outcomes.reduce((sum, outcome) => sum + outcome.stolen, 0);
  return {
    episodes: outcomes.length,
    recall: bootstrapShare(outcomes, (outcome) => outcome.delayDays !== null),
    within7: bootstrapShare(outcomes, (outcome) => outcome.delayDays !== null && outcome.delayDays < 7),
    weighted: stolen > 0 ? caught.reduce((sum, outcome) => sum + outcome.stolen, 0) / stolen : 0,
    medianDays: delays.length > 0 ? delays[delays.length >> 1]! + 1 : null,
  };
}

const BOOTSTRAPS = 1000;

/** Share of outcomes with a property; the interval resamples points (their episodes are alike), 95 %. */
function bootstrapShare(outcomes: readonly Outcome[], has: (outcome: Outcome) => boolean): Estimate {
  const byPoint = new Map<number, { n: number; hits: number }>();
  for (const outcome of outcomes) {
    const tally = byPoint.get(outcome.episode.point) ?? { n: 0, hits: 0 };
    tally.n++;
    if (has(outcome)) tally.hits++;
    byPoint.set(outcome.episode.point, tally);
  }
  const tallies = [...byPoint.values()];
  const random = seededRandom('bootstrap');
  const shares: number[] = [];
  for (let b = 0; b < BOOTSTRAPS; b++) {
    let n = 0;
    let hits = 0;
    for (let i = 0; i < tallies.length; i++) {
      const tally = random.pick(tallies);
      n += tally.n;
      hits += tally.hits;
    }
    shares.push(n > 0 ? hits / n : 0);
  }
  shares.sort((a, b) => a - b);
  const value = outcomes.length > 0 ? outcomes.filter(has).length / outcomes.length : 0;
  return { value, low: shares[Math.floor(0.025 * BOOTSTRAPS)]!, high: shares[Math.floor(0.975 * BOOTSTRAPS)]! };
}
