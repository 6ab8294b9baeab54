import { businessDateOf, type BusinessDate } from '@app/kernel';
import { cardTransactionId, payeeOf, settlementSign } from '@app/settlement';
import type { RecordFact, SettlementFact } from './facts.js';
import type { ChannelRule, MatchKey } from './rules.js';

/** An acquirer's transaction: its parts and what was paid back, together. */
export interface Transaction {
  /** Acquirer and transaction id; stable. */
  id: string;
  rows: SettlementFact[];
  paid: number;
  back: number;
  at: number;
  businessDate: BusinessDate;
  /** Paid to somebody who is not in the registry. */
  foreign: boolean;
}

/** Records and transactions that belong together by at least one key. */
export interface Component {
  records: RecordFact[];
  transactions: Transaction[];
  /** The earliest business day in it: reconciling that day decides about the whole group. */
  businessDate: BusinessDate;
}

/** Disjoint sets over indices, with path halving: near-linear for any number of joins. */
class DisjointSets {
  private readonly parent: Int32Array;

  constructor(size: number) {
    this.parent = Int32Array.from({ length: size }, (_, i) => i);
  }

  find(index: number): number {
    let i = index;
    while (this.parent[i] !== i) {
      const up = this.parent[this.parent[i]!]!;
      this.parent[i] = up;
      i = up;
    }
    return i;
  }

  join(a: number, b: number): void {
    const [x, y] = [this.find(a), this.find(b)];
    if (x !== y) this.parent[Math.max(x, y)] = Math.min(x, y);
  }
}

/**
 * Groups records and settlement lines that share a key: one hash look-up per key and item. Fee lines belong to no
 * payment and are left out. The outcome does not depend on the order of the input.
 */
export function componentsOf(
  records: readonly RecordFact[],
  rows: readonly SettlementFact[],
  rule: ChannelRule,
  payees: ReadonlySet<string>,
): Component[] {
  const moneyRows = rows.filter((row) => row.kind !== 'fee');
  const sets = new DisjointSets(records.length + moneyRows.length);
  const firstOf = new Map<string, number>();
  const join = (key: string, node: number): void => {
    const first = firstOf.get(key);
    if (first === undefined) firstOf.set(key, node);
    else sets.join(first, node);
  };
  records.forEach((record, i) => {
    for (const key of rule.keys) {
      const value = recordKey(key, record);
      if (value !== null) join(value, i);
    }
  });
  moneyRows.forEach((row, i) => {
    const node = records.length + i;
    join(`t${transactionKey(row)}`, node);
    for (const key of rule.keys) {
      const value = rowKey(key, row);
      if (value !== null) join(value, node);
    }
  });
  const groups = new Map<number, { records: RecordFact[]; rows: SettlementFact[] }>();
  const groupOf = (node: number): { records: RecordFact[]; rows: SettlementFact[] } => {
    const root = sets.find(node);
    let group = groups.get(root);
    if (!group) groups.set(root, (group = { records: [], rows: [] }));
    return group;
  };
  records.forEach((record, i) => groupOf(i).records.push(record));
  moneyRows.forEach((row, i) => groupOf(records.length + i).rows.push(row));
  return [...groups.values()].map((group) => toComponent(group.records, group.rows, payees));
}

function recordKey(key: MatchKey, record: RecordFact): string | null {
  if (key === 'orderId') return record.orderId && `o${record.orderId}`;
  if (key === 'rrn') return record.rrn && `r${record.rrn}`;
  return record.trace && `c${cardTransactionId(record.device, record.businessDate, record.trace)}`;
}

function rowKey(key: MatchKey, row: SettlementFact): string | null {
  if (key === 'orderId') return row.orderId && `o${row.orderId}`;
  if (key === 'rrn') return row.rrn && `r${row.rrn}`;
  // A refund has a trace of its own; it hangs on its payment by the transaction.
  if (row.kind !== 'payment' || !row.trace || !row.terminal) return null;
  return `c${cardTransactionId(row.terminal, businessDateOf(row.transactionAt), row.trace)}`;
}

/** The transaction a line belongs to: a refund or cancel belongs to the payment it takes back. */
function transactionKey(row: SettlementFact): string {
  return `${row.acquirer}/${row.kind === 'payment' ? row.transactionId : (row.originalTransactionId ?? row.transactionId)}`;
}

function toComponent(records: RecordFact[], rows: SettlementFact[], payees: ReadonlySet<string>): Component {
  if (records.length > 1) records.sort(byTime);
  const transactions = transactionsOf(rows, payees);
  let businessDate = records[0]?.businessDate ?? transactions[0]!.businessDate;
  for (const { businessDate: date } of [...records, ...transactions]) if (date < businessDate) businessDate = date;
  return { records, transactions, businessDate };
}

function transactionsOf(rows: SettlementFact[], payees: ReadonlySet<string>): Transaction[] {
  const byKey = new Map<string, Transaction>();
  for (const row of rows) {
    const id = transactionKey(row);
    const date = businessDateOf(row.transactionAt);
    let found = byKey.get(id);
    if (!found) {
      found = { id, rows: [], paid: 0, back: 0, at: row.transactionAt, businessDate: date, foreign: false };
      byKey.set(id, found);
    }
    found.rows.push(row);
    if (settlementSign(row.kind) > 0) found.paid += row.amount;
    else found.back += row.amount;
    if (row.transactionAt < found.at) {
      found.at = row.transactionAt;
      found.businessDate = date;
    }
    const payee = payeeOf(row);
    if (payee !== null && !payees.has(payee)) found.foreign = true;
  }
  const transactions = [...byKey.values()];
  for (const transaction of transactions) if (transaction.rows.length > 1) transaction.rows.sort(byId);
  return transactions.length > 1 ? transactions.sort(byTime) : transactions;
}

function byTime(a: { at: number; id: string }, b: { at: number; id: string }): number {
  return a.at - b.at || byId(a, b);
}

function byId(a: { id: string }, b: { id: string }): number {
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}
