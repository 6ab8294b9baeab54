import { DAY_MS, type BusinessDate, type Rupiah } from '@app/kernel';
import { componentsOf, type Component, type Transaction } from './components.js';
import type { ExceptionDraft, ExceptionPattern, Findings } from './exception.js';
import type { RecordFact, SettlementFact } from './facts.js';
import { endOfDay, type ChannelRule } from './rules.js';

/** Records and settlement lines that agree. */
export interface PaymentMatch {
  /** The id of its first record: a record is in one match at most. */
  id: string;
  businessDate: BusinessDate;
  records: string[];
  settlements: string[];
  /** e.g. `1:1`, `2:1` (two records, one transaction), `1:2` (one record, paid by two transactions). */
  cardinality: string;
  recorded: Rupiah;
  settled: Rupiah;
  ruleVersion: string;
}

interface Scope {
  rule: ChannelRule;
  payees: ReadonlySet<string>;
  findings: Findings;
  matches: PaymentMatch[];
}

/**
 * Matches one channel's records with its settlement lines, exactly, by keys. Give complete groups: every record and
 * line that shares an order id, reference or transaction with one of the day.
 * @param day only groups whose earliest day is this one are decided; null: all
 */
export function matchPayments(
  records: readonly RecordFact[],
  rows: readonly SettlementFact[],
  day: BusinessDate | null,
  rule: ChannelRule,
  payees: ReadonlySet<string>,
  findings: Findings,
): PaymentMatch[] {
  const scope: Scope = { rule, payees, findings, matches: [] };
  for (const component of componentsOf(records, rows, day, rule, payees)) {
    if (!isPlain(component, scope)) decide(component, scope);
  }
  return scope.matches;
}

/** Nearly every group: one record that stands, one payment to us, equal. Matches it and says so. */
function isPlain(component: Component, scope: Scope): boolean {
  const [record, transaction] = [component.records[0], component.transactions[0]];
  if (component.records.length !== 1 || component.transactions.length !== 1) return false;
  if (record!.voided || transaction!.foreign || transaction!.back !== 0) return false;
  if (record!.nmid !== null && !scope.payees.has(record!.nmid)) return false;
  if (Math.abs(record!.amount - transaction!.paid) > scope.rule.toleranceRupiah) return false;
  agree(component, component.records, component.transactions, scope);
  return true;
}

/** The decision table of docs/RECONCILIATION.md, top to bottom. */
function decide(component: Component, scope: Scope): void {
  const standing = component.records.filter((record) => !record.voided);
  const voided = component.records.filter((record) => record.voided);
  const ours = component.transactions.filter((transaction) => !transaction.foreign);
  const live = ours.filter((transaction) => netOf(transaction) > 0);
  const refunded = ours.filter((transaction) => transaction.paid > 0 && netOf(transaction) <= 0);

  for (const transaction of ours.filter((t) => t.paid === 0)) {
    report('refund-without-payment', standing[0] ?? voided[0], transaction, component, scope, transaction.back);
  }
  const right = wrongPayees(component, standing, scope);
  if (right.length === 0) {
    settledVoids(component, voided, live, standing.length > 0, scope);
    return;
  }
  const { left, open } = pairEqual(component, right, live, scope);
  if (left.length > 0 && open.length > 0) {
    unequal(component, left, open, scope);
    return;
  }
  // What is left over on one side only: the same order was paid twice, or was never settled.
  const first = standing[0];
  for (const transaction of open) report('double-debit', first, transaction, component, scope, netOf(transaction));
  left.forEach((record, i) => {
    const back = refunded[i];
    if (back) report('refunded-payment', record, back, component, scope, back.paid);
    else report('recorded-not-settled', record, undefined, component, scope, record.amount);
  });
}

function netOf(transaction: Transaction): Rupiah {
  return transaction.paid - transaction.back;
}

/** Reports money that went to somebody else; returns the records that did not. */
function wrongPayees(component: Component, standing: RecordFact[], scope: Scope): RecordFact[] {
  const foreign = component.transactions.filter((transaction) => transaction.foreign);
  const isForeign = (record: RecordFact): boolean => record.nmid !== null && !scope.payees.has(record.nmid);
  const wrong = standing.filter(isForeign);
  const right = standing.filter((record) => !isForeign(record));
  // A foreign transaction with no record of a foreign payee takes the first record that nothing of ours can pay.
  while (wrong.length < foreign.length && right.length > 0 && component.transactions.every((t) => t.foreign)) {
    wrong.push(right.shift()!);
  }
  const pairs = Math.max(wrong.length, foreign.length);
  for (let i = 0; i < pairs; i++) {
    const [record, transaction] = [wrong[i], foreign[i]];
    report('wrong-payee', record, transaction, component, scope, record?.amount ?? transaction!.paid);
  }
  return right;
}

/** No record stands: a settled payment was voided, or nobody recorded it. */
function settledVoids(
  component: Component,
  voided: RecordFact[],
  live: Transaction[],
  explained: boolean,
  scope: Scope,
): void {
  live.forEach((transaction, i) => {
    const record = voided[i];
    if (record) report('void-abuse', record, transaction, component, scope, netOf(transaction));
    else if (voided.length > 0 || explained) {
      report('double-debit', voided[0], transaction, component, scope, netOf(transaction));
    } else report('settled-not-recorded', undefined, transaction, component, scope, netOf(transaction));
  });
}

/** Matches the whole group when its sums agree, else record by record what agrees; returns what is left on each side. */
function pairEqual(
  component: Component,
  records: RecordFact[],
  live: Transaction[],
  scope: Scope,
): { left: RecordFact[]; open: Transaction[] } {
  const tolerance = scope.rule.toleranceRupiah;
  const recorded = records.reduce((sum, record) => sum + record.amount, 0);
  const settled = live.reduce((sum, transaction) => sum + netOf(transaction), 0);
  if (live.length > 0 && Math.abs(recorded - settled) <= tolerance) {
    agree(component, records, live, scope);
    return { left: [], open: [] };
  }
  const open = [...live];
  const left: RecordFact[] = [];
  for (const record of records) {
    const index = open.findIndex((transaction) => Math.abs(netOf(transaction) - record.amount) <= tolerance);
    if (index < 0) left.push(record);
    else agree(component, [record], open.splice(index, 1), scope);
  }
  return { left, open };
}

function agree(component: Component, records: RecordFact[], transactions: Transaction[], scope: Scope): void {
  scope.matches.push({
    id: records[0]!.id,
    businessDate: component.businessDate,
    records: records.map((record) => record.id),
    settlements: transactions.flatMap((transaction) => transaction.rows.map((row) => row.id)),
    cardinality: `${records.length}:${transactions.length}`,
    recorded: records.reduce((sum, record) => sum + record.amount, 0),
    settled: transactions.reduce((sum, transaction) => sum + netOf(transaction), 0),
    ruleVersion: scope.findings.ruleVersion,
  });
}

/** Both sides are there and differ. While less is settled than recorded, a part may still come. */
function unequal(component: Component, records: RecordFact[], open: Transaction[], scope: Scope): void {
  const recorded = records.reduce((sum, record) => sum + record.amount, 0);
  const settled = open.reduce((sum, transaction) => sum + netOf(transaction), 0);
  const [record, transaction] = [records[0]!, open[0]!];
  if (records.length > 1 || open.length > 1) {
    const difference = Math.abs(recorded - settled);
    if (difference <= scope.rule.toleranceRupiah) return agree(component, records, open, scope);
  }
  report('amount-mismatch', record, transaction, component, scope, Math.abs(recorded - settled), {
    recorded,
    settled,
    records: records.length,
    transactions: open.length,
  });
}

/** From when on waiting does not help any more; null: it never did. */
function dueOf(
  pattern: ExceptionPattern,
  record: RecordFact | undefined,
  transaction: Transaction | undefined,
  details: Record<string, number>,
  rule: ChannelRule,
): number | null {
  switch (pattern) {
    case 'recorded-not-settled':
      return endOfDay(record!.businessDate, rule.settlementDaysMax);
    case 'settled-not-recorded':
    case 'refund-without-payment':
      return endOfDay(transaction!.businessDate, rule.recordDaysMax);
    case 'void-abuse': {
      const paidOn = transaction!.businessDate;
      return Math.max(endOfDay(paidOn, rule.refundDaysMax), record!.voided!.at + rule.refundDaysMax * DAY_MS);
    }
    case 'amount-mismatch':
      return details.settled! < details.recorded! ? endOfDay(record!.businessDate, rule.settlementDaysMax) : null;
    default:
      return null;
  }
}

function report(
  pattern: ExceptionPattern,
  record: RecordFact | undefined,
  transaction: Transaction | undefined,
  component: Component,
  scope: Scope,
  amount: Rupiah,
  details: Record<string, number> = {},
): void {
  const row = transaction?.rows[0];
  const point = record?.point ?? row?.point ?? null;
  const draft: ExceptionDraft = {
    pattern,
    subject: subjectOf(pattern, record, row, point),
    businessDate: component.businessDate,
    at: record?.at ?? transaction!.at,
    amount,
    point,
    device: record?.device ?? row?.device ?? null,
    attendant: record?.attendant ?? null,
    record: record?.id ?? null,
    settlement: row?.id ?? null,
    dueAt: dueOf(pattern, record, transaction, details, scope.rule),
    evidence: [
      ...(record ? [{ kind: 'record' as const, ref: record.id }] : []),
      ...(record?.voided ? [{ kind: 'record' as const, ref: record.voided.record }] : []),
      ...(transaction?.rows ?? []).map((item) => ({ kind: 'settlement' as const, ref: item.id })),
    ],
    details,
  };
  // A second debit is told apart by its transaction, everything else by its record, if it has one.
  const key = pattern === 'double-debit' || !record ? transaction!.id : record.id;
  scope.findings.add(key, draft);
}

function subjectOf(
  pattern: ExceptionPattern,
  record: RecordFact | undefined,
  row: SettlementFact | undefined,
  point: string | null,
): ExceptionDraft['subject'] {
  if (pattern === 'void-abuse') return { kind: 'attendant', id: record!.attendant };
  return point === null ? { kind: 'acquirer', id: row!.acquirer } : { kind: 'point', id: point };
}
