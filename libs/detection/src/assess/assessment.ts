import type { BusinessDate } from '@app/kernel';
import type { ScoreTerms } from '../detector.js';
import type { ScoreNote } from '../expectation/day.js';

/** What `assessDay` says of one day. Everything is plain JSON. */
export interface Assessment {
  readonly date: BusinessDate;
  /** Engine that made it; results are reproducible per engine, settings, state and input. */
  readonly engine: string;
  readonly expectations: readonly PointExpectation[];
  /** Those open today, new or going on; sorted by score, highest first. */
  readonly suspicions: readonly Suspicion[];
  readonly notes: readonly DayNote[];
  /** The highest score of each point today, also those below the threshold: what `recalibrate` learns from. */
  readonly scores: readonly PointScore[];
}

export interface PointScore {
  readonly point: string;
  readonly score: number;
  readonly pattern: string;
  readonly attendant: string | null;
  readonly device: string;
}

export interface Range {
  /** null: not known yet (no history). */
  readonly expected: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
  /** null: no data. */
  readonly recorded: number | null;
}

/** Payments expected at a point, voided ones included, over the hours that have data. */
export interface PointExpectation extends Range {
  readonly point: string;
  /** Rupiah expected of them, with the interval; null without fees or history. */
  readonly amount: { readonly expected: number; readonly lower: number; readonly upper: number } | null;
  /** Volume score of the point alone (the one of `npm run backtest`), null when it cannot be judged. */
  readonly score: number | null;
  readonly notes: readonly (ScoreNote | string)[];
  readonly terms: ScoreTerms;
  readonly hours: readonly (Range & { readonly hour: number })[];
  readonly classes: readonly (Range & { readonly vehicleClass: string })[];
}

/** A lead for an officer, never a verdict. */
export interface Suspicion {
  /** The same while it lasts: point, subject and first day. */
  readonly id: string;
  readonly point: string;
  readonly device: string | null;
  readonly attendant: string | null;
  /** The most likely pattern; may change while evidence grows. */
  readonly pattern: string;
  /** The patterns by their share of the evidence (0-1), most likely first. */
  readonly alternatives: readonly { readonly pattern: string; readonly probability: number }[];
  readonly from: BusinessDate;
  readonly to: BusinessDate;
  /** Fused evidence, nats: log of how much more likely theft makes it than honest variation. */
  readonly score: number;
  /** True on the first day above the threshold: open a case. */
  readonly isNew: boolean;
  /** Rupiah that the subject may have kept from `from` to `to`. */
  readonly rupiahAtRisk: { readonly low: number; readonly mid: number; readonly high: number };
  readonly evidence: readonly EvidenceTerm[];
  readonly explanation: { readonly id: string; readonly en: string };
}

/** One reading of the evidence, with its numbers and its weight. */
export interface EvidenceTerm {
  /** Stream: volume, composition, voids, missing, silences, ... */
  readonly kind: string;
  /** Nats for theft (negative: against). */
  readonly weight: number;
  readonly numbers: Readonly<Record<string, number | string | null>>;
  readonly text: { readonly id: string; readonly en: string };
}

/** An honest cause, or data that cannot be used: a maintenance ticket, a calendar remark, never a case. */
export interface DayNote {
  /** Of the cause and the day; the store joins days to one note while the cause lasts. */
  readonly id: string;
  readonly kind: 'maintenance' | 'calendar' | 'data';
  /** device-fault closure holiday city-wide-drop road-works stale-tariff bad-count clock-lost new-point ... */
  readonly pattern: string;
  readonly point: string | null;
  readonly device: string | null;
  readonly date: BusinessDate;
  readonly text: { readonly id: string; readonly en: string };
}
