import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Two more kinds of calendar events: a rainy day of the city, and a day of the national table that is ordinary here. */
export class CalendarKinds1700000000055 implements MigrationInterface {
  name = 'CalendarKinds1700000000055';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE calendar_events DROP CONSTRAINT calendar_events_kind_check');
    await runner.query(
      `ALTER TABLE calendar_events ADD CONSTRAINT calendar_events_kind_check CHECK (kind IN
         ('event', 'road-works', 'closure', 'school-holiday', 'ramadan', 'flood', 'rain', 'ordinary', 'other'))`,
    );
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward: restore a backup instead.');
  }
}
