import type { BusinessDate } from '@app/kernel';
import type { Band } from './expectation/interval.js';
import type { Quarters } from './expectation/profile.js';
import type { SeasonMemory } from './expectation/season.js';
import { newTrack, ringFields, type Profile, type RingField, type Track } from './track.js';

/** The detector's memory as plain JSON values; NaN (no data) is written as null. Kept by the worker between days. */
export interface DetectorState {
  readonly version: 1;
  readonly origin: BusinessDate | null;
  readonly day: number;
  readonly refitDay: number;
  readonly quarters: Quarters | null;
  readonly pool: Band;
  /** What kinds of days (holiday, Ramadan ...) were like; absent in memories written before kinds were known. */
  readonly seasons?: SeasonMemory;
  readonly tracks: readonly TrackState[];
}

type Numbers = (number | null)[];

export interface TrackState {
  readonly id: string;
  readonly firstDay: number;
  readonly lastDay: number;
  readonly silentExpected: number;
  /** A ring that the engine did not keep yet when the memory was written is absent. */
  readonly rings: Partial<Record<RingField, Numbers>>;
  readonly profile: (Record<Exclude<keyof Profile, 'days'>, Numbers> & { days: number }) | null;
}

const pack = (values: Float64Array): Numbers => Array.from(values, (value) => (Number.isNaN(value) ? null : value));
const unpack = (values: Numbers): Float64Array => Float64Array.from(values, (value) => value ?? NaN);

export function writeTrack(track: Track): TrackState {
  const { id, firstDay, lastDay, silentExpected, profile } = track;
  const fields = Object.keys(ringFields) as RingField[];
  return {
    id,
    firstDay,
    lastDay,
    silentExpected,
    rings: Object.fromEntries(fields.map((field) => [field, pack(track[field])])),
    profile: profile && {
      level: pack(profile.level),
      weekday: pack(profile.weekday),
      hourShare: pack(profile.hourShare),
      spread: pack(profile.spread),
      days: profile.days,
    },
  };
}

export function readTrack(state: TrackState): Track {
  const track = newTrack(state.id, state.firstDay);
  for (const field of Object.keys(ringFields) as RingField[]) track[field].set(unpack(state.rings[field] ?? []));
  const { profile } = state;
  return Object.assign(track, {
    lastDay: state.lastDay,
    silentExpected: state.silentExpected,
    profile: profile && {
      level: unpack(profile.level),
      weekday: unpack(profile.weekday),
      hourShare: unpack(profile.hourShare),
      spread: unpack(profile.spread),
      days: profile.days,
    },
  });
}
