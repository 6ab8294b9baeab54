import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the detector is measured by: its own scores day by day, and recall by planted theft month by month. */
export class DetectorMeasured1700000000064 implements MigrationInterface {
  name = 'DetectorMeasured1700000000064';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(REPLANTS);
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward: restore a backup instead.');
  }
}

const REPLANTS = /* sql */ `
CREATE TABLE detector_replants (
  id                bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  month             date NOT NULL CHECK (extract(day FROM month) = 1),
  engine_version    text NOT NULL,
  settings_version  integer NOT NULL REFERENCES detector_settings,
  from_date         date NOT NULL,
  to_date           date NOT NULL CHECK (to_date >= from_date),
  made_at           timestamptz NOT NULL,
  took_ms           integer NOT NULL,
  recall            jsonb NOT NULL,
  UNIQUE (month, engine_version, settings_version)
);
COMMENT ON TABLE detector_replants IS 'recall by planted theft: copies of recorded days with thefts in them, through the same engine';
COMMENT ON COLUMN detector_replants.recall IS '[{"pattern", "share", "planted", "found", "named", "medianDays"}]';
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON detector_replants
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
`;
