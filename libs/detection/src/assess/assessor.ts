import { addDays, daysBetween, type BusinessDate } from '@app/kernel';
import { thresholdOf } from '../calibrate/threshold.js';
import { dayKindOf } from '../calendar/day-kind.js';
import { createDetector, type DayScore, type Detector, type HourCount } from '../detector.js';
import { explain } from '../explain/explain.js';
import { total } from '../fusion/cells.js';
import { follow, type OpenEpisode } from '../fusion/episodes.js';
import { fuse, type Verdict } from '../fusion/fuse.js';
import { lateDeposits } from '../fusion/late-deposits.js';
import { isOff, readShift } from '../fusion/read-shift.js';
import {
  addPast,
  emptyPast,
  remember,
  wholeCells,
  wholePast,
  withNewStreams,
  type Past,
  type ShiftRecord,
  type Subject,
} from '../fusion/subject.js';
import type { CityDay, PointDay } from '../input/city-day.js';
import type { DetectorState } from '../state.js';
import type { AssessSettings } from './assess-settings.js';
import type { Assessment, PointScore, Suspicion } from './assessment.js';
import { cityMixes } from './city-mix.js';
import { dayNotes } from './day-notes.js';
import { doubtsOf } from './doubts.js';
import { expectationOf } from './expectation-of.js';
import { cityHours, type HourFactors } from './hour-factors.js';

/** The memory between days, plain JSON. */
export interface AssessState {
  readonly version: 1;
  readonly volume: DetectorState;
  readonly subjects: readonly Subject[];
  readonly episodes: readonly OpenEpisode[];
  /** Payments by terminal, a fading sum: what share of its point each one takes. */
  readonly devices: Readonly<Record<string, number>>;
}

/** A terminal's share is remembered for about a month. */
const SHARE_FADING = 0.97;
/** Days whose expectation is no measure of anybody's volume. */
const NO_MEASURE: ReadonlySet<string> = new Set(['clock-jump', 'after-gap']);
const FORGET_SUBJECT_DAYS = 120;
/** A city says nothing of anybody until it has seen what is usual at its points on two of each weekday. */
const SETTLING_DAYS = 14;

/** Assesses day after day without writing its memory down in between; `assessDay` is one step of it. */
export class Assessor {
  private readonly volume: Detector;
  private readonly subjects = new Map<string, Subject>();
  private readonly episodes = new Map<string, OpenEpisode>();
  private readonly devices: Map<string, number>;

  constructor(
    private readonly settings: AssessSettings,
    state: AssessState | null,
  ) {
    this.volume = createDetector(settings.volume, state?.volume);
    // A copy: what the caller keeps of a day must never change under him.
    for (const subject of state ? structuredClone(state.subjects) : [])
      this.subjects.set(keyOf(subject), withNewStreams(subject));
    for (const episode of state?.episodes ?? []) this.episodes.set(episode.key, { ...episode });
    this.devices = new Map(Object.entries(state?.devices ?? {}));
  }

  state(): AssessState {
    return {
      version: 1,
      volume: this.volume.state(),
      subjects: structuredClone([...this.subjects.values()]),
      episodes: [...this.episodes.values()].map((episode) => ({ ...episode })),
      devices: Object.fromEntries(this.devices),
    };
  }

  assess(day: CityDay): Omit<Assessment, 'engine'> {
    const points = [...day.points].sort((a, b) => (a.point < b.point ? -1 : 1));
    const doubts = doubtsOf(day, points);
    for (const [point, told] of doubts) if (told.includes('moved')) this.forget(point);
    const kind = dayKindOf(day.date, day.calendar);
    const scores = this.volume.ingestDay(day.date, points.flatMap(hourCounts), kind, doubts);
    const byPoint = new Map(scores.map((score) => [score.point, score]));
    const factors = cityHours(points, byPoint);
    this.takeDeposits(day.date, points);
    const worked = this.takeShifts(day.date, points, byPoint, factors);
    const city = emptyPast();
    const pasts = this.pastsByPoint(city);
    const suspicions: Suspicion[] = [];
    const settled = this.isSettled(day.date);
    const best = new Map<string, PointScore>();
    for (const subject of worked) {
      const verdict = fuse(subject, { colleagues: colleaguesOf(pasts, subject), city });
      if (!verdict) continue;
      const { point, attendant, device } = subject;
      const { score, pattern } = verdict;
      if (score > (best.get(point)?.score ?? -Infinity)) best.set(point, { point, score, pattern, attendant, device });
      const suspicion = settled ? this.judge(subject, verdict, day.date) : null;
      if (suspicion) suspicions.push(suspicion);
    }
    this.fade(points, day.date);
    const known = new Map(points.map((point) => [point.point, point]));
    return {
      date: day.date,
      expectations: scores.map((score) => expectationOf(score, known.get(score.point), this.settings)),
      suspicions: suspicions.sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1)),
      notes: dayNotes(day, byPoint, suspicions),
      scores: [...best.values()],
    };
  }

  /** The point stands somewhere else: what people did at the old place is no measure of what they do here. */
  private forget(point: string): void {
    for (const [key, subject] of this.subjects) if (subject.point === point) this.subjects.delete(key);
    for (const key of this.episodes.keys()) if (key.startsWith(`${point}|`)) this.episodes.delete(key);
  }

  private isSettled(date: BusinessDate): boolean {
    let first = date;
    for (const { since } of this.subjects.values()) if (since < first) first = since;
    return daysBetween(first, date) >= SETTLING_DAYS;
  }

  /** A late deposit is told of the shift that it is for: what was said of that shift's day stands. */
  private takeDeposits(date: BusinessDate, points: readonly PointDay[]): void {
    for (const { point, attendant, forDate, amount } of lateDeposits(date, points)) {
      const ring = this.subjects.get(keyOf({ point, attendant, device: '' }))?.ring ?? [];
      const at = ring.findLastIndex((shift) => shift.date === forDate);
      if (at < 0) continue;
      const shift = ring[at]!;
      ring[at] = { ...shift, rates: { ...shift.rates, lateDeposits: [1, amount] } };
    }
  }

  /** Put today's shifts into the subjects' memories; the subjects that worked, in order of their keys. */
  private takeShifts(
    date: BusinessDate,
    points: readonly PointDay[],
    scores: ReadonlyMap<string, DayScore>,
    factors: HourFactors,
  ): Subject[] {
    const read = points.flatMap((point) =>
      point.shifts
        .filter((shift) => shift.cells.length > 0 || shift.cashDeclared !== null)
        .map((shift) => {
          const score = scores.get(point.point);
          const unsure = score?.notes.some((note) => NO_MEASURE.has(note)) ?? false;
          const hours = unsure ? [] : factors.expectedAt(point.point, score?.hours ?? []);
          const record = readShift(point, shift, { hours, shareOf: (device) => this.shareOf(point, device) });
          return { point: point.point, attendant: shift.attendant === '' ? null : shift.attendant, record };
        }),
    );
    const mixes = cityMixes(
      read.map(({ point, attendant, record }) => {
        const subject = this.subjects.get(keyOf({ point, attendant, device: record.device }));
        return { point, shift: record, usual: subject ? usualMix(wholeCells(subject)) : null };
      }),
    );
    const worked = new Map<string, Subject>();
    for (const { point, attendant, record } of read) {
      const key = keyOf({ point, attendant, device: record.device });
      const subject = this.subjects.get(key) ?? newSubject(point, attendant, record.device, date);
      this.subjects.set(key, subject);
      worked.set(key, subject);
      const others = read.filter(
        (r) => r.point === point && (r.attendant !== attendant || attendant === null) && r.record !== record,
      );
      const judged = others.filter((r) => r.record.expected !== null);
      remember(subject, {
        ...record,
        date,
        cityMix: mixes.get(point)!,
        othersRecorded: judged.reduce((sum, r) => sum + total(r.record.cells), 0),
        othersExpected: judged.reduce((sum, r) => sum + r.record.expected!, 0),
      });
    }
    return [...worked].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, subject]) => subject);
  }

  private shareOf(point: PointDay, device: string): number {
    const prior = 20;
    const sums = point.devices.map((d) => (this.devices.get(d.device) ?? 0) + prior);
    const own = (this.devices.get(device) ?? 0) + prior;
    return (
      own /
      Math.max(
        own,
        sums.reduce((a, b) => a + b, 0),
      )
    );
  }

  private pastsByPoint(city: Past): Map<string, { subject: Subject; past: Past }[]> {
    const out = new Map<string, { subject: Subject; past: Past }[]>();
    for (const subject of this.subjects.values()) {
      const past = wholePast(subject);
      addPast(city, past);
      const list = out.get(subject.point) ?? [];
      out.set(subject.point, list);
      list.push({ subject, past });
    }
    return out;
  }

  private judge(subject: Subject, verdict: Verdict, date: BusinessDate): Suspicion | null {
    const threshold = thresholdOf(this.settings);
    const from = verdict.window.shifts[0]!.date;
    const followed = follow(this.episodes, keyOf(subject), { date, score: verdict.score, threshold, from });
    if (!followed) return null;
    // Shifts under suspicion teach nothing about what is usual.
    for (const shift of subject.ring) if (shift.date >= followed.episode.from) shift.suspect = true;
    const { evidence, explanation } = explain(verdict);
    return {
      id: followed.episode.id,
      point: subject.point,
      device: subject.device,
      attendant: subject.attendant,
      pattern: verdict.pattern,
      alternatives: verdict.alternatives,
      from: followed.episode.from,
      to: date,
      score: verdict.score,
      isNew: followed.isNew,
      rupiahAtRisk: verdict.rupiah,
      evidence,
      explanation,
    };
  }

  private fade(points: readonly PointDay[], date: BusinessDate): void {
    for (const point of points) {
      if (point.opening === null) continue;
      for (const device of point.devices) {
        const sold = point.shifts
          .filter((shift) => shift.device === device.device)
          .reduce((sum, shift) => sum + shift.cells.reduce((all, cell) => all + cell.count, 0), 0);
        this.devices.set(device.device, SHARE_FADING * (this.devices.get(device.device) ?? 0) + sold);
      }
    }
    const oldest = addDays(date, -FORGET_SUBJECT_DAYS);
    for (const [key, subject] of this.subjects) if (subject.last < oldest) this.subjects.delete(key);
    for (const [key, episode] of this.episodes) if (episode.lastOver < oldest) this.episodes.delete(key);
  }
}

function keyOf({ point, attendant, device }: Pick<Subject, 'point' | 'attendant' | 'device'>): string {
  return `${point}|${attendant ?? device}`;
}

function newSubject(point: string, attendant: string | null, device: string, date: BusinessDate): Subject {
  return { point, attendant, device, since: date, last: date, ring: [] as ShiftRecord[], base: emptyPast() };
}

function usualMix(cells: Float64Array): Float64Array | null {
  const n = total(cells);
  return n < 50 ? null : cells.map((value) => value / n);
}

function colleaguesOf(pasts: ReadonlyMap<string, { subject: Subject; past: Past }[]>, subject: Subject): Past {
  const sum = emptyPast();
  for (const other of pasts.get(subject.point) ?? []) if (other.subject !== subject) addPast(sum, other.past);
  return sum;
}

/** Payments by hour, voided ones included; no data when closed, or while a terminal of the point was off. */
function hourCounts(point: PointDay): HourCount[] {
  const { opening } = point;
  const counts = new Array<number>(24).fill(0);
  for (const row of point.counts) if (row.hour >= 0 && row.hour < 24) counts[row.hour]! += row.count;
  const off = point.devices.flatMap((device) => device.silences.filter((s) => isOff(s) && s.to - s.from >= 10));
  return counts.map((count, hour) => {
    const from = hour * 60;
    const isOpen = opening !== null && from < opening.closes && from + 60 > opening.opens;
    const isOff = off.some((s) => Math.min(s.to, from + 60) - Math.max(s.from, from) >= 10);
    return { point: point.point, hour, count: isOpen && !isOff ? count : null };
  });
}
