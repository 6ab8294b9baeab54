import { createHash } from 'node:crypto';
import type { Sql } from './database.js';

const ENTRIES_MAX = 5_000;

/** One entry of the audit log as it was hashed: all that is needed to verify it anywhere. */
export interface ChainedEntry {
  readonly n: number;
  readonly auditId: number;
  /** The entry as JSON; null when it is gone. */
  readonly text: string | null;
  /** Hex. */
  readonly hash: string;
}

/** A place of the chain: note it down elsewhere, and nobody can rewrite what lies before it unseen. */
export interface ChainHead {
  readonly n: number;
  readonly hash: string;
}

export interface ChainFault {
  readonly n: number;
  readonly fault: string;
}

export interface ChainVerdict {
  readonly entries: number;
  readonly head: ChainHead;
  readonly faults: readonly ChainFault[];
}

const BEGINNING: ChainHead = { n: 0, hash: '' };

/** The chain from its beginning, in pages. Does not lean on the function that made it. */
export async function* readAuditChain(sql: Sql): AsyncGenerator<ChainedEntry> {
  for (let last = 0; ;) {
    const page = await sql.query<ChainedEntry>(
      `SELECT c.n, c.audit_id AS "auditId", encode(c.hash, 'hex') AS hash,
         CASE WHEN a.id IS NOT NULL THEN jsonb_build_array(a.id, (extract(epoch FROM a.at) * 1000000)::bigint, a.actor,
           a.action, a.subject, a.detail, a.address)::text END AS text
       FROM audit_chain c LEFT JOIN audit_log a ON a.id = c.audit_id WHERE c.n > $1 ORDER BY c.n LIMIT $2`,
      [last, ENTRIES_MAX],
    );
    yield* page;
    if (page.length < ENTRIES_MAX) return;
    last = page.at(-1)!.n;
  }
}

/** Verifies entries in order; each fault is named once. @param anchor a head that was noted down earlier */
export async function verifyChain(
  entries: AsyncIterable<ChainedEntry> | Iterable<ChainedEntry>,
  anchor?: ChainHead,
): Promise<ChainVerdict> {
  const faults: ChainFault[] = [];
  let head = BEGINNING;
  let count = 0;
  let anchored = anchor === undefined;
  for await (const { n, text, hash } of entries) {
    count++;
    if (n !== head.n + 1) faults.push({ n, fault: `links ${head.n + 1} to ${n - 1} are missing` });
    else if (text === null) faults.push({ n, fault: 'its entry is gone' });
    else if (linkHash(head.hash, text) !== hash)
      faults.push({ n, fault: 'its entry was changed, or a link before it' });
    head = { n, hash };
    if (n === anchor?.n) {
      anchored = true;
      if (hash !== anchor.hash) faults.push({ n, fault: 'is not what was noted down: the chain was written anew' });
    }
  }
  if (!anchored) faults.push({ n: anchor!.n, fault: 'was noted down and is gone: the end was cut off' });
  return { entries: count, head, faults };
}

function linkHash(before: string, text: string): string {
  return createHash('sha256').update(Buffer.from(before, 'hex')).update(text).digest('hex');
}

/** Verifies the whole audit log, and that no entry stands outside the chain. */
export async function verifyAuditLog(sql: Sql, anchor?: ChainHead): Promise<ChainVerdict> {
  const verdict = await verifyChain(readAuditChain(sql), anchor);
  const [row] = await sql.query<{ count: number }>(
    'SELECT count(*) AS count FROM audit_log a WHERE NOT EXISTS (SELECT 1 FROM audit_chain c WHERE c.audit_id = a.id)',
  );
  if (row!.count === 0) return verdict;
  const fault = { n: verdict.head.n, fault: `${row!.count} entries of the audit log are in no link` };
  return { ...verdict, faults: [...verdict.faults, fault] };
}

/** The newest link. */
export async function auditHead(sql: Sql): Promise<ChainHead> {
  const [head] = await sql.query<ChainHead>(
    `SELECT n, encode(hash, 'hex') AS hash FROM audit_chain ORDER BY n DESC LIMIT 1`,
  );
  return head ?? BEGINNING;
}
