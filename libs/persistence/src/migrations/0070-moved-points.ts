import type { MigrationInterface, QueryRunner } from 'typeorm';

/** One more kind of calendar events: a point that stands somewhere else from a day on. */
export class MovedPoints1700000000070 implements MigrationInterface {
  name = 'MovedPoints1700000000070';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE calendar_events DROP CONSTRAINT calendar_events_kind_check');
    await runner.query(
      `ALTER TABLE calendar_events ADD CONSTRAINT calendar_events_kind_check CHECK (kind IN
         ('event', 'road-works', 'closure', 'school-holiday', 'ramadan', 'flood', 'rain', 'ordinary', 'moved', 'other'))`,
    );
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward: restore a backup instead.');
  }
}
