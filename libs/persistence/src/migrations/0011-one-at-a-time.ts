import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Of what can be only one at a time the database itself refuses a second: the operator of a point, the hours of a
 * point, the point of a device. (A range of one integer stands for equality, which GiST otherwise needs an extension
 * for.)
 */
export class OneAtATime1700000000011 implements MigrationInterface {
  name = 'OneAtATime1700000000011';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(CONSTRAINTS);
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward: restore a backup instead.');
  }
}

const CONSTRAINTS = /* sql */ `
ALTER TABLE point_operators ADD CONSTRAINT one_operator_at_a_time
  EXCLUDE USING gist (int4range(point_id, point_id, '[]') WITH &&, daterange(valid_from, valid_to) WITH &&);
ALTER TABLE point_hours ADD CONSTRAINT one_timetable_at_a_time
  EXCLUDE USING gist (int4range(point_id, point_id, '[]') WITH &&, daterange(valid_from, valid_to) WITH &&);
ALTER TABLE device_assignments ADD CONSTRAINT one_point_at_a_time
  EXCLUDE USING gist (int4range(device_no, device_no, '[]') WITH &&, tstzrange(valid_from, valid_to) WITH &&);
CREATE INDEX audit_log_at ON audit_log (at);
CREATE INDEX audit_log_actor ON audit_log (actor, id);
`;
