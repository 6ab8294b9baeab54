import { addDays, daysBetween, isBusinessDate, weekdayOf, type BusinessDate } from '@app/kernel';
import type { DayKind } from './calendar/day-kind.js';
import { newsScore } from './evidence/news.js';
import { shortfallJudge, type ShortfallJudge } from './evidence/shortfall.js';
import {
  comparePeers,
  doubt,
  expectedRange,
  readDay,
  recountQuarters,
  shapeOf,
  type Cohort,
  type DayContext,
  type DayReading,
  type Doubts,
  type ScoreNote,
} from './expectation/day.js';
import { firstBand, ownBand, pooledBand, type Band } from './expectation/interval.js';
import { fitPeers } from './expectation/peers.js';
import { cutQuarters, fitProfiles, type Quarters } from './expectation/profile.js';
import { learnSeason, seasonOf, type DaySeason, type SeasonMemory } from './expectation/season.js';
import { fitSpreads } from './expectation/spread.js';
import { stabilisingScale, type Scale } from './expectation/stabilise.js';
import { defaultSettings, KEPT_DAYS, LOOK_BACK_DAYS, PARTS, SERIES, type DetectorSettings } from './settings.js';
import { readTrack, writeTrack, type DetectorState } from './state.js';
import { clearSlot, newTrack, slotOf, type Track } from './track.js';

/** What a point recorded in one hour of one day. */
export interface HourCount {
  readonly point: string;
  /** 0-23. */
  readonly hour: number;
  /** Vehicles recorded; null where there is no data. Negative or fractional counts are taken as no data, with a note. */
  readonly count: number | null;
}

/** What the detector says about one point and day. */
export interface DayScore {
  readonly point: string;
  readonly date: BusinessDate;
  /** Higher = more suspicious; null when the day cannot be judged (no data, closed, too little history). */
  readonly score: number | null;
  /** Count expected over the hours that have data, and the interval that honest days fall into 90 % of the time;
   * null before the first day with data. */
  readonly expected: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
  /** Count recorded over those hours; null when there are none. */
  readonly recorded: number | null;
  /** Count expected in each hour of the whole day, data or not; empty before there is a profile. */
  readonly hours: readonly number[];
  readonly terms: ScoreTerms;
  readonly notes: readonly ScoreNote[];
}

/** The terms of a score, for the explanation an officer reads. */
export interface ScoreTerms {
  /** Log Bayes factor (nats) before the news rule. */
  readonly logBayes: number;
  /** Days (up to today) over which a share seems missing, and that share. */
  readonly windowDays: number;
  readonly shareMissing: number;
  /** Factor by which peers (weather, holidays, events) move today's expectation. */
  readonly peerFactor: number;
  /** Factor by which the point's level of the last weeks differs from its profile. */
  readonly levelFactor: number;
  /** Days of history behind the profile. */
  readonly historyDays: number;
}

export interface Detector {
  /**
   * Take one day of all points and score it. Days must come in order; days left out count as days without data. A score
   * depends only on days up to its own: later days never change it.
   *
   * @param kind what the calendar says of the day; null: nothing
   * @param doubts what speaks against reading a point's day as usual; one that moved begins anew
   * @returns one row a point that has had a count by now, sorted by point id
   * @throws RangeError when the date is not a day, or not later than the last one
   */
  ingestDay(date: BusinessDate, counts: readonly HourCount[], kind?: DayKind | null, doubts?: Doubts): DayScore[];
  /** Everything needed to go on later, as plain JSON values. */
  state(): DetectorState;
}

/** More vehicles than this in an hour are no count. */
const COUNT_MAX = 1_000_000;
/** While a point is younger than this, everything is relearned daily. */
const YOUNG_DAYS = 28;
/** Days of an own hourly shape before the day is cut into quarters. */
const QUARTERS_AFTER_DAYS = 7;
/** Peers are learned among at most this many points at a time (the cost grows with the cube). */
const COHORT_MAX = 250;

/** A detector of volume shortfalls, streaming day by day; pure: same days in, same scores out. */
export function createDetector(settings: DetectorSettings = defaultSettings, state?: DetectorState): Detector {
  return new StreamingDetector(settings, state);
}

class StreamingDetector implements Detector {
  private origin: BusinessDate | null = null;
  private originWeekday = 0;
  private day = -1;
  private refitDay = -1;
  private tracks: Track[] = [];
  private readonly byId = new Map<string, Track>();
  private quarters: Quarters | null = null;
  private cohorts: Cohort[] = [];
  private pool: Band = firstBand;
  private seasons: SeasonMemory = {};
  private season: DaySeason | null = null;
  private readonly scale: Scale;
  private readonly shortfall: ShortfallJudge;
  private readonly weekdayOf = (day: number): number => (this.originWeekday + day) % 7;

  constructor(
    private readonly settings: DetectorSettings,
    state?: DetectorState,
  ) {
    this.scale = stabilisingScale(settings.overdispersion);
    this.shortfall = shortfallJudge(settings, this.scale);
    if (state) this.restore(state);
  }

  ingestDay(
    date: BusinessDate,
    counts: readonly HourCount[],
    kind: DayKind | null = null,
    doubts: Doubts = new Map(),
  ): DayScore[] {
    if (!isBusinessDate(date)) throw new RangeError(`date: '${date}' is not a day written YYYY-MM-DD`);
    const target = this.indexOf(date);
    while (this.day < target - 1) this.step([], null, new Map());
    const { readings, notes } = this.step(counts, kind, doubts);
    return this.tracks.map((track, p) => this.score(track, date, readings[p]!, notes.get(track.id) ?? new Set()));
  }

  state(): DetectorState {
    const { origin, day, refitDay, quarters, pool, seasons } = this;
    return { version: 1, origin, day, refitDay, quarters, pool, seasons, tracks: this.tracks.map(writeTrack) };
  }

  private restore(state: DetectorState): void {
    Object.assign(this, { origin: state.origin, day: state.day, refitDay: state.refitDay });
    Object.assign(this, { quarters: state.quarters, pool: state.pool, seasons: state.seasons ?? {} });
    this.originWeekday = state.origin ? weekdayOf(state.origin) : 0;
    this.tracks = state.tracks.map(readTrack);
    for (const track of this.tracks) this.byId.set(track.id, track);
    this.learnPeers();
  }

  /** Day index of a date; the first date is day 0. After a very long gap everything starts anew. */
  private indexOf(date: BusinessDate): number {
    const index = this.origin === null ? 0 : daysBetween(this.origin, date);
    if (this.origin !== null && index <= this.day)
      throw new RangeError(`date: ${date} is not after ${addDays(this.origin, this.day)}, the last day taken`);
    if (this.origin !== null && index - this.day <= KEPT_DAYS) return index;
    this.origin = date;
    this.originWeekday = weekdayOf(date);
    Object.assign(this, { day: -1, refitDay: -1, tracks: [], cohorts: [], quarters: null, pool: firstBand });
    this.byId.clear();
    return 0;
  }

  /** Walk one day: take its counts, relearn when due, read the day, compare with peers, weigh the evidence. */
  private step(counts: readonly HourCount[], kind: DayKind | null, doubts: Doubts) {
    this.day++;
    this.season = seasonOf(this.seasons, kind);
    for (const [point, told] of doubts) if (told.includes('moved')) this.forget(point);
    for (const track of this.tracks) clearSlot(track, this.day);
    const notes = this.take(counts);
    for (const track of this.tracks) {
      if (kind !== null) track.special[slotOf(this.day)] = 1;
      const told = doubt(track, this.day, doubts.get(track.id) ?? []);
      if (told.length > 0) notes.set(track.id, new Set([...(notes.get(track.id) ?? []), ...told]));
    }
    if (this.refitIsDue()) this.refit();
    const context = this.context();
    const readings = this.tracks.map((track) => readDay(track, context));
    for (const cohort of this.cohorts) comparePeers(cohort, this.day, this.scale);
    for (const track of this.tracks) this.weigh(track, doubts.get(track.id)?.includes('clock-jump') ?? false);
    if (kind !== null) this.seasons = learnSeason(this.seasons, kind, this.tracks, context);
    return { readings, notes };
  }

  /** Put the counts into the rings. What cannot be a count, or contradicts itself, becomes "no data" with a note. */
  private take(counts: readonly HourCount[]): Map<string, Set<ScoreNote>> {
    const notes = new Map<string, Set<ScoreNote>>();
    const note = (point: string, text: ScoreNote): void => {
      notes.set(point, (notes.get(point) ?? new Set()).add(text));
    };
    const refused = new Set<string>();
    const slot = slotOf(this.day) * 24;
    let grew = false;
    for (const { point, hour, count } of counts) {
      let track = this.byId.get(point);
      // A point begins with its first count: blank days before it must not be known ahead of time.
      if (!track && count === null) continue;
      if (!track) {
        track = newTrack(point, this.day);
        this.byId.set(point, track);
        this.tracks.push(track);
        grew = true;
      }
      if (count === null) continue;
      if (!(count >= 0 && count <= COUNT_MAX) || !Number.isInteger(hour) || hour < 0 || hour > 23) {
        note(point, 'bad-count');
        continue;
      }
      track.lastDay = this.day;
      const known = track.hours[slot + hour]!;
      if (refused.has(`${hour} ${point}`) || (!Number.isNaN(known) && known !== count)) {
        refused.add(`${hour} ${point}`);
        track.hours[slot + hour] = NaN;
        note(point, 'conflicting-counts');
      } else track.hours[slot + hour] = count;
    }
    if (grew) this.tracks.sort((a, b) => (a.id < b.id ? -1 : 1));
    return notes;
  }

  /** What was learned of a point says nothing of the place where it is now. */
  private forget(point: string): void {
    const track = this.byId.get(point);
    if (!track) return;
    this.byId.delete(point);
    this.tracks = this.tracks.filter((own) => own !== track);
    this.learnPeers();
  }

  /** Weekly, and daily while anything is young. */
  private refitIsDue(): boolean {
    return this.day % 7 === 0 || this.tracks.some((track) => this.day - track.firstDay < YOUNG_DAYS);
  }

  private refit(): void {
    this.tracks = this.tracks.filter((track) => this.day - track.lastDay < KEPT_DAYS);
    this.byId.clear();
    for (const track of this.tracks) this.byId.set(track.id, track);
    if (this.quarters === null && this.day >= QUARTERS_AFTER_DAYS) this.cut();
    fitProfiles(this.tracks, this.day, this.weekdayOf, this.scale, this.settings);
    const spreads = fitSpreads(this.tracks, this.day, this.weekdayOf);
    this.tracks.forEach((track, p) => {
      if (track.profile) track.profile.spread = spreads[p]!;
    });
    this.pool = pooledBand(this.tracks, this.day, this.settings);
    this.refitDay = this.day;
    this.learnPeers();
  }

  /** Quarters of the day are cut once, over all points, when the first week is seen. */
  private cut(): void {
    const volume = new Array<number>(24).fill(0);
    for (const track of this.tracks) {
      for (let i = 0; i < this.day * 24; i++) volume[i % 24]! += track.hours[i]! > 0 ? track.hours[i]! : 0;
    }
    if (volume.every((v) => v === 0)) return;
    this.quarters = cutQuarters(volume);
    for (const track of this.tracks) recountQuarters(track, this.day, this.quarters);
  }

  private learnPeers(): void {
    this.cohorts = [];
    const from = Math.max(0, this.refitDay - LOOK_BACK_DAYS);
    for (let start = 0; start < this.tracks.length; start += COHORT_MAX) {
      const members = this.tracks.slice(start, start + COHORT_MAX);
      const models = Array.from({ length: SERIES }, (_, series) =>
        fitPeers(
          members.map((track) => window(track.own, series, from, this.refitDay)),
          this.settings.peers,
        ),
      );
      this.cohorts.push({ members, models });
    }
  }

  private context(): DayContext {
    const { day, scale, settings, quarters, season } = this;
    return { day, weekday: this.weekdayOf(day), scale, settings, quarters, season };
  }

  private weigh(track: Track, isWrong: boolean): void {
    const slot = slotOf(this.day);
    if (isWrong) for (let part = 0; part < PARTS; part++) track.residual[part * KEPT_DAYS + slot] = NaN;
    const judged = !Number.isNaN(track.residual[slot]!) && (track.profile?.days ?? 0) >= this.settings.scoredAfterDays;
    track.found = judged ? this.shortfall.judge(track, this.day) : null;
    track.evidence[slot] = track.found?.logBayes ?? NaN;
  }

  private hoursOf({ profile }: Track, reading: DayReading, expected: number | null): number[] {
    if (profile === null || expected === null) return [];
    const whole = expected / (reading.share > 0 ? reading.share : 1);
    return Array.from(shapeOf(profile, this.context()), (share) => share * whole);
  }

  private score(track: Track, date: BusinessDate, reading: DayReading, notes: Set<ScoreNote>): DayScore {
    const { settings, day } = this;
    for (const text of reading.notes) notes.add(text);
    const days = track.profile?.days ?? 0;
    if (days < settings.scoredAfterDays) notes.add('short-history');
    const range = expectedRange(track, reading, this.context(), () => ownBand(track, day, this.pool, settings));
    const found = track.found;
    return {
      point: track.id,
      date,
      score: found ? newsScore(track, day, found.logBayes, settings) : null,
      ...range.count,
      recorded: reading.recorded,
      hours: this.hoursOf(track, reading, range.count.expected),
      terms: {
        logBayes: found?.logBayes ?? 0,
        windowDays: found?.windowDays ?? 0,
        shareMissing: found?.share ?? 0,
        ...range.factors,
        historyDays: days,
      },
      notes: [...notes].sort(),
    };
  }
}

function window(ring: Float64Array, row: number, from: number, to: number): Float64Array {
  const out = new Float64Array(to - from);
  for (let day = from; day < to; day++) out[day - from] = ring[row * KEPT_DAYS + slotOf(day)]!;
  return out;
}
