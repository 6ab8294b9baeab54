import { defaultRules, type RuleBook } from '@app/reconciliation';
import { ConflictError } from '@app/registry';
import type { BusinessDate } from '@app/kernel';
import type { Sql } from '../database.js';
import type { ListQuery } from '../lists.js';
import { INSTANT } from '../registry/sql-parts.js';
import type { WriteTx } from '../writes.js';
import { askReconciledDays } from './work.js';

/** The rule book in force: the newest one, or the one to begin with. */
export async function currentRules(sql: Sql): Promise<RuleBook> {
  const [row] = await sql.query<{ rules: RuleBook }>(
    'SELECT rules FROM rule_books ORDER BY entered_at DESC, version DESC LIMIT 1',
  );
  return row?.rules ?? defaultRules;
}

export interface RuleBookRow {
  version: string;
  /** The one that days are reconciled by from now on. */
  inForce: boolean;
  rules: RuleBook;
  enteredBy: string;
  /** null for the one to begin with, which nobody entered. */
  enteredAt: string | null;
}

/** Every rule book there was, the one in force first. */
export function ruleBooksQuery(): ListQuery<RuleBookRow> {
  return {
    text: `SELECT b.version, row_number() OVER (ORDER BY b.entered_at DESC NULLS LAST, b.version DESC) = 1 AS "inForce",
        b.rules, b.entered_by AS "enteredBy", ${INSTANT('b.entered_at')} AS "enteredAt"
      FROM (SELECT version, rules, entered_by, entered_at FROM rule_books
            UNION ALL SELECT $1, $2::jsonb, '', NULL) b`,
    values: [defaultRules.version, JSON.stringify(defaultRules)],
    orderBy: '"enteredAt" DESC NULLS LAST, version DESC',
  };
}

/**
 * Puts a new version in force. Days already reconciled keep theirs until they are looked at again: those from
 * `lookAgainFrom` on are asked for at once.
 * @throws ConflictError
 */
export async function enterRules(
  tx: WriteTx,
  rules: RuleBook,
  again?: { from: BusinessDate; nowMs: number },
): Promise<void> {
  const taken = rules.version === defaultRules.version;
  const added = taken
    ? []
    : await tx.query(
        'INSERT INTO rule_books (version, rules, entered_by) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING RETURNING 1',
        [rules.version, JSON.stringify(rules), tx.actor.username],
      );
  if (added.length === 0)
    throw new ConflictError(`A rule book of version ${rules.version} exists.`, 'Give it a new version.', 'version');
  if (again) await askReconciledDays(tx, { from: again.from }, again.nowMs);
  await tx.audit('rule-book.enter', rules.version, { rules, ...(again && { lookAgainFrom: again.from }) });
}
