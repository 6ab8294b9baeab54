import { addDays, businessDateOf, daysBetween, type BusinessDate } from '@app/kernel';
import { Assessor, defaultAssessSettings, type PointScore, type Series } from '@app/detection';
import { HONEST_CITY } from '../../../devices-sim/src/behaviour/casting.js';
import type { SimPoint } from '../../../devices-sim/src/city/city.js';
import { syntheticCity } from '../../../devices-sim/src/city/synthetic-city.js';
import type { Truth } from '../../../devices-sim/src/day/events.js';
import { FACTORY_TARIFFS, TariffBook } from '../../../devices-sim/src/city/tariff-book.js';
import { keptDays } from './kept-days.js';
import { simulatedDays } from './simulated-city.js';

export interface JudgePlan {
  readonly points: number;
  readonly from: BusinessDate;
  readonly days: number;
  /** Days without theft, to learn from. */
  readonly trainDays: number;
  /** Share of points with a thief in a block of 42 days. */
  readonly prevalence: number;
}

export interface PlayOptions {
  /** Folder in which the played days are kept for the next time; null: none. */
  readonly keep: string | null;
  readonly tell: (text: string) => void;
}

/** One theft that happened, and what it took day by day. */
export interface TrueEpisode {
  readonly pattern: string;
  readonly point: number;
  readonly who: string;
  readonly from: number;
  readonly to: number;
  /** Rupiah by day index. */
  readonly taken: ReadonlyMap<number, number>;
}

/** A played city: everything that is judged. Days are indexes from the first; [point * days + day] in tables. */
export interface PlayedCity {
  readonly seed: number;
  readonly series: Series;
  readonly episodes: readonly TrueEpisode[];
  /** The best reading of each point and day; undefined without one. */
  readonly readings: readonly (PointScore | undefined)[];
  /** New suspicions at the delivered threshold. */
  readonly suspicions: readonly { readonly point: number; readonly day: number; readonly pattern: string }[];
  /** Honest faults of terminals (power, clock, modem): point and day. */
  readonly faults: readonly { readonly point: number; readonly day: number }[];
}

/** In the middle of the thefts the council changes two fees: nobody's fault. */
function cityOf(seed: number, plan: JudgePlan): SimPoint[] {
  const change = addDays(plan.from, Math.floor((plan.trainDays + plan.days) / 2));
  const fees = { motorcycle: 3000, car: 5000 } as const;
  const tariffs = FACTORY_TARIFFS.flatMap((old) => {
    const amount = old.to === undefined ? fees[old.vehicleClass as keyof typeof fees] : undefined;
    if (amount === undefined) return [old];
    return [
      { ...old, to: addDays(change, -1) },
      { ...old, code: `${old.code}-new`, amount, from: change },
    ];
  });
  return syntheticCity(seed, plan.points).map((point) => ({ ...point, tariffs: new TariffBook(tariffs) }));
}

/** Plays one seed's city through roll-up and detector. The truth is only put aside. */
export function playCity(seed: number, plan: JudgePlan, { keep, tell }: PlayOptions): PlayedCity {
  const city = cityOf(seed, plan);
  const index = new Map(city.map((point, p) => [point.code, p]));
  const notBefore = addDays(plan.from, plan.trainDays);
  const casting = { ...HONEST_CITY, prevalence: plan.prevalence, notBefore };
  const assessor = new Assessor(defaultAssessSettings, null);
  const counts = new Float32Array(plan.points * plan.days * 24);
  const readings = new Array<PointScore | undefined>(plan.points * plan.days);
  const suspicions: PlayedCity['suspicions'][number][] = [];
  const book = new TruthBook(plan.from, index);
  const play = () => simulatedDays({ seed, city, from: plan.from, days: plan.days, casting });
  for (const { day, truth } of keep === null ? play() : keptDays(keep, { seed, plan, casting }, play)) {
    const d = daysBetween(plan.from, day.date);
    if (d >= plan.days) break;
    book.take(truth);
    const assessment = assessor.assess(day);
    for (const reading of assessment.scores) readings[index.get(reading.point)! * plan.days + d] = reading;
    for (const s of assessment.suspicions)
      if (s.isNew) suspicions.push({ point: index.get(s.point)!, day: d, pattern: s.pattern });
    for (const point of day.points)
      for (const row of point.counts) counts[(index.get(point.point)! * plan.days + d) * 24 + row.hour]! += row.count;
    if (d % 20 === 19) tell(`seed ${seed}: ${d + 1} of ${plan.days} days`);
  }
  const series = { points: city.map((point) => point.code), start: plan.from, days: plan.days, counts };
  return { seed, series, readings, suspicions, ...book.close(plan.days) };
}

class TruthBook {
  private readonly episodes: (Omit<TrueEpisode, 'taken'> & { taken: Map<number, number>; deeds: number })[] = [];
  private readonly faults: { point: number; day: number }[] = [];

  constructor(
    private readonly start: BusinessDate,
    private readonly index: ReadonlyMap<string, number>,
  ) {}

  take(truth: readonly Truth[]): void {
    for (const line of truth) if (line.kind === 'episode') this.open(line);
    for (const line of truth) {
      const point = this.index.get(line.point)!;
      if (line.kind === 'fault' && line.pattern !== 'no-coverage') {
        this.faults.push({ point, day: this.dayOf(Date.parse(line.from)) });
      } else if ((line.kind === 'deed' || line.kind === 'short') && line.pattern) {
        const day = this.dayOf(line.at);
        const own = this.episodes.find(
          (e) => e.point === point && e.pattern === line.pattern && e.from <= day && day <= e.to,
        );
        if (!own) continue;
        own.deeds++;
        own.taken.set(day, (own.taken.get(day) ?? 0) + line.taken);
      }
    }
  }

  /** Thefts that took place; a clock is tampered with without a deed. */
  close(days: number): Pick<PlayedCity, 'episodes' | 'faults'> {
    const real = this.episodes.filter((e) => e.deeds > 0 || e.pattern === 'clock-tampering');
    return { episodes: real.map((e) => ({ ...e, to: Math.min(e.to, days - 1) })), faults: this.faults };
  }

  private open(line: Extract<Truth, { kind: 'episode' | 'fault' }>): void {
    const who = line.attendant ?? line.deviceId ?? '';
    const span = { from: daysBetween(this.start, line.from), to: daysBetween(this.start, line.to) };
    const point = this.index.get(line.point)!;
    this.episodes.push({ pattern: line.pattern, point, who, ...span, taken: new Map(), deeds: 0 });
  }

  private dayOf(at: number): number {
    return daysBetween(this.start, businessDateOf(at));
  }
}

/** Days from which an episode can be seen at all: one that ends with the play is left out when it has just begun. */
export const SEEN_DAYS = 7;
