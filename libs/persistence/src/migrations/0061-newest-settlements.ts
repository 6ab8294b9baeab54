import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The newest settlement lines in the order in which they are listed: a day of them is thousands to sort. */
export class NewestSettlements1700000000061 implements MigrationInterface {
  name = 'NewestSettlements1700000000061';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE INDEX settlement_rows_newest ON settlement_rows (business_date DESC, key)');
    await runner.query('DROP INDEX settlement_rows_day');
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward: restore a backup instead.');
  }
}
