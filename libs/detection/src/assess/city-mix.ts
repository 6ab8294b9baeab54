import { CELLS, total } from '../fusion/cells.js';
import type { ShiftRecord } from '../fusion/subject.js';

/** Payments' worth of "the city is as usual today". */
const USUAL_WEIGHS = 60;

/** A shift of today and the share of each cell that its subject usually has. */
export interface MixedShift {
  readonly point: string;
  readonly shift: ShiftRecord;
  readonly usual: Float64Array | null;
}

/**
 * By how much each cell's share differs from usual over all other points today: rain takes motorcycles, a bank's outage
 * takes QRIS, and nobody is to blame. Each point counts alike at most `cap`, so that one does not make the city.
 */
export function cityMixes(shifts: readonly MixedShift[]): Map<string, number[]> {
  const seen = new Map<string, Float64Array>();
  const due = new Map<string, Float64Array>();
  const allSeen = new Float64Array(CELLS);
  const allDue = new Float64Array(CELLS);
  for (const { point, shift, usual } of shifts) {
    if (usual === null) continue;
    const n = total(shift.cells);
    const own = seen.get(point) ?? new Float64Array(CELLS);
    const owed = due.get(point) ?? new Float64Array(CELLS);
    seen.set(point, own);
    due.set(point, owed);
    for (let i = 0; i < CELLS; i++) {
      own[i]! += shift.cells[i]!;
      owed[i]! += n * usual[i]!;
      allSeen[i]! += shift.cells[i]!;
      allDue[i]! += n * usual[i]!;
    }
  }
  const out = new Map<string, number[]>();
  for (const point of new Set(shifts.map((s) => s.point))) {
    const own = seen.get(point);
    const owed = due.get(point);
    const factors: number[] = [];
    for (let i = 0; i < CELLS; i++) {
      const others = allSeen[i]! - (own?.[i] ?? 0);
      const expected = allDue[i]! - (owed?.[i] ?? 0);
      factors.push(Math.min(3, Math.max(0.33, (others + USUAL_WEIGHS) / (expected + USUAL_WEIGHS))));
    }
    out.set(point, factors);
  }
  return out;
}
