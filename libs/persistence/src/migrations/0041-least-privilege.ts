import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What lets each process work with the rights that it needs and no more (grants.ts, docs/SECURITY.md). */
export class LeastPrivilege1700000000041 implements MigrationInterface {
  name = 'LeastPrivilege1700000000041';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(OWNERS_RIGHTS);
    await runner.query(REPROCESSING);
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward: restore a backup instead.');
  }
}

/** Run with the rights of the tables' owner, whoever causes them. */
const OWNERS_RIGHTS = /* sql */ `
ALTER FUNCTION bump_registry_version() SECURITY DEFINER SET search_path = public, pg_temp;
ALTER FUNCTION ensure_journal_partition(date) SECURITY DEFINER SET search_path = public, pg_temp;
`;

/** The API may not write the journal: it asks the gateway to take quarantined bytes again. */
const REPROCESSING = /* sql */ `
CREATE TABLE reprocess_requests (
  id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  quarantine_id  bigint NOT NULL REFERENCES quarantine,
  requested_at   timestamptz NOT NULL DEFAULT now(),
  answered_at    timestamptz,
  answer         jsonb
);
CREATE INDEX reprocess_requests_open ON reprocess_requests (id) WHERE answered_at IS NULL;
`;
