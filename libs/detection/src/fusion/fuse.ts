import { windowsOf, type EvidenceWindow, type Surroundings } from './window.js';
import type { Subject } from './subject.js';
import type { EvidenceTerm } from '../assess/assessment.js';
import { logMeanExp, logSumExp } from '../evidence/likelihood.js';
import type { PatternEvidence } from '../evidence/pattern.js';
import { PATTERNS } from '../evidence/patterns.js';
import { SHARES, weighTilt, type Tilt, type TiltReading } from '../evidence/tilt.js';

/** What all evidence together says of one subject today. */
export interface Verdict {
  /** Nats: log of how much more likely some theft makes the last shifts than honest variation does. */
  readonly score: number;
  readonly pattern: string;
  readonly alternatives: readonly { readonly pattern: string; readonly probability: number }[];
  readonly window: EvidenceWindow;
  /** Likelihood of each of SHARES under the pattern; null when it has no tilt. */
  readonly tilt: TiltReading | null;
  readonly terms: readonly EvidenceTerm[];
  readonly rupiah: { readonly low: number; readonly mid: number; readonly high: number };
}

interface Weighed {
  readonly pattern: PatternEvidence;
  readonly score: number;
  readonly best: {
    readonly window: EvidenceWindow;
    readonly tilt: TiltReading | null;
    readonly terms: readonly EvidenceTerm[];
  };
}

/**
 * Fuse all streams of one subject. Per pattern the evidence of a window is the sum of its streams (mix, volume, field
 * counts, and its own); over the windows, and over the patterns by their priors, likelihoods are averaged: looking at many
 * windows and patterns costs what it should.
 */
export function fuse(subject: Subject, around: Surroundings): Verdict | null {
  const windows = windowsOf(subject, around);
  if (windows.length === 0) return null;
  const tilts = windows.map(() => new Map<Tilt, TiltReading>());
  const all = PATTERNS.map((pattern) => weighPattern(pattern, windows, tilts));
  const logs = all.map((weighed) => weighed.score + weighed.pattern.prior);
  const sum = logSumExp(logs);
  const order = all.map((_, i) => i).sort((a, b) => logs[b]! - logs[a]!);
  const { pattern, best } = all[order[0]!]!;
  return {
    score: sum - Math.log(PATTERNS.length),
    pattern: pattern.pattern,
    alternatives: order
      .map((i) => ({ pattern: all[i]!.pattern.pattern, probability: Math.exp(logs[i]! - sum) }))
      .filter(({ probability }, i) => i === 0 || probability >= 0.02),
    ...best,
    rupiah: rupiahOf(pattern, best),
  };
}

function weighPattern(
  pattern: PatternEvidence,
  windows: readonly EvidenceWindow[],
  tilts: readonly Map<Tilt, TiltReading>[],
): Weighed {
  const scores: number[] = [];
  let best: Weighed['best'] | null = null;
  let top = -Infinity;
  windows.forEach((window, w) => {
    const tilt = pattern.tilt ? tiltOf(pattern.tilt, window, tilts[w]!) : null;
    const own = pattern.own?.(window) ?? { weight: 0, terms: [] };
    const score = (tilt?.logBayes ?? 0) + own.weight;
    scores.push(score);
    if (score <= top && best !== null) return;
    top = score;
    best = { window, tilt, terms: own.terms };
  });
  return { pattern, score: logMeanExp(scores), best: best! };
}

function tiltOf(tilt: Tilt, window: EvidenceWindow, known: Map<Tilt, TiltReading>): TiltReading {
  const reading = known.get(tilt) ?? weighTilt(window, tilt);
  known.set(tilt, reading);
  return reading;
}

function rupiahOf(pattern: PatternEvidence, { window, tilt }: Weighed['best']): Verdict['rupiah'] {
  if (tilt === null) {
    const mid = Math.round(pattern.rupiah(window, 0));
    return { low: Math.round(mid * 0.7), mid, high: Math.round(mid * 1.3) };
  }
  const quantile = (q: number): number => {
    let below = 0;
    for (let i = 0; i < SHARES.length; i++) {
      below += tilt.shares[i]!;
      if (below >= q) return SHARES[i]!;
    }
    return SHARES.at(-1)!;
  };
  const at = (share: number): number => Math.max(0, Math.round(pattern.rupiah(window, share)));
  return { low: at(quantile(0.05)), mid: at(quantile(0.5)), high: at(quantile(0.95)) };
}
