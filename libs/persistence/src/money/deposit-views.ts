import type { BusinessDate, Rupiah } from '@app/kernel';
import type { Scope } from '@app/registry';
import { Conditions, type ListQuery } from '../lists.js';
import { INSTANT, RUN_BY_ON } from '../registry/sql-parts.js';

export interface HandOverRow {
  number: string;
  point: string | null;
  payerKind: string;
  payer: string;
  receiverKind: string;
  receiver: string;
  businessDate: BusinessDate;
  amount: Rupiah;
  /** The amount, where the treasurer or where an operator received it: cash goes through both, and is summed once in each. */
  toTreasurer: Rupiah | null;
  toOperators: Rupiah | null;
  handedAt: string;
  slip: string | null;
  credited: boolean;
  /** Until when a slip must take it to the bank, as reconciliation last saw it; null where nothing is missing. */
  dueAt: string | null;
  enteredBy: string;
}

export interface DepositFilter {
  from?: BusinessDate;
  to?: BusinessDate;
  point?: string;
  payer?: string;
  number?: string;
  /** Number of a slip: what it took on. */
  slip?: string;
  /** Not yet on a slip. */
  open?: boolean;
}

/** Hand-overs (TBP), the newest first. */
export function handOversQuery(filter: DepositFilter, scope: Scope): ListQuery<HandOverRow> {
  const conditions = new Conditions()
    .add(
      `${RUN_BY_ON('h.point_id', 'h.business_date')} OR h.payer_kind = 'operator' AND h.payer_id = {}`,
      scope.operatorCode,
    )
    .period('h.business_date', filter)
    .add('p.code = {}', filter.point)
    .add('h.payer_id = {}', filter.payer)
    .add('h.number = {}', filter.number)
    .add('h.slip = {}', filter.slip)
    .add(`(h.slip IS NULL AND h.receiver_kind = 'treasurer') = {}`, filter.open);
  const text = /* sql */ `
    SELECT h.number, p.code AS point, h.payer_kind AS "payerKind", h.payer_id AS payer, h.receiver_kind AS "receiverKind",
      h.receiver_id AS receiver, h.business_date AS "businessDate", h.amount,
      CASE h.receiver_kind WHEN 'treasurer' THEN h.amount END AS "toTreasurer",
      CASE h.receiver_kind WHEN 'operator' THEN h.amount END AS "toOperators", ${INSTANT('h.handed_at')} AS "handedAt", h.slip,
      EXISTS (SELECT FROM credit_notes c WHERE c.slip = h.slip) AS credited,
      CASE WHEN h.slip IS NULL THEN ${dueOf('deposit', 'h')} END AS "dueAt", h.entered_by AS "enteredBy"
    FROM hand_overs h LEFT JOIN points p ON p.id = h.point_id ${conditions.where}`;
  return {
    text,
    values: conditions.values,
    orderBy: '"businessDate" DESC, number',
    sums: ['toTreasurer', 'toOperators'],
  };
}

/** The deadline of a paper that goes no further: of the exception, expected or mismatched, that names it alone. */
function dueOf(kind: 'deposit' | 'slip', paper: string): string {
  return `(SELECT ${INSTANT('min(e.due_at)')} FROM exceptions e
    WHERE e.business_date = ${paper}.business_date AND e.subject_kind = 'treasurer' AND e.state <> 'resolved'
      AND e.evidence = jsonb_build_array(jsonb_build_object('kind', '${kind}', 'ref', ${paper}.number)))`;
}

export interface SlipRow {
  number: string;
  fromKind: string;
  from: string;
  businessDate: BusinessDate;
  amount: Rupiah;
  writtenAt: string;
  handOvers: number;
  /** Acquirers' batches whose payout it takes on. */
  batches: string[];
  creditNote: string | null;
  credited: Rupiah | null;
  /** Until when the credit note must come, as reconciliation last saw it; null where it came. */
  dueAt: string | null;
  enteredBy: string;
}

/** Deposit slips (STS) with their credit notes, the newest first. */
export function slipsQuery(filter: Pick<DepositFilter, 'from' | 'to'>): ListQuery<SlipRow> {
  const conditions = new Conditions().period('s.business_date', filter);
  const text = /* sql */ `
    SELECT s.number, s.from_kind AS "fromKind", s.from_id AS "from", s.business_date AS "businessDate", s.amount,
      ${INSTANT('s.written_at')} AS "writtenAt", (SELECT count(*) FROM hand_overs h WHERE h.slip = s.number) AS "handOvers",
      ARRAY(SELECT b.acquirer || '/' || b.batch_id FROM slip_batches b WHERE b.slip = s.number ORDER BY 1) AS batches,
      CASE WHEN c.slip IS NULL THEN ${dueOf('slip', 's')} END AS "dueAt",
      c.bank_key AS "creditNote", b.amount AS credited, s.entered_by AS "enteredBy"
    FROM deposit_slips s LEFT JOIN credit_notes c ON c.slip = s.number LEFT JOIN bank_entries b ON b.key = c.bank_key
    ${conditions.where}`;
  return { text, values: conditions.values, orderBy: '"businessDate" DESC, number', sums: ['amount', 'credited'] };
}
