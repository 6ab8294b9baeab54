import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Days on which a point was watched, and by how much they lift what the past lets expect. */
export class ControlDays1700000000056 implements MigrationInterface {
  name = 'ControlDays1700000000056';

  async up(runner: QueryRunner): Promise<void> {
    for (const sql of [WATCHED, FACTOR]) await runner.query(sql);
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward: restore a backup instead.');
  }
}

const WATCHED = /* sql */ `
ALTER TABLE expectation_days ADD COLUMN supervised boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN expectation_days.supervised IS 'somebody counted nearly all day: a control day';
CREATE OR REPLACE VIEW current_expectation_days AS
SELECT e.* FROM expectation_days e
  JOIN (SELECT business_date, max(version) AS version FROM detection_runs GROUP BY 1) r USING (business_date, version);
CREATE INDEX expectation_days_supervised ON expectation_days (business_date) WHERE supervised;
`;

const FACTOR = /* sql */ `
ALTER TABLE potential_days ADD COLUMN control_factor double precision NOT NULL DEFAULT 1 CHECK (control_factor >= 1);
COMMENT ON COLUMN potential_days.control_factor IS 'by how much control days lifted an expectation; it is in low, mid and high';
`;
