import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The outbox is filled and emptied all day: vacuum it by count, not by its share of a size it never reaches. */
export class OutboxUpkeep1700000000003 implements MigrationInterface {
  name = 'OutboxUpkeep1700000000003';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(UPKEEP);
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward: restore a backup instead.');
  }
}

const UPKEEP = /* sql */ `
ALTER TABLE outbox SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000,
  autovacuum_vacuum_insert_scale_factor = 0, autovacuum_vacuum_insert_threshold = 20000,
  autovacuum_analyze_scale_factor = 0, autovacuum_analyze_threshold = 20000);
`;
