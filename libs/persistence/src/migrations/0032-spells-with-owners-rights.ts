import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The gateway, which may not write spells itself, causes them by writing presence. */
export class SpellsWithOwnersRights1700000000032 implements MigrationInterface {
  name = 'SpellsWithOwnersRights1700000000032';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER FUNCTION note_device_spell() SECURITY DEFINER SET search_path = public, pg_temp');
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward: restore a backup instead.');
  }
}
