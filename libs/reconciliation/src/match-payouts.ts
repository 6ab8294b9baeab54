import type { BusinessDate, Rupiah } from '@app/kernel';
import { settlementSign, type SettlementRow } from '@app/settlement';
import { groupBy } from './group-by.js';
import type { ExceptionPattern, Findings } from './exception.js';
import type { BatchFact, CreditFact } from './facts.js';
import { endOfDay, type PayoutRule } from './rules.js';

/** Payouts and bank credits that agree. */
export interface PayoutMatch {
  /** Acquirer and id of its first batch. */
  id: string;
  acquirer: string;
  settlementDate: BusinessDate;
  batches: string[];
  credits: string[];
  cardinality: string;
  settled: Rupiah;
  credited: Rupiah;
  ruleVersion: string;
}

/** Sums settlement lines up to the batches they are paid out in. */
export function batchesOf(rows: Iterable<SettlementRow>): BatchFact[] {
  const batches = new Map<string, BatchFact>();
  for (const row of rows) {
    const { acquirer, batchId, settlementDate } = row;
    const key = JSON.stringify([acquirer, batchId]);
    const batch = batches.get(key) ?? { acquirer, batchId, settlementDate, netSen: 0, rows: 0 };
    batch.netSen += settlementSign(row.kind) * row.netSen;
    batch.rows += 1;
    if (settlementDate < batch.settlementDate) batch.settlementDate = settlementDate;
    batches.set(key, batch);
  }
  return [...batches.values()];
}

const payoutOf = (batches: readonly BatchFact[]): Rupiah =>
  Math.round(batches.reduce((sum, batch) => sum + batch.netSen, 0) / 100);
const creditOf = (credits: readonly CreditFact[]): Rupiah => credits.reduce((sum, credit) => sum + credit.amount, 0);
const batchKey = (batch: BatchFact): string => `${batch.acquirer}/${batch.batchId}`;

/**
 * Matches acquirers' batches with bank credits: first by the batch id in the credit's reference (one or several
 * credits), then an acquirer's whole settlement day against one credit, then single batches by amount. Batches that
 * bring nothing (refunds ate them up) expect no credit.
 */
export function matchPayouts(
  batches: readonly BatchFact[],
  credits: readonly CreditFact[],
  rules: Readonly<Record<string, PayoutRule>>,
  findings: Findings,
): PayoutMatch[] {
  const work = new PayoutWork(rules, findings, credits);
  const due = [...batches].filter((batch) => batch.netSen > 0).sort((a, b) => (batchKey(a) < batchKey(b) ? -1 : 1));
  let open = due.filter((batch) => !work.byReference(batch));
  const days = groupBy(open, (batch) => JSON.stringify([batch.acquirer, batch.settlementDate]));
  open = [...days.values()].flatMap((day) => (work.byAmount(day) ? [] : day));
  open = open.filter((batch) => !work.byAmount([batch]));
  for (const batch of open) work.missing(batch);
  work.unexplained();
  return work.matches.sort((a, b) => (a.id < b.id ? -1 : 1));
}

class PayoutWork {
  readonly matches: PayoutMatch[] = [];
  private readonly free: Set<CreditFact>;
  private readonly byRef: Map<string, CreditFact[]>;
  private readonly byAcquirer: Map<string | null, CreditFact[]>;

  constructor(
    private readonly rules: Readonly<Record<string, PayoutRule>>,
    private readonly findings: Findings,
    credits: readonly CreditFact[],
  ) {
    const sorted = credits
      .filter((credit) => credit.direction === 'credit')
      .sort((a, b) => (a.valueDate + a.id < b.valueDate + b.id ? -1 : 1));
    this.free = new Set(sorted);
    this.byRef = groupBy(sorted, (credit) => credit.reference ?? '');
    this.byAcquirer = groupBy(sorted, (credit) => credit.acquirer);
  }

  byReference(batch: BatchFact): boolean {
    const credits = (this.byRef.get(batch.batchId) ?? []).filter((credit) => this.free.has(credit));
    if (credits.length === 0) return false;
    this.settle([batch], credits);
    return true;
  }

  byAmount(batches: BatchFact[]): boolean {
    const { acquirer, settlementDate } = batches[0]!;
    const rule = this.ruleOf(acquirer);
    const until = endOfDay(settlementDate, rule.creditDaysMax);
    const credit = (this.byAcquirer.get(acquirer) ?? []).find(
      (item) =>
        this.free.has(item) &&
        item.valueDate >= settlementDate &&
        endOfDay(item.valueDate, 0) <= until &&
        Math.abs(item.amount - payoutOf(batches)) <= rule.toleranceRupiah,
    );
    if (!credit) return false;
    this.settle(batches, [credit]);
    return true;
  }

  private settle(batches: BatchFact[], credits: CreditFact[]): void {
    for (const credit of credits) this.free.delete(credit);
    const first = batches[0]!;
    const [settled, credited] = [payoutOf(batches), creditOf(credits)];
    const rule = this.ruleOf(first.acquirer);
    if (Math.abs(settled - credited) > rule.toleranceRupiah) {
      // Too little may be a part of it; the rest can come within the window. Too much never is.
      const dueAt = credited < settled ? endOfDay(first.settlementDate, rule.creditDaysMax) : null;
      const details = { settled, credited };
      this.report('payout-difference', first, credits, Math.abs(settled - credited), dueAt, details);
      return;
    }
    this.matches.push({
      id: batchKey(first),
      acquirer: first.acquirer,
      settlementDate: first.settlementDate,
      batches: batches.map((batch) => batch.batchId),
      credits: credits.map((credit) => credit.id),
      cardinality: `${batches.length}:${credits.length}`,
      settled,
      credited,
      ruleVersion: this.findings.ruleVersion,
    });
  }

  missing(batch: BatchFact): void {
    const dueAt = endOfDay(batch.settlementDate, this.ruleOf(batch.acquirer).creditDaysMax);
    this.report('payout-not-credited', batch, [], payoutOf([batch]), dueAt, {});
  }

  unexplained(): void {
    for (const credit of this.free) {
      if (credit.acquirer === null) continue; // somebody else's money: deposit slips have their own check
      this.findings.add(credit.id, {
        ...base('credit-not-explained', credit.acquirer, credit.valueDate, credit.amount),
        dueAt: endOfDay(credit.valueDate, this.ruleOf(credit.acquirer).creditDaysMax),
        evidence: [{ kind: 'credit', ref: credit.id }],
        details: { reference: credit.reference ?? '' },
      });
    }
  }

  private report(
    pattern: ExceptionPattern,
    batch: BatchFact,
    credits: CreditFact[],
    amount: Rupiah,
    dueAt: number | null,
    details: Record<string, number>,
  ): void {
    this.findings.add(batchKey(batch), {
      ...base(pattern, batch.acquirer, batch.settlementDate, amount),
      dueAt,
      evidence: credits.map((credit) => ({ kind: 'credit', ref: credit.id })),
      details: { ...details, batch: batch.batchId },
    });
  }

  private ruleOf(acquirer: string): PayoutRule {
    return this.rules[acquirer] ?? this.rules['*'] ?? { toleranceRupiah: 0, creditDaysMax: 0 };
  }
}

function base(pattern: ExceptionPattern, acquirer: string, businessDate: BusinessDate, amount: Rupiah) {
  const nobody = { point: null, device: null, attendant: null, record: null, settlement: null };
  const subject = { kind: 'acquirer' as const, id: acquirer };
  return { pattern, subject, businessDate, at: endOfDay(businessDate, -1), amount, ...nobody };
}
