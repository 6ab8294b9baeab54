import { createHash } from 'node:crypto';

/** Fields of a record's body that name or may lead to a person. */
const PERSONAL_FIELDS = ['plate'] as const;

/**
 * A record's canonical text without its personal data; undefined when there is none in it. What the MAC was made over
 * is gone then, so the SHA-256 of the original text stays in its place: who still has the record can prove it.
 */
export function redactRecord(record: string): string | undefined {
  const parsed = JSON.parse(record) as { body?: unknown; redacted?: unknown };
  const { body } = parsed;
  if (parsed.redacted !== undefined || typeof body !== 'object' || body === null) return undefined;
  const personal = PERSONAL_FIELDS.filter((field) => field in body);
  if (personal.length === 0) return undefined;
  for (const field of personal) delete (body as Record<string, unknown>)[field];
  const redacted = { fields: personal, sha256: createHash('sha256').update(record).digest('base64url') };
  return JSON.stringify({ ...parsed, redacted });
}
