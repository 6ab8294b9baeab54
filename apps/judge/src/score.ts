import { seededRandom } from '@app/kernel';
import { baselines, casesOf, type ScoreTable } from '@app/detection';
import { SEEN_DAYS, type JudgePlan, type PlayedCity, type TrueEpisode } from './play-city.js';

/** What became of one theft at one threshold. */
export interface Outcome {
  readonly seed: number;
  readonly pattern: string;
  /** Days from its first to the case, the first counted as 1; null: not found. */
  readonly days: number | null;
  /** Days that the theft went on, found or not. */
  readonly length: number;
  readonly rightPattern: boolean;
  readonly rightPerson: boolean;
  readonly taken: number;
  /** Rupiah taken before the end of the day of the case. */
  readonly lost: number;
}

export interface RateResult {
  readonly rate: number;
  readonly threshold: number;
  readonly falsePerThousand: number;
  readonly outcomes: readonly Outcome[];
}

export interface DetectorResult {
  readonly name: string;
  readonly rates: readonly RateResult[];
}

export const OURS = 'eparking';
/** A deed that looks the same: new hands or old ones, the cash is not recorded. */
const ALIKE = new Set(['unrecorded-cash', 'hand-over-step']);

/** All detectors at the same rates of false cases on points that were honest all the time. */
export function scoreAll(cities: readonly PlayedCity[], plan: JudgePlan, rates: readonly number[]): DetectorResult[] {
  const ours = cities.map(({ readings, series }) => ({
    points: series.points.length,
    days: series.days,
    scores: Float64Array.from(readings, (reading) => reading?.score ?? NaN),
  }));
  const others = Object.entries(baselines).map(([name, scorer]) => ({
    name,
    tables: cities.map(({ series }) => scorer(series, plan.trainDays)),
  }));
  return [...others, { name: OURS, tables: ours }].map(({ name, tables }) => ({
    name,
    rates: rates.map((rate) => {
      const threshold = commonThreshold(cities, tables, plan.trainDays, rate);
      const outcomes = cities.flatMap((city, c) => outcomesOf(city, tables[c]!, threshold, plan.trainDays));
      return {
        rate,
        threshold,
        falsePerThousand: 1000 * falseRate(cities, tables, threshold, plan.trainDays),
        outcomes,
      };
    }),
  }));
}

/** Points without a theft in the whole play. */
export function honestPoints({ series, episodes }: PlayedCity): number[] {
  const guilty = new Set(episodes.map((episode) => episode.point));
  return series.points.map((_, p) => p).filter((p) => !guilty.has(p));
}

function falseRate(
  cities: readonly PlayedCity[],
  tables: readonly ScoreTable[],
  threshold: number,
  from: number,
): number {
  let cases = 0;
  let days = 0;
  cities.forEach((city, c) => {
    for (const p of honestPoints(city)) {
      cases += casesOf(tables[c]!, p, threshold, from, city.series.days).length;
      days += city.series.days - from;
    }
  });
  return cases / Math.max(1, days);
}

/** The lowest threshold that makes at most `rate` false cases a point-day over all cities. */
function commonThreshold(
  cities: readonly PlayedCity[],
  tables: readonly ScoreTable[],
  from: number,
  rate: number,
): number {
  const candidates = cities
    .flatMap((city, c) =>
      honestPoints(city).flatMap((p) => [
        ...tables[c]!.scores.subarray(p * city.series.days + from, (p + 1) * city.series.days),
      ]),
    )
    .filter((score) => !Number.isNaN(score))
    .sort((a, b) => a - b);
  let low = 0;
  let high = candidates.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (falseRate(cities, tables, candidates[middle]!, from) <= rate) high = middle;
    else low = middle + 1;
  }
  return candidates[low] ?? Infinity;
}

function outcomesOf(city: PlayedCity, table: ScoreTable, threshold: number, trainDays: number): Outcome[] {
  const { days } = city.series;
  return city.episodes
    .filter((episode) => episode.from >= trainDays && episode.to - episode.from + 1 >= SEEN_DAYS)
    .map((episode) => {
      const cases = casesOf(table, episode.point, threshold, trainDays, days);
      const found = cases.find((day) => day >= episode.from && day <= episode.to);
      const taken = sumTaken(episode, episode.to);
      const { pattern } = episode;
      const theft = { seed: city.seed, pattern, length: episode.to - episode.from + 1, taken };
      if (found === undefined) return { ...theft, days: null, rightPattern: false, rightPerson: false, lost: taken };
      const reading = city.readings[episode.point * days + found];
      return {
        ...theft,
        days: found - episode.from + 1,
        rightPattern: reading?.pattern === pattern || (ALIKE.has(pattern) && ALIKE.has(reading?.pattern ?? '')),
        rightPerson: (reading?.attendant ?? reading?.device) === episode.who,
        lost: sumTaken(episode, found),
      };
    });
}

function sumTaken(episode: TrueEpisode, until: number): number {
  let sum = 0;
  for (const [day, rupiah] of episode.taken) if (day <= until) sum += rupiah;
  return sum;
}

export interface Summary {
  readonly n: number;
  readonly recall: Measured;
  readonly within3: number;
  /** Rupiah of thefts that were found, of all; and rupiah lost until then, of all. */
  readonly rupiahRecall: Measured;
  readonly rupiahLost: number;
  /** Of those found. */
  readonly medianDays: number | null;
  /** Days that thefts ran before their case; one that is never found ran all its days. */
  readonly delay: Measured;
  readonly rightPattern: number;
  readonly rightPerson: number;
}

/** A figure with its 95 % interval: bootstrap over thefts. */
export interface Measured {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

const BOOTSTRAPS = 1000;
const share = (part: number, whole: number): number => (whole > 0 ? part / whole : NaN);

const recallOf = (outcomes: readonly Outcome[]): number =>
  share(outcomes.filter((o) => o.days !== null).length, outcomes.length);
const rupiahOf = (outcomes: readonly Outcome[]): number =>
  share(
    sum(outcomes, (o) => (o.days === null ? 0 : o.taken)),
    sum(outcomes, (o) => o.taken),
  );
const delayOf = (outcomes: readonly Outcome[]): number =>
  share(
    sum(outcomes, (o) => o.days ?? o.length),
    outcomes.length,
  );

function measured(outcomes: readonly Outcome[], figure: (drawn: readonly Outcome[]) => number): Measured {
  const random = seededRandom('judge');
  const draws = Array.from({ length: outcomes.length > 0 ? BOOTSTRAPS : 0 }, () =>
    figure(outcomes.map(() => random.pick(outcomes))),
  )
    .filter((value) => !Number.isNaN(value))
    .sort((x, y) => x - y);
  const at = (q: number): number => draws[Math.floor(q * draws.length)] ?? NaN;
  return { value: figure(outcomes), low: at(0.025), high: at(0.975) };
}

export function summarise(outcomes: readonly Outcome[]): Summary {
  const found = outcomes.filter((outcome) => outcome.days !== null);
  const days = found.map((outcome) => outcome.days!).sort((x, y) => x - y);
  return {
    n: outcomes.length,
    recall: measured(outcomes, recallOf),
    within3: share(found.filter((o) => o.days! <= 3).length, outcomes.length),
    rupiahRecall: measured(outcomes, rupiahOf),
    rupiahLost: share(
      sum(outcomes, (o) => o.lost),
      sum(outcomes, (o) => o.taken),
    ),
    medianDays: days.length > 0 ? days[Math.floor((days.length - 1) / 2)]! : null,
    delay: measured(outcomes, delayOf),
    rightPattern: share(found.filter((o) => o.rightPattern).length, found.length),
    rightPerson: share(found.filter((o) => o.rightPerson).length, found.length),
  };
}

function sum<T>(items: readonly T[], value: (item: T) => number): number {
  return items.reduce((total, item) => total + value(item), 0);
}
