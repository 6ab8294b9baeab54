import { incomeDifferences, journalFaults } from '../income-audit.js';
import { verifyAuditLog, type ChainHead } from '../audit-chain.js';
import type { Database } from '../database.js';
import { ledgerFaults } from '../money/ledger-check.js';
import { roadDifferences } from '../money/road.js';

/** What a database says of itself: its totals, and everything in it that contradicts something else. */
export interface Proof {
  readonly totals: Readonly<Record<string, number>>;
  readonly auditHead: ChainHead;
  /** In words; empty when all is well. */
  readonly faults: readonly string[];
}

const FAULTS_MAX = 20;
const EVER = { from: '2000-01-01', to: '2999-12-31' };

/** Rupiah and counts that must be the same before a backup and after its restore. */
const TOTALS = /* sql */ `
SELECT (SELECT count(*) FROM journal_records) AS "journal records",
       (SELECT coalesce(sum(amount), 0)::bigint FROM income_days) AS "income (rupiah)",
       (SELECT count(*) FROM ledger_entries) AS "ledger entries",
       (SELECT coalesce(sum(amount), 0)::bigint FROM ledger_lines WHERE amount > 0) AS "ledger turnover (rupiah)",
       (SELECT count(*) FROM settlement_rows) AS "settlement rows",
       (SELECT count(*) FROM cases) AS cases`;

/** Holds roll-ups against the journal, the journal's books against its records, the ledger and the audit chain. */
export async function proveDatabase(database: Database, journalBefore: string): Promise<Proof> {
  const [totals] = await database.query<Record<string, number>>(TOTALS);
  const audit = await verifyAuditLog(database);
  const found: unknown[] = [
    ...(await journalFaults(database, FAULTS_MAX)),
    ...(await incomeDifferences(database, EVER, FAULTS_MAX)),
    ...(await roadDifferences(database, EVER, FAULTS_MAX)),
    ...(await ledgerFaults(database, journalBefore, FAULTS_MAX)),
    ...audit.faults.slice(0, FAULTS_MAX),
  ];
  return { totals: totals!, auditHead: audit.head, faults: found.map((fault) => JSON.stringify(fault)) };
}
