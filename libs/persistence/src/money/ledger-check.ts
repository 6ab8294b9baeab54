import type { Sql } from '../database.js';

/** Something the books say that the records under them do not. */
export interface LedgerFault {
  check: 'zero' | 'journal' | 'settlements' | 'deposits' | 'credit-notes' | 'security-deposits' | 'statements';
  /** Point and day, batch, or number. */
  about: string;
  /** Rupiah in the books, and under them. */
  booked: number;
  truth: number;
}

const FAULTS = /* sql */ `
WITH standing AS MATERIALIZED (
  SELECT e.* FROM ledger_entries e
   WHERE e.reverses IS NULL AND NOT EXISTS (SELECT FROM ledger_entries r WHERE r.reverses = e.id)
), receipts AS (
  SELECT e.source, e.business_date, -sum(l.amount)::bigint AS booked FROM standing e
    JOIN ledger_lines l ON l.entry_id = e.id AND l.account LIKE 'gross-retribution/%'
   WHERE e.kind = 'day-receipts' GROUP BY 1, 2
), income AS (
  SELECT p.code, i.business_date, sum(i.amount)::bigint AS truth FROM income_days i JOIN points p ON p.id = i.point_id
   WHERE i.business_date < $1
     AND NOT EXISTS (SELECT FROM book_work w WHERE w.kind = 'post-day' AND w.business_date = i.business_date
       AND w.point_id = i.point_id)
     AND NOT EXISTS (SELECT FROM outbox o WHERE o.topic = 'day-changed' AND o.key = i.point_id || ':' || i.business_date)
   GROUP BY 1, 2
)
SELECT 'zero' AS "check", 'all accounts' AS about, coalesce(sum(amount), 0)::bigint AS booked, 0::bigint AS truth
  FROM ledger_lines HAVING coalesce(sum(amount), 0) <> 0
UNION ALL
SELECT 'journal', coalesce(i.code, r.source) || ' ' || coalesce(i.business_date, r.business_date),
       coalesce(r.booked, 0), coalesce(i.truth, 0)
  FROM income i LEFT JOIN receipts r ON r.source = i.code || '/' || i.business_date
 WHERE coalesce(r.booked, 0) <> i.truth
UNION ALL
SELECT 'settlements', 'receivables settled', b.booked, s.truth
  FROM (SELECT coalesce(-sum(l.amount), 0)::bigint AS booked FROM standing e JOIN ledger_lines l ON l.entry_id = e.id
         WHERE e.kind = 'settled-batch' AND l.account LIKE 'receivable/%') b,
       (SELECT coalesce(sum(amount), 0)::bigint AS truth FROM settlement_rows WHERE kind = 'payment') s
 WHERE b.booked <> s.truth
UNION ALL
SELECT 'deposits', h.number, coalesce(sum(l.amount), 0)::bigint, h.amount
  FROM hand_overs h LEFT JOIN ledger_lines l ON l.entry_id = 'hand-over:' || h.number AND l.amount > 0
 GROUP BY h.number, h.amount HAVING coalesce(sum(l.amount), 0) <> h.amount
UNION ALL
SELECT 'credit-notes', c.slip, coalesce(sum(l.amount), 0)::bigint, b.amount
  FROM credit_notes c JOIN bank_entries b ON b.key = c.bank_key
  LEFT JOIN ledger_lines l ON l.entry_id = 'credit-note:' || c.bank_key AND l.amount > 0
 GROUP BY c.slip, b.amount HAVING coalesce(sum(l.amount), 0) <> b.amount
UNION ALL
SELECT 'security-deposits', d.operator_code, coalesce(b.booked, 0), d.truth
  FROM (SELECT operator_code, sum(amount)::bigint AS truth FROM security_deposits GROUP BY 1) d
  LEFT JOIN (SELECT l.account, -sum(l.amount)::bigint AS booked FROM standing e JOIN ledger_lines l ON l.entry_id = e.id
              WHERE e.kind = 'security-deposit' AND l.amount < 0 GROUP BY 1) b
    ON b.account = 'security-deposit/' || d.operator_code
 WHERE coalesce(b.booked, 0) <> d.truth
UNION ALL
SELECT 'statements', s.operator_code || ' ' || s.month, coalesce(b.booked, 0), (s.statement #>> '{total,gross}')::bigint
  FROM (SELECT DISTINCT ON (operator_code, month) * FROM operator_statements
         ORDER BY operator_code, month, revision DESC) s
  LEFT JOIN (SELECT split_part(e.source, '/', 1) AS operator, split_part(e.source, '/', 2) AS month,
                    sum(l.amount)::bigint AS booked
               FROM standing e JOIN ledger_lines l ON l.entry_id = e.id AND l.account LIKE 'share-allocation/%'
              WHERE e.kind = 'share-statement' GROUP BY 1, 2) b ON b.operator = s.operator_code AND b.month = s.month
 WHERE coalesce(b.booked, 0) <> (s.statement #>> '{total,gross}')::bigint
LIMIT $2`;

/**
 * Holds the books against what lies under them, in one statement: all accounts sum to zero; the days before
 * `journalBefore` that nobody has still to post equal the journal's roll-ups; settlements, hand-overs, credit notes,
 * security deposits and the newest statements are booked with their sums. Empty when all is well.
 */
export async function ledgerFaults(sql: Sql, journalBefore: string, limit: number): Promise<LedgerFault[]> {
  return sql.query<LedgerFault>(FAULTS, [journalBefore, limit]);
}
