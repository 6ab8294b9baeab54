import type { Schemas } from '../../parts/api';

export type Colour = 'gap' | 'income' | 'silence';
type Measured = Pick<Schemas['PointOverviewDto'], 'potential' | 'unrecorded' | 'recorded' | 'lastJournalAt'>;

/** A gap of half the potential, or a silence of so long, is the end of the scale. */
const GAP_SHARE_MOST = 0.5;
const SILENCE_MOST_MS = 4 * 3_600_000;

/**
 * How far up its scale (0 fine - 1 bad) a point stands; null where there is no figure.
 * @param most the largest income (rupiah) of the points shown
 * @param now ms since 1970
 */
export function levelOf(point: Measured, colour: Colour, most: number, now: number): number | null {
  if (colour === 'gap')
    return point.potential ? clamp((point.unrecorded ?? 0) / point.potential / GAP_SHARE_MOST) : null;
  if (colour === 'income') return most > 0 ? clamp(1 - point.recorded / most) : null;
  return point.lastJournalAt ? clamp((now - Date.parse(point.lastJournalAt)) / SILENCE_MOST_MS) : null;
}

const clamp = (share: number): number => Math.max(0, Math.min(1, share));
