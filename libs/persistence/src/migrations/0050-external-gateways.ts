import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Gateways behind a broker of others share its terminals among themselves, so they must know each other. */
export class ExternalGateways1700000000050 implements MigrationInterface {
  name = 'ExternalGateways1700000000050';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE gateway_instances ADD COLUMN behind_broker boolean NOT NULL DEFAULT false');
    await runner.query(
      `COMMENT ON COLUMN gateway_instances.behind_broker IS
         'takes messages from a broker of others and answers for its share of the terminals there'`,
    );
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward: restore a backup instead.');
  }
}
