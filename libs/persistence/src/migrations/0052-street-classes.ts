import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The class of a point's street holds from a day on: past months keep the class of their day. */
export class StreetClasses1700000000052 implements MigrationInterface {
  name = 'StreetClasses1700000000052';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(CLASSES);
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward: restore a backup instead.');
  }
}

/** The column stays for processes of the version before; a later migration drops it. */
const CLASSES = /* sql */ `
CREATE TABLE point_street_classes (
  id            integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  point_id      integer NOT NULL REFERENCES points,
  street_class  text NOT NULL,
  valid_from    date NOT NULL,
  valid_to      date CHECK (valid_to > valid_from),
  CONSTRAINT one_street_class_at_a_time
    EXCLUDE USING gist (int4range(point_id, point_id, '[]') WITH &&, daterange(valid_from, valid_to) WITH &&)
);
COMMENT ON TABLE point_street_classes IS 'class of the street at a point, by business day; no row: no class';
INSERT INTO point_street_classes (point_id, street_class, valid_from)
  SELECT id, street_class, '2000-01-01' FROM points WHERE street_class IS NOT NULL;
COMMENT ON COLUMN points.street_class IS 'no longer read: see point_street_classes';
CREATE TRIGGER bump_registry_version AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON point_street_classes
  FOR EACH STATEMENT EXECUTE FUNCTION bump_registry_version();
`;
