import { businessDateOf, HOUR_MS, type BusinessDate, type Rupiah } from '@app/kernel';
import { groupBy } from './group-by.js';
import type { ExceptionDraft, ExceptionPattern, Findings } from './exception.js';
import type { CollectionFact, DepositDue, DepositFact, OperatorDayFact, Payer, ShiftFact, SlipFact } from './facts.js';
import { endOfWorkingDay, type CashRule } from './rules.js';

const nobody = { point: null, device: null, attendant: null, record: null, settlement: null, dueAt: null };

/** A blind declaration against recorded cash. While records are missing the difference is expected, not a fault. */
export function checkShifts(
  shifts: Iterable<ShiftFact>,
  rule: CashRule,
  gapHoursMax: number,
  findings: Findings,
): void {
  for (const shift of shifts) {
    const ref = [shift.device, shift.shift, shift.businessDate].map(encodeURIComponent).join('/');
    const draft = (pattern: ExceptionPattern, amount: Rupiah, dueAt: number | null): ExceptionDraft => ({
      ...nobody,
      pattern,
      subject: { kind: 'attendant', id: shift.attendant },
      businessDate: shift.businessDate,
      at: shift.closedAt ?? shift.openedAt,
      amount,
      point: shift.point,
      device: shift.device,
      attendant: shift.attendant,
      dueAt,
      evidence: [{ kind: 'shift', ref }],
      details: { recorded: shift.recordedCash, declared: shift.declared ?? 0, float: shift.float },
    });
    if (shift.closedAt === null || shift.declared === null) {
      const dueAt = shift.openedAt + rule.shiftHoursMax * HOUR_MS;
      findings.add(ref, draft('shift-not-closed', shift.recordedCash, dueAt));
      continue;
    }
    const over = countedOf(shift, rule) - shift.recordedCash;
    if (Math.abs(over) <= rule.shiftToleranceRupiah) continue;
    const dueAt = shift.recordsComplete ? null : shift.closedAt + gapHoursMax * HOUR_MS;
    findings.add(ref, draft(over < 0 ? 'cash-under-declared' : 'cash-over-declared', Math.abs(over), dueAt));
  }
}

/** What was counted as takings: the declaration, less the float where it was counted in. */
export function countedOf(shift: Pick<ShiftFact, 'declared' | 'float'>, rule: CashRule): Rupiah {
  return (shift.declared ?? 0) - (rule.floatInDeclared ? shift.float : 0);
}

/** A meter's register against what was counted. */
export function checkCollections(collections: Iterable<CollectionFact>, rule: CashRule, findings: Findings): void {
  for (const item of collections) {
    const difference = item.cashCounted - item.registerCash;
    if (Math.abs(difference) <= rule.collectionToleranceRupiah) continue;
    findings.add(item.record, {
      ...nobody,
      pattern: 'collection-difference',
      subject: { kind: 'collector', id: item.collector },
      businessDate: item.businessDate,
      at: item.at,
      amount: Math.abs(difference),
      point: item.point,
      device: item.device,
      record: item.record,
      evidence: [{ kind: 'collection', ref: item.record }],
      details: { register: item.registerCash, counted: item.cashCounted, number: item.number },
    });
  }
}

export interface DepositFacts {
  dues: Iterable<DepositDue>;
  deposits: Iterable<DepositFact>;
  slips: Iterable<SlipFact>;
  operatorDays: Iterable<OperatorDayFact>;
}

/** The chain TBP -> STS -> credit note with its deadlines, and the operators' daily minimum. */
export function checkDeposits(
  facts: DepositFacts,
  rule: CashRule,
  holidays: ReadonlySet<BusinessDate>,
  findings: Findings,
): void {
  const deposits = [...facts.deposits].sort((a, b) => a.handedAt - b.handedAt || (a.number < b.number ? -1 : 1));
  const paidFor = groupBy(deposits, dueKey);
  const deadline = (date: BusinessDate): number => endOfWorkingDay(date, rule.depositWorkingDaysMax, holidays);
  for (const due of facts.dues) {
    checkDue(due, paidFor.get(dueKey(due)) ?? [], deadline(due.businessDate), rule, findings);
  }
  for (const deposit of deposits) checkSlipWritten(deposit, rule, holidays, findings);
  for (const slip of facts.slips) checkCredit(slip, rule, holidays, findings);
  for (const day of facts.operatorDays) {
    const missing = day.minimum - day.deposited;
    if (missing <= rule.depositToleranceRupiah) continue;
    findings.add(`${encodeURIComponent(day.operator)}/${day.businessDate}`, {
      ...nobody,
      pattern: 'below-minimum',
      subject: { kind: 'operator', id: day.operator },
      businessDate: day.businessDate,
      at: deadline(day.businessDate),
      amount: missing,
      dueAt: deadline(day.businessDate),
      evidence: [],
      details: { minimum: day.minimum, deposited: day.deposited },
    });
  }
}

function dueKey(item: { payer: Payer; point: string | null; businessDate: BusinessDate }): string {
  return JSON.stringify([item.payer.kind, item.payer.id, item.point, item.businessDate]);
}

/** All there in time: nothing. Nothing there, or completed late: late. Something, but not all: short. */
function checkDue(due: DepositDue, paid: DepositFact[], dueAt: number, rule: CashRule, findings: Findings): void {
  const total = paid.reduce((sum, deposit) => sum + deposit.amount, 0);
  const inTime = paid.reduce((sum, deposit) => (deposit.handedAt < dueAt ? sum + deposit.amount : sum), 0);
  const isMissing = due.amount - total > rule.depositToleranceRupiah;
  const isLate = due.amount - inTime > rule.depositToleranceRupiah;
  if (!isMissing && !isLate) return;
  const pattern = isMissing && total > 0 ? 'short-deposit' : 'late-deposit';
  findings.add(dueKey(due), {
    ...nobody,
    pattern,
    subject: due.payer,
    businessDate: due.businessDate,
    at: dueAt,
    amount: isMissing ? due.amount - total : due.amount - inTime,
    point: due.point,
    attendant: due.payer.kind === 'attendant' ? due.payer.id : null,
    dueAt,
    evidence: paid.map((deposit) => ({ kind: 'deposit', ref: deposit.number })),
    details: { due: due.amount, inTime, deposited: total },
  });
}

/** Cash that the treasurer took must go on to the bank. */
function checkSlipWritten(
  deposit: DepositFact,
  rule: CashRule,
  holidays: ReadonlySet<BusinessDate>,
  findings: Findings,
): void {
  if (deposit.slip !== null) return;
  const dueAt = endOfWorkingDay(businessDateOf(deposit.handedAt), rule.depositWorkingDaysMax, holidays);
  findings.add(`tbp/${deposit.number}`, {
    ...nobody,
    pattern: 'late-deposit',
    subject: { kind: 'treasurer', id: deposit.treasurer },
    businessDate: deposit.businessDate,
    at: deposit.handedAt,
    amount: deposit.amount,
    point: deposit.point,
    dueAt,
    evidence: [{ kind: 'deposit', ref: deposit.number }],
    details: { reason: 'no deposit slip' },
  });
}

function checkCredit(slip: SlipFact, rule: CashRule, holidays: ReadonlySet<BusinessDate>, findings: Findings): void {
  const draft: Omit<ExceptionDraft, 'pattern' | 'amount'> = {
    ...nobody,
    subject: { kind: 'treasurer', id: slip.treasurer },
    businessDate: slip.businessDate,
    at: slip.writtenAt,
    evidence: [{ kind: 'slip', ref: slip.slip }],
    details: { slip: slip.amount, credited: slip.credit?.amount ?? 0 },
  };
  if (!slip.credit) {
    const dueAt = endOfWorkingDay(businessDateOf(slip.writtenAt), rule.creditNoteWorkingDaysMax, holidays);
    findings.add(slip.slip, { ...draft, pattern: 'no-credit-note', amount: slip.amount, dueAt });
    return;
  }
  const difference = Math.abs(slip.amount - slip.credit.amount);
  if (difference <= rule.depositToleranceRupiah) return;
  const evidence = [...draft.evidence, { kind: 'credit' as const, ref: slip.credit.id }];
  findings.add(slip.slip, { ...draft, pattern: 'credit-note-difference', amount: difference, evidence });
}
