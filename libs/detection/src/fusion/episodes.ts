import { addDays, daysBetween, type BusinessDate } from '@app/kernel';

/** A suspicion that is open, between days. Plain JSON. */
export interface OpenEpisode {
  readonly id: string;
  readonly key: string;
  readonly from: BusinessDate;
  /** The last day above the closing line. */
  lastOver: BusinessDate;
  /** Highest rupiah at risk so far, middle. */
  open: boolean;
}

/** Evidence may sink to this share of the threshold before a suspicion rests. */
const CLOSING_SHARE = 0.6;
/** After its last day a subject is silent for so long: the officers have the case. */
export const SILENT_DAYS = 7;

/**
 * What a score means for the subject's episode: opened (new), kept up, or nothing. One episode at a time; after it rests
 * the subject is silent for a week.
 */
export function follow(
  episodes: Map<string, OpenEpisode>,
  key: string,
  reading: {
    readonly date: BusinessDate;
    readonly score: number;
    readonly threshold: number;
    readonly from: BusinessDate;
  },
): { episode: OpenEpisode; isNew: boolean } | null {
  const { date, score, threshold, from } = reading;
  const known = episodes.get(key);
  if (known && daysBetween(known.lastOver, date) <= SILENT_DAYS) {
    if (score < threshold * CLOSING_SHARE) return null;
    known.lastOver = date;
    return { episode: known, isNew: false };
  }
  if (score < threshold) return null;
  const start = known && from <= known.lastOver ? addDays(known.lastOver, 1) : from;
  const episode = { id: `${key}|${date}`, key, from: start > date ? date : start, lastOver: date, open: true };
  episodes.set(key, episode);
  return { episode, isNew: true };
}
