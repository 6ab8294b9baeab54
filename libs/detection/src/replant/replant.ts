import { addDays, daysBetween, seededRandom, type BusinessDate, type Random } from '@app/kernel';
import type { AssessSettings } from '../assess/assess-settings.js';
import { Assessor, type AssessState } from '../assess/assessor.js';
import type { CityDay, PointDay, ShiftDay } from '../input/city-day.js';
import { canPlant, PLANTED_PATTERNS, plantThefts, type PlantedPattern, type PlantedTheft } from './plant-theft.js';

/** How many of the thefts that were planted by one pattern the detector found. */
export interface PlantedRecall {
  readonly pattern: string;
  readonly share: number;
  readonly planted: number;
  readonly found: number;
  /** Of those found, named by the right pattern. */
  readonly named: number;
  /** From the first day of the theft, that day counted as 1; null: none was found. */
  readonly medianDays: number | null;
}

export interface ReplantPlan {
  /** What the draw of thieves hangs on: the same days and seed give the same report. */
  readonly seed: string;
  /** The memory after the day before the first one taken; null: from the city's first day on. */
  readonly state: AssessState | null;
  readonly settings: AssessSettings;
  /** Points at which something was found already: what is planted there would be judged by that. */
  readonly excluded: ReadonlySet<string>;
  /** The last day that will be taken: no theft is begun that could not have all its days. */
  readonly until: BusinessDate;
  /** Copies of the city, each with thieves of its own. */
  readonly copies?: number;
}

/** Days without planted theft first: to see who works, and for a young city to learn from. */
const LEAD_DAYS = 7;
const CITY_AGE_DAYS = 15;
const EPISODE_DAYS = 14;
export const PLANTED_SHARE = 0.3;
const COPIES = 3;
/** Share of the points that cheat at a time, each wave others. */
const PREVALENCE = 0.06;
const SHIFTS_MIN = 3;
/** New hands or old ones: the cash is not recorded. */
const ALIKE: Readonly<Record<string, string>> = { 'hand-over-step': 'unrecorded-cash' };

/** Fewer recorded days are too few to plant into. */
export const REPLANT_DAYS_MIN = 29;

/**
 * Recall by planted theft: copies of recorded days, with thefts in them that never happened, go through the same engine
 * from the same memory. Nothing of it is kept but the figures.
 */
export class Replant {
  private readonly runs: CopiedCity[];

  constructor(plan: ReplantPlan) {
    this.runs = Array.from(
      { length: plan.copies ?? COPIES },
      (_, n) => new CopiedCity(plan, seededRandom(`replant/${plan.seed}/${n}`)),
    );
  }

  /** Take the next recorded day. `between` is awaited after each copy: an assessment takes seconds. */
  async take(day: CityDay, between: () => Promise<void>): Promise<void> {
    for (const run of this.runs) {
      run.take(day);
      await between();
    }
  }

  report(): PlantedRecall[] {
    const outcomes = this.runs.flatMap((run) => run.outcomes());
    return PLANTED_PATTERNS.flatMap((pattern): PlantedRecall[] => {
      const own = outcomes.filter((outcome) => outcome.pattern === pattern);
      const found = own.filter((outcome) => outcome.days !== null);
      const days = found.map((outcome) => outcome.days!).sort((a, b) => a - b);
      if (own.length === 0) return [];
      return [
        {
          pattern,
          share: PLANTED_SHARE,
          planted: own.length,
          found: found.length,
          named: found.filter((outcome) => outcome.isNamed).length,
          medianDays: days[Math.floor((days.length - 1) / 2)] ?? null,
        },
      ];
    });
  }
}

interface PlantedOutcome {
  readonly pattern: PlantedPattern;
  readonly days: number | null;
  readonly isNamed: boolean;
}

interface Worker {
  readonly point: string;
  readonly attendant: string;
  fees: PointDay['fees'];
  shifts: ShiftDay[];
}

/** One copy of the city with its own thieves. */
class CopiedCity {
  private readonly assessor: Assessor;
  private readonly thefts: PlantedTheft[] = [];
  private readonly found = new Map<PlantedTheft, { date: BusinessDate; pattern: string }>();
  private readonly workers = new Map<string, Worker>();
  private readonly used: Set<string>;
  private first: BusinessDate | null = null;
  private born: BusinessDate | null;
  private nextWave: BusinessDate | null = null;
  private readonly castUntil: BusinessDate;

  constructor(
    { state, settings, excluded, until }: ReplantPlan,
    private readonly random: Random,
  ) {
    this.castUntil = addDays(until, 1 - EPISODE_DAYS);
    this.assessor = new Assessor(settings, state);
    this.used = new Set(excluded);
    this.born = state?.subjects.map(({ since }) => since).sort()[0] ?? null;
  }

  take(day: CityDay): void {
    this.first ??= day.date;
    this.born ??= day.date;
    const start = [addDays(this.first, LEAD_DAYS), addDays(this.born, CITY_AGE_DAYS)].sort().at(-1)!;
    if (day.date >= (this.nextWave ?? start) && day.date <= this.castUntil) {
      this.cast(day);
      this.nextWave = addDays(day.date, EPISODE_DAYS);
    }
    const { suspicions } = this.assessor.assess(plantThefts(day, this.thefts, this.random));
    for (const { point, attendant, pattern } of suspicions) {
      const theft = this.thefts.find((t) => t.point === point && t.attendant === attendant && t.to >= day.date);
      if (theft && !this.found.has(theft)) this.found.set(theft, { date: day.date, pattern });
    }
    this.see(day);
  }

  outcomes(): PlantedOutcome[] {
    return this.thefts.map((theft) => {
      const found = this.found.get(theft);
      const isNamed = found?.pattern === theft.pattern || ALIKE[found?.pattern ?? ''] === theft.pattern;
      return { pattern: theft.pattern, days: found ? daysBetween(theft.from, found.date) + 1 : null, isNamed };
    });
  }

  /** Other points each time, patterns in turn, a person of the point who works a good part of its shifts. */
  private cast({ date, points }: CityDay): void {
    const wanted = Math.max(1, Math.round(PREVALENCE * points.length));
    const offset = this.random.integer(0, PLANTED_PATTERNS.length - 1);
    for (let n = 0, cast = 0; cast < wanted && n < wanted + PLANTED_PATTERNS.length; n++) {
      const pattern = PLANTED_PATTERNS[(offset + n) % PLANTED_PATTERNS.length]!;
      const able = [...this.workers.values()].filter(
        (worker) =>
          !this.used.has(worker.point) &&
          worker.shifts.length >= SHIFTS_MIN &&
          canPlant(pattern, worker.shifts, worker.fees),
      );
      if (able.length === 0) continue;
      const { point, attendant } = this.random.pick(able);
      this.used.add(point);
      cast++;
      const to = addDays(date, EPISODE_DAYS - 1);
      this.thefts.push({ pattern, point, attendant, from: date, to, share: PLANTED_SHARE });
    }
    this.workers.clear();
  }

  private see({ points }: CityDay): void {
    for (const { point, shifts, fees } of points) {
      for (const shift of shifts) {
        if (shift.attendant === '' || shift.cells.length === 0) continue;
        const key = `${point}|${shift.attendant}`;
        const worker = this.workers.get(key) ?? { point, attendant: shift.attendant, fees, shifts: [] };
        worker.fees = fees;
        worker.shifts.push(shift);
        this.workers.set(key, worker);
      }
    }
  }
}
