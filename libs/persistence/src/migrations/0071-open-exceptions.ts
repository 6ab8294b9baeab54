import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Those who watch live are told how many exceptions stand open, every few seconds: of years of them few do. */
export class OpenExceptions1700000000071 implements MigrationInterface {
  name = 'OpenExceptions1700000000071';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE INDEX exceptions_open ON exceptions (state) WHERE state <> 'resolved'`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward: restore a backup instead.');
  }
}
