import { createHash } from 'node:crypto';
import type { BusinessDate, Rupiah } from '@app/kernel';

/** Exact exceptions. The names are fixed; new ones may be added. */
export type ExceptionPattern =
  | 'recorded-not-settled'
  | 'settled-not-recorded'
  | 'double-debit'
  | 'amount-mismatch'
  | 'wrong-payee'
  | 'void-abuse'
  | 'refunded-payment'
  | 'refund-without-payment'
  | 'payout-not-credited'
  | 'payout-difference'
  | 'credit-not-explained'
  | 'cash-under-declared'
  | 'cash-over-declared'
  | 'shift-not-closed'
  | 'collection-difference'
  | 'late-deposit'
  | 'short-deposit'
  | 'below-minimum'
  | 'no-credit-note'
  | 'credit-note-difference'
  | 'serial-reuse'
  | 'serial-unknown'
  | 'sequence-gap'
  | 'record-conflict'
  | 'broken-chain';

/** Whom an exception is about. With the pattern it decides which case it joins. */
export interface Subject {
  kind: 'point' | 'device' | 'attendant' | 'operator' | 'collector' | 'treasurer' | 'acquirer';
  id: string;
}

/** A pointer down to what was received. */
export interface EvidenceRef {
  kind:
    'record' | 'settlement' | 'credit' | 'shift' | 'collection' | 'deposit' | 'slip' | 'gap' | 'ticket' | 'suspicion';
  ref: string;
}

/**
 * Something that does not add up, exactly. `expected`: one-sided but still in time; `mismatched`: it will not resolve
 * by waiting. It is resolved when a later run over the same day no longer returns its id.
 */
export interface MoneyException {
  /** The same for the same pattern and key, in whatever order and however often the day is looked at. */
  id: string;
  pattern: ExceptionPattern;
  state: 'expected' | 'mismatched';
  subject: Subject;
  /** The business day it belongs to: reconciling that day again decides about it. */
  businessDate: BusinessDate;
  /** When it happened, ms. */
  at: number;
  /** Rupiah at stake, 0 or more. */
  amount: Rupiah;
  point: string | null;
  device: string | null;
  attendant: string | null;
  /** Record id (`device/epoch/seq`) and settlement key it is attributed to. */
  record: string | null;
  settlement: string | null;
  /** From when on it is mismatched, ms; null when it was from the start. */
  dueAt: number | null;
  evidence: EvidenceRef[];
  /** What a sentence for an officer is made of: figures and short reason words. */
  details: Record<string, string | number>;
  ruleVersion: string;
}

/** Everything but what follows from the pattern and key. */
export type ExceptionDraft = Omit<MoneyException, 'id' | 'state' | 'ruleVersion'>;

/** 22 characters out of pattern and key. */
export function exceptionId(pattern: ExceptionPattern, key: string): string {
  return createHash('sha256').update(`${pattern}\n${key}`).digest('base64url').slice(0, 22);
}

/**
 * Collects the exceptions of one run and sorts out which are still in time.
 * @param asOf the instant (ms) at which the run looks at the world
 */
export class Findings {
  private readonly byId = new Map<string, MoneyException>();

  constructor(
    readonly asOf: number,
    readonly ruleVersion: string,
  ) {}

  /** @param key what tells this exception from others of the same pattern, e.g. the record id */
  add(key: string, draft: ExceptionDraft): void {
    const id = exceptionId(draft.pattern, key);
    const state = draft.dueAt !== null && this.asOf < draft.dueAt ? 'expected' : 'mismatched';
    this.byId.set(id, { ...draft, id, state, ruleVersion: this.ruleVersion });
  }

  /** In the order of their ids. */
  sorted(): { exceptions: MoneyException[]; expected: MoneyException[] } {
    const all = [...this.byId.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
    return {
      exceptions: all.filter((exception) => exception.state === 'mismatched'),
      expected: all.filter((exception) => exception.state === 'expected'),
    };
  }
}
