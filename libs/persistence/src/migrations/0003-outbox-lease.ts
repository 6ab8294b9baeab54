import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the relay needs to take an outbox row without ever making a writer wait for the job queue. */
export class OutboxLease1700000000003 implements MigrationInterface {
  name = 'OutboxLease1700000000003';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(LEASE);
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward: restore a backup instead.');
  }
}

const LEASE = /* sql */ `
ALTER TABLE outbox
  ADD COLUMN version bigint NOT NULL DEFAULT 1,
  ADD COLUMN taken_until timestamptz;
ALTER TABLE outbox SET (fillfactor = 50);
COMMENT ON COLUMN outbox.version IS
  'grows with every write: a writer uses ON CONFLICT (topic, key) DO UPDATE SET version = outbox.version + 1, never DO NOTHING, which would let a job run before the writer commits and lose the change';
COMMENT ON COLUMN outbox.taken_until IS 'a relay holds the row until then; a relay that dies lets it go by itself';
`;
