import type { BusinessDate, Rupiah } from '@app/kernel';
import type { SettlementKind } from '@app/settlement';
import type { Scope } from '@app/registry';
import type { Sql } from '../database.js';
import { Conditions, type ListQuery } from '../lists.js';
import { INSTANT, RUN_BY_ON } from '../registry/sql-parts.js';

export interface SettlementLineRow {
  id: string;
  fileId: number;
  line: number;
  acquirer: string;
  channel: 'qris' | 'card';
  kind: SettlementKind;
  transactionId: string;
  batchId: string;
  orderId: string | null;
  rrn: string | null;
  nmid: string | null;
  terminal: string | null;
  amount: Rupiah;
  fee: Rupiah;
  net: Rupiah;
  transactionAt: string;
  businessDate: BusinessDate;
  settlementDate: BusinessDate;
  point: string | null;
  device: string | null;
}

export interface SettlementLineFilter {
  from?: BusinessDate;
  to?: BusinessDate;
  acquirer?: string;
  batchId?: string;
  kind?: string;
  orderId?: string;
  rrn?: string;
  transactionId?: string;
  point?: string;
  fileId?: number;
}

/** Refunds, cancellations and fees go away from the city (`settlementSign`). */
const TOWARDS_US = Object.fromEntries(
  ['amount', 'fee', 'net'].map((name) => [name, `CASE kind WHEN 'payment' THEN ${name} ELSE -${name} END`]),
);

/** The same of `settlement_totals`, summed. */
const TOTALLED = Object.entries(TOWARDS_US).map(([name, of]) => `coalesce(sum(${of}), 0)::bigint AS ${name}`);

/** Count and sums of all lines, of a period, an acquirer, a batch or a kind; what is narrower is counted line by line. */
function totalsOf(filter: SettlementLineFilter, scope: Scope): ListQuery<unknown>['totals'] {
  const { from, to, acquirer, batchId, kind, ...narrower } = filter;
  const isNarrow = (['orderId', 'rrn', 'transactionId', 'point', 'fileId'] as const).some(
    (name) => narrower[name] !== undefined,
  );
  if (isNarrow || scope.operatorCode !== undefined) return undefined;
  const conditions = new Conditions()
    .add('business_date >= {}', from)
    .add('business_date <= {}', to)
    .add('acquirer = {}', acquirer)
    .add('batch_id = {}', batchId)
    .add('kind = {}', kind);
  const sums = TOTALLED.join(', ');
  return {
    text: `SELECT coalesce(sum(lines), 0)::bigint AS total, ${sums} FROM settlement_totals ${conditions.where}`,
    values: conditions.values,
  };
}

/** Settlement lines by the payment's day, the newest first. A clerk sees those of points the operator ran that day. */
export function settlementLinesQuery(filter: SettlementLineFilter, scope: Scope): ListQuery<SettlementLineRow> {
  const conditions = new Conditions()
    .add(RUN_BY_ON('s.point_id', 's.business_date'), scope.operatorCode)
    .add('s.business_date >= {}', filter.from)
    .add('s.business_date <= {}', filter.to)
    .add('s.acquirer = {}', filter.acquirer)
    .add('s.batch_id = {}', filter.batchId)
    .add('s.kind = {}', filter.kind)
    .add('s.order_id = {}', filter.orderId)
    .add('s.rrn = {}', filter.rrn)
    .add('s.transaction_id = {}', filter.transactionId)
    // Of one point by its number, so that the planner sees how few its lines are.
    .add('s.point_id = (SELECT id FROM points WHERE code = {})', filter.point)
    .add('s.file_id = {}', filter.fileId);
  const text = /* sql */ `
    SELECT s.key AS id, s.file_id AS "fileId", s.line, s.acquirer, s.channel, s.kind, s.transaction_id AS "transactionId",
      s.batch_id AS "batchId", s.order_id AS "orderId", s.rrn, s.nmid, s.terminal, s.amount, s.fee, s.net,
      ${INSTANT('s.transaction_at')} AS "transactionAt", s.business_date AS "businessDate",
      s.settlement_date AS "settlementDate", p.code AS point, d.device_id AS device
    FROM settlement_rows s LEFT JOIN points p ON p.id = s.point_id LEFT JOIN devices d ON d.device_no = s.device_no
    ${conditions.where}`;
  const totals = totalsOf(filter, scope);
  return {
    text,
    values: conditions.values,
    orderBy: '"businessDate" DESC, id',
    sums: TOWARDS_US,
    ...(totals && { totals }),
  };
}

/** A batch of an acquirer: what it settled, and how far its payout has come. */
export interface SettledBatchRow {
  acquirer: string;
  batchId: string;
  settlementDate: BusinessDate;
  lines: number;
  /** Rupiah towards the city: payments less refunds. */
  amount: Rupiah;
  fee: Rupiah;
  net: Rupiah;
  /** Has the bank credited its payout? */
  paidOut: boolean;
  /** Deposit slip that takes the payout to the treasury account. */
  slip: string | null;
}

export interface SettledBatchFilter {
  from?: BusinessDate;
  to?: BusinessDate;
  acquirer?: string;
  /** On no slip yet. */
  open?: boolean;
}

/** Acquirers' batches, the newest settlement day first. */
export function settledBatchesQuery(filter: SettledBatchFilter): ListQuery<SettledBatchRow> {
  const conditions = new Conditions()
    .period('b."settlementDate"', filter)
    .add('b.acquirer = {}', filter.acquirer)
    .add('(s.slip IS NULL) = {}', filter.open);
  const text = /* sql */ `
    SELECT b.*, EXISTS (SELECT FROM payout_matches m WHERE m.acquirer = b.acquirer AND b."batchId" = ANY(m.batches)
      AND cardinality(m.credits) > 0) AS "paidOut", s.slip
    FROM (SELECT acquirer, batch_id AS "batchId", min(settlement_date) AS "settlementDate",
            sum(lines)::bigint AS lines, ${TOTALLED.join(', ')} FROM settlement_totals GROUP BY 1, 2) b
    LEFT JOIN slip_batches s ON s.acquirer = b.acquirer AND s.batch_id = b."batchId" ${conditions.where}`;
  return {
    text,
    values: conditions.values,
    orderBy: '"settlementDate" DESC, acquirer, "batchId"',
    sums: ['lines', 'amount', 'fee', 'net'],
  };
}

export interface BankEntryRow {
  id: string;
  account: string;
  entryId: string;
  direction: 'credit' | 'debit';
  valueDate: BusinessDate;
  amount: Rupiah;
  reference: string | null;
  description: string;
  fileId: number | null;
  line: number | null;
  /** Deposit slip whose credit note it is. */
  slip: string | null;
  /** Acquirers' batches whose payout it is. */
  batches: string[];
  enteredBy: string;
}

export interface BankEntryFilter {
  from?: BusinessDate;
  to?: BusinessDate;
  account?: string;
  direction?: string;
  reference?: string;
  fileId?: number;
  /** Has it been explained, by a slip or by batches? */
  matched?: boolean;
}

const BATCHES = `ARRAY(SELECT unnest(m.batches) FROM payout_matches m WHERE b.key = ANY(m.credits) ORDER BY 1)`;

/** Entries of bank statements, the newest first, with what explains them. */
export function bankEntriesQuery(filter: BankEntryFilter): ListQuery<BankEntryRow> {
  const conditions = new Conditions()
    .add('b.value_date >= {}', filter.from)
    .add('b.value_date <= {}', filter.to)
    .add('b.account = {}', filter.account)
    .add('b.direction = {}', filter.direction)
    .add('b.reference = {}', filter.reference)
    .add('b.file_id = {}', filter.fileId)
    .add(
      `(c.slip IS NOT NULL OR EXISTS (SELECT FROM payout_matches m WHERE b.key = ANY(m.credits))) = {}`,
      filter.matched,
    );
  const text = /* sql */ `
    SELECT b.key AS id, b.account, b.entry_id AS "entryId", b.direction, b.value_date AS "valueDate", b.amount, b.reference,
      b.description, b.file_id AS "fileId", b.line, c.slip, ${BATCHES} AS batches, b.entered_by AS "enteredBy"
    FROM bank_entries b LEFT JOIN credit_notes c ON c.bank_key = b.key ${conditions.where}`;
  const credits = `CASE direction WHEN 'credit' THEN amount ELSE -amount END`;
  return { text, values: conditions.values, orderBy: '"valueDate" DESC, id', sums: { amount: credits } };
}

export interface BankAccountRow {
  account: string;
  kind: 'collecting' | 'treasury';
  name: string;
}

/** Accounts into which money comes; `treasury` is where it is final. */
export function bankAccountsQuery(): ListQuery<BankAccountRow> {
  return { text: 'SELECT account, kind, name FROM bank_accounts', values: [], orderBy: 'account' };
}

/**
 * Names an account and says what it is. An account with entries keeps its kind: what was booked was booked by it.
 * @returns false when it holds entries and is of the other kind
 */
export async function saveBankAccount(sql: Sql, { account, kind, name }: BankAccountRow): Promise<boolean> {
  const saved = await sql.query(
    `INSERT INTO bank_accounts AS a (account, kind, name) VALUES ($1, $2, $3)
     ON CONFLICT (account) DO UPDATE SET kind = excluded.kind, name = excluded.name
      WHERE a.kind = excluded.kind OR NOT EXISTS (SELECT FROM bank_entries b WHERE b.account = a.account) RETURNING 1`,
    [account, kind, name],
  );
  return saved.length > 0;
}
