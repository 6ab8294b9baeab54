import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Work that is written down for others carries the trace of what wrote it. */
export class Traces1700000000051 implements MigrationInterface {
  name = 'Traces1700000000051';

  async up(runner: QueryRunner): Promise<void> {
    for (const table of ['outbox', 'book_work']) {
      await runner.query(`ALTER TABLE ${table} ADD COLUMN trace text`);
      await runner.query(
        `COMMENT ON COLUMN ${table}.trace IS 'W3C traceparent of what wrote it; null when nobody follows it'`,
      );
    }
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward: restore a backup instead.');
  }
}
