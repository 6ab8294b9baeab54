import { businessDateOf, MINUTE_MS, type BusinessDate } from '@app/kernel';
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

/** The first node seen under each key; one map per kind of key, so that keys need no prefix. */
class KeyIndex {
  private readonly maps = new Map<string, Map<string, number>>();

  constructor(private readonly sets: DisjointSets) {}

  join(kind: string, key: string, node: number): void {
    let map = this.maps.get(kind);
    if (!map) this.maps.set(kind, (map = new Map()));
    const first = map.get(key);
    if (first === undefined) map.set(key, node);
    else this.sets.join(first, node);
  }
}

/**
 * Groups records and settlement lines that share a key: one hash look-up per key and item. Fee lines belong to no
 * payment and are left out. The outcome does not depend on the order of the input.
 * @param day only groups whose earliest day is this one; null: all
 */
export function* componentsOf(
  records: readonly RecordFact[],
  rows: readonly SettlementFact[],
  day: BusinessDate | null,
  rule: ChannelRule,
  payees: ReadonlySet<string>,
): Generator<Component> {
  const size = records.length + rows.length;
  const sets = new DisjointSets(size);
  joinAll(records, rows, rule, new KeyIndex(sets));
  // Members of a group as a linked list per root: no object per group until it is known to be of the day.
  const head = new Int32Array(size).fill(-1);
  const next = new Int32Array(size);
  for (let node = size - 1; node >= 0; node--) {
    if (node >= records.length && rows[node - records.length]!.kind === 'fee') continue;
    const root = sets.find(node);
    next[node] = head[root]!;
    head[root] = node;
  }
  for (let root = 0; root < size; root++) {
    if (head[root]! < 0) continue;
    const group: { records: RecordFact[]; rows: SettlementFact[] } = { records: [], rows: [] };
    let earliest = '9999-12-31';
    for (let node = head[root]!; node >= 0; node = next[node]!) {
      const date =
        node < records.length ? records[node]!.businessDate : dateOf(rows[node - records.length]!.transactionAt);
      if (date < earliest) earliest = date;
      if (node < records.length) group.records.push(records[node]!);
      else group.rows.push(rows[node - records.length]!);
    }
    if (day !== null && earliest !== day) continue;
    if (group.records.length > 1) group.records.sort(byTime);
    yield { records: group.records, transactions: transactionsOf(group.rows, payees), businessDate: earliest };
  }
}

function joinAll(
  records: readonly RecordFact[],
  rows: readonly SettlementFact[],
  rule: ChannelRule,
  index: KeyIndex,
): void {
  for (const [i, record] of records.entries()) {
    for (const key of rule.keys) {
      const value = recordKey(key, record);
      if (value !== null) index.join(key, value, i);
    }
  }
  for (const [i, row] of rows.entries()) {
    if (row.kind === 'fee') continue;
    const node = records.length + i;
    index.join(`transaction of ${row.acquirer}`, transactionOf(row), node);
    for (const key of rule.keys) {
      const value = rowKey(key, row);
      if (value !== null) index.join(key, value, node);
    }
  }
}

function recordKey(key: MatchKey, record: RecordFact): string | null {
  if (key !== 'card') return record[key];
  return record.trace && cardTransactionId(record.device, record.businessDate, record.trace);
}

function rowKey(key: MatchKey, row: SettlementFact): string | null {
  if (key !== 'card') return row[key];
  // A refund has a trace of its own; it hangs on its payment by the transaction.
  if (row.kind !== 'payment' || !row.trace || !row.terminal) return null;
  return cardTransactionId(row.terminal, dateOf(row.transactionAt), row.trace);
}

/** The transaction a line belongs to: a refund or cancel belongs to the payment it takes back. */
function transactionOf(row: SettlementFact): string {
  return row.kind === 'payment' ? row.transactionId : (row.originalTransactionId ?? row.transactionId);
}

const dates = new Map<number, BusinessDate>();
const QUARTER_MS = 15 * MINUTE_MS;

/** businessDateOf, remembered by the quarter of an hour (every day begins with one): millions of lines share few. */
function dateOf(instantMs: number): BusinessDate {
  const quarter = Math.floor(instantMs / QUARTER_MS);
  let date = dates.get(quarter);
  if (date === undefined) {
    if (dates.size > 50_000) dates.clear();
    dates.set(quarter, (date = businessDateOf(instantMs)));
  }
  return date;
}

function transactionsOf(rows: SettlementFact[], payees: ReadonlySet<string>): Transaction[] {
  const byKey = new Map<string, Transaction>();
  for (const row of rows) {
    const id = `${row.acquirer}/${transactionOf(row)}`;
    const date = dateOf(row.transactionAt);
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
