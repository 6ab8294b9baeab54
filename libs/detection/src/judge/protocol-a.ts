import { seededRandom } from '@app/kernel';
import { baselines, type Scorer } from './baselines.js';
import { casesOf, countCases, thresholdFor, type ScoreTable } from './cases.js';
import { outcomesOf, trueCases, type Outcome } from './outcome.js';
import { drawEpisodes, plant } from './plant.js';
import { scoreSeries } from './score-series.js';
import type { Episode, Series } from './series.js';
import type { DetectorState } from '../state.js';

/** How a series is judged. */
export interface Plan {
  readonly trainDays: number;
  readonly episodeDays: number;
  /** The test window is cut into slots of about so many days; in each, other points cheat. */
  readonly slotDays: number;
  readonly shares: readonly number[];
  readonly replications: number;
  readonly prevalence: number;
  readonly rates: readonly number[];
  readonly seed: string;
}

/** What one detector achieved at one false-case rate and skim share. */
export interface Cell {
  readonly outcomes: Outcome[];
  /** Cases inside episodes and all cases, over all replications. */
  inside: number;
  all: number;
  /** Episodes whose days hold a case on the clean copy already. */
  chance: number;
}

export interface DetectorResult {
  readonly name: string;
  /** Per rate: the threshold that the clean test window allows, and the false cases a point-day it makes. */
  readonly thresholds: readonly { rate: number; threshold: number; achieved: number }[];
  /** By `cellKey(rate, share)`. */
  readonly cells: ReadonlyMap<string, Cell>;
  /** Rate in the second half of the test window of a threshold set on the first half. */
  readonly drift: readonly { rate: number; achieved: number }[];
  /** Share of clean test days inside the interval (ours only). */
  readonly coverage: number | null;
}

export const cellKey = (rate: number, share: number): string => `${rate}/${share}`;
export const OURS = 'eparking';

/**
 * Protocol A: plant skims in a real series, score it with every detector, and compare all at the same rate of false
 * cases on the clean copy of the test window.
 */
export function judgeAll(series: Series, plan: Plan, progress: (text: string) => void): DetectorResult[] {
  const window = { from: plan.trainDays, to: series.days };
  const ours = prepareOurs(series, plan.trainDays);
  const scorers: Record<string, (series: Series) => ScoreTable> = {};
  for (const [name, scorer] of Object.entries(baselines)) scorers[name] = trained(scorer, plan.trainDays);
  scorers[OURS] = ours.score;
  const results = Object.entries(scorers).map(([name, score]) => {
    const clean = name === OURS ? ours.clean : score(series);
    const thresholds = plan.rates.map((rate) => thresholdAt(clean, rate, window));
    const coverage = name === OURS ? ours.clean.coverage : null;
    return {
      name,
      score,
      clean,
      thresholds,
      coverage,
      drift: driftOf(clean, plan.rates, window),
      cells: new Map<string, Cell>(),
    };
  });
  for (const share of plan.shares) {
    for (let replication = 0; replication < plan.replications; replication++) {
      const random = seededRandom(`${plan.seed}/${share}/${replication}`);
      const episodes = drawEpisodes(series.points.length, window, { ...plan, share }, random);
      const planted = plant(series, episodes, random);
      for (const result of results) tally(result, result.score(planted), { series, planted, episodes, window, share });
      progress(`share ${share}: replication ${replication + 1} of ${plan.replications}`);
    }
  }
  return results.map(({ name, thresholds, coverage, cells, drift }) => ({ name, thresholds, coverage, cells, drift }));
}

const trained = (scorer: Scorer, trainDays: number) => (series: Series) => scorer(series, trainDays);

/** Our detector; it learns the training days once and goes on from there in every replication. */
function prepareOurs(series: Series, trainDays: number) {
  let trainedState = '';
  const clean = scoreSeries(series, { coverageFrom: trainDays }, (day, _rows, detector) => {
    if (day === trainDays - 1) trainedState = JSON.stringify(detector.state());
  });
  const score = (planted: Series): ScoreTable =>
    scoreSeries(planted, { state: JSON.parse(trainedState) as DetectorState, from: trainDays });
  return { clean, score };
}

type Window = { from: number; to: number };

function rateOf(table: ScoreTable, threshold: number, window: Window): number {
  return countCases(table, threshold, window.from, window.to) / (table.points * (window.to - window.from));
}

function thresholdAt(clean: ScoreTable, rate: number, window: Window) {
  const threshold = thresholdFor(clean, rate, window.from, window.to);
  return { rate, threshold, achieved: rateOf(clean, threshold, window) };
}

function driftOf(clean: ScoreTable, rates: readonly number[], { from, to }: Window) {
  const middle = Math.floor((from + to) / 2);
  return rates.map((rate) => {
    const threshold = thresholdFor(clean, rate, from, middle);
    return { rate, achieved: rateOf(clean, threshold, { from: middle, to }) };
  });
}

function tally(
  result: { clean: ScoreTable; thresholds: { rate: number; threshold: number }[]; cells: Map<string, Cell> },
  table: ScoreTable,
  run: { series: Series; planted: Series; episodes: Episode[]; window: Window; share: number },
): void {
  const { episodes, window, share } = run;
  for (const { rate, threshold } of result.thresholds) {
    const key = cellKey(rate, share);
    const cell = result.cells.get(key) ?? { outcomes: [], inside: 0, all: 0, chance: 0 };
    result.cells.set(key, cell);
    cell.outcomes.push(...outcomesOf(table, threshold, window, episodes, (episode) => stolenIn(run, episode)));
    const { inside, all } = trueCases(table, threshold, window, episodes);
    cell.inside += inside;
    cell.all += all;
    for (const { point, from, to } of episodes) {
      const byChance = casesOf(result.clean, point, threshold, window.from, window.to);
      if (byChance.some((day) => day >= from && day <= to)) cell.chance++;
    }
  }
}

function stolenIn({ series, planted }: { series: Series; planted: Series }, { point, from, to }: Episode): number {
  let stolen = 0;
  for (let i = (point * series.days + from) * 24; i < (point * series.days + to + 1) * 24; i++) {
    if (series.counts[i]! > 0) stolen += series.counts[i]! - planted.counts[i]!;
  }
  return stolen;
}

/** Volume tercile (0 small, 1 middle, 2 large) of each point by its mean hourly count. */
export function tercilesOf(series: Series): number[] {
  const means = series.points.map((_, p) => {
    let sum = 0;
    let n = 0;
    for (let i = p * series.days * 24; i < (p + 1) * series.days * 24; i++) {
      if (!(series.counts[i]! >= 0)) continue;
      sum += series.counts[i]!;
      n++;
    }
    return n > 0 ? sum / n : 0;
  });
  const order = means.map((_, p) => p).sort((a, b) => means[a]! - means[b]!);
  const out = new Array<number>(means.length).fill(0);
  order.forEach((p, rank) => (out[p] = Math.floor((3 * rank) / means.length)));
  return out;
}
