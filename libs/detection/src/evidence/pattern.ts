import type { EvidenceTerm } from '../assess/assessment.js';
import type { EvidenceWindow } from '../fusion/window.js';
import type { Tilt } from './tilt.js';

/** How one pattern of theft shows. A new pattern is a new file beside these and a line in `patterns.ts`. */
export interface PatternEvidence {
  readonly pattern: string;
  /** Log of how common it is among thefts (how often officers found it; assumption until verdicts tell). */
  readonly prior: number;
  /** What it does to the mix of payments and their number; absent: nothing. */
  readonly tilt?: Tilt;
  /** Evidence of its own in the window; `weight` in nats. */
  own?(window: EvidenceWindow): OwnEvidence;
  /** Rupiah taken in the window when the share is `share`. */
  rupiah(window: EvidenceWindow, share: number): number;
}

export interface OwnEvidence {
  readonly weight: number;
  /** Readable terms; may be empty. */
  readonly terms: readonly EvidenceTerm[];
}
