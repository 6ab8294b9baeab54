import type { BusinessDate } from '@app/kernel';
import { addCells, CELLS, type Cells } from './cells.js';
import { RATE_STREAMS, type RateStream } from './rate-streams.js';

/** One shift of one subject, as evidence is weighed from it. Plain JSON. */
export interface ShiftRecord {
  readonly date: BusinessDate;
  readonly device: string;
  readonly cells: readonly number[];
  /** Rupiah by cell. */
  readonly amounts: readonly number[];
  /** Payments expected in the hours in which the terminal worked; null without an expectation. */
  readonly expected: number | null;
  /** What the other shifts of the point made of their expectation that day: recorded and expected. */
  readonly othersRecorded: number;
  readonly othersExpected: number;
  /** City-wide factor on each cell's share that day (rain, a bank's outage). */
  readonly cityMix: readonly number[];
  readonly cashRecorded: number;
  readonly cashDeclared: number | null;
  /** Payments by QRIS and card after the last one in cash; null when not known. */
  readonly afterCash: number | null;
  /** [count, rupiah] by stream; `offHours` counts 1 for a shift with any. */
  readonly rates: Readonly<Record<RateStream, readonly [number, number]>>;
  /** Times the terminal was off in the shift: [minutes, 1 if it looks like a hand's work, expected payments lost]. */
  readonly silences: readonly (readonly [minutes: number, byHand: 0 | 1, lost: number])[];
  /** Boxes emptied: [rupiah by the meter's register, rupiah counted]. */
  readonly collections: readonly (readonly [register: number, counted: number])[];
  /** The clock went back: [minutes back, records written meanwhile]. */
  readonly clockSteps: readonly (readonly [back: number, records: number])[];
  /** Field counts: [arrivals that owe, recorded] and whether by a sensor. */
  readonly fieldCounts: readonly (readonly [arrivals: number, recorded: number, sensor: 0 | 1])[];
  suspect: boolean;
}

/** The memory of one attendant at one point (or of one meter). Plain JSON. */
export interface Subject {
  readonly point: string;
  /** null: a meter. */
  readonly attendant: string | null;
  device: string;
  readonly since: BusinessDate;
  last: BusinessDate;
  /** Shifts in order, the newest last. */
  ring: ShiftRecord[];
  /** What fell out of the ring, with a fading memory. */
  base: Past;
}

/** Sums over honest shifts. */
export interface Past {
  shifts: number;
  cells: number[];
  recorded: number;
  expected: number;
  rates: Record<RateStream, number>;
}

export const RING_SHIFTS = 44;
const FADING = 0.99;

export function emptyPast(): Past {
  const rates = Object.fromEntries(RATE_STREAMS.map((stream) => [stream, 0])) as Record<RateStream, number>;
  return { shifts: 0, cells: new Array<number>(CELLS).fill(0), recorded: 0, expected: 0, rates };
}

export function addToPast(past: Past, shift: ShiftRecord): void {
  past.shifts++;
  const count = sum(shift.cells);
  for (let i = 0; i < CELLS; i++) past.cells[i]! += shift.cells[i]! / Math.max(0.2, shift.cityMix[i]!);
  if (shift.expected !== null) {
    past.recorded += count;
    past.expected += shift.expected;
  }
  for (const stream of RATE_STREAMS) {
    const [count] = shift.rates[stream];
    if (count !== 0) past.rates[stream] += count;
  }
}

/** Honest payments by cell that are remembered of a subject. */
export function wholeCells(subject: Subject): Float64Array {
  const cells = Float64Array.from(subject.base.cells);
  for (const shift of subject.ring)
    if (!shift.suspect) for (let i = 0; i < CELLS; i++) cells[i]! += shift.cells[i]! / Math.max(0.2, shift.cityMix[i]!);
  return cells;
}

export function remember(subject: Subject, shift: ShiftRecord): void {
  subject.ring.push(shift);
  subject.device = shift.device;
  subject.last = shift.date;
  while (subject.ring.length > RING_SHIFTS) {
    const old = subject.ring.shift()!;
    const { base } = subject;
    base.shifts *= FADING;
    base.recorded *= FADING;
    base.expected *= FADING;
    base.cells = base.cells.map((value) => value * FADING);
    for (const stream of RATE_STREAMS) base.rates[stream] *= FADING;
    if (!old.suspect) addToPast(base, old);
  }
}

/** A memory kept by an engine that knew fewer streams: it saw nothing of the others. */
export function withNewStreams(subject: Subject): Subject {
  const { rates } = emptyPast();
  const none = Object.fromEntries(RATE_STREAMS.map((stream) => [stream, [0, 0]])) as unknown as ShiftRecord['rates'];
  const ring = subject.ring.map((shift) => ({
    ...shift,
    collections: shift.collections ?? [],
    afterCash: shift.afterCash ?? null,
    rates: { ...none, ...shift.rates },
  }));
  return { ...subject, ring, base: { ...subject.base, rates: { ...rates, ...subject.base.rates } } };
}

export function copyPast(past: Past): Past {
  return { ...past, cells: [...past.cells], rates: { ...past.rates } };
}

/** Everything honest that is remembered of a subject. */
export function wholePast(subject: Subject): Past {
  const past = copyPast(subject.base);
  for (const shift of subject.ring) if (!shift.suspect) addToPast(past, shift);
  return past;
}

export function addPast(into: Past, other: Past): void {
  into.shifts += other.shifts;
  into.recorded += other.recorded;
  into.expected += other.expected;
  for (let i = 0; i < CELLS; i++) into.cells[i]! += other.cells[i]!;
  for (const stream of RATE_STREAMS) into.rates[stream] += other.rates[stream];
}

const sum = (cells: Cells): number => (cells as number[]).reduce((a, b) => a + b, 0);
export { sum as sumOf, addCells };
