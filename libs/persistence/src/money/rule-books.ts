import { defaultRules, type RuleBook } from '@app/reconciliation';
import { ConflictError } from '@app/registry';
import type { Sql } from '../database.js';
import type { WriteTx } from '../writes.js';

/** The rule book in force: the newest one, or the one to begin with. */
export async function currentRules(sql: Sql): Promise<RuleBook> {
  const [row] = await sql.query<{ rules: RuleBook }>(
    'SELECT rules FROM rule_books ORDER BY entered_at DESC, version DESC LIMIT 1',
  );
  return row?.rules ?? defaultRules;
}

/** Puts a new version in force. Days already reconciled keep theirs until they are looked at again. @throws ConflictError */
export async function enterRules(tx: WriteTx, rules: RuleBook): Promise<void> {
  const taken = rules.version === defaultRules.version;
  const added = taken
    ? []
    : await tx.query(
        'INSERT INTO rule_books (version, rules, entered_by) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING RETURNING 1',
        [rules.version, JSON.stringify(rules), tx.actor.username],
      );
  if (added.length === 0)
    throw new ConflictError(`A rule book of version ${rules.version} exists.`, 'Give it a new version.', 'version');
  await tx.audit('rule-book.enter', rules.version, rules);
}
