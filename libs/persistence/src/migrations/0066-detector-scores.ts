import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The highest reading of each point and day: the city's own past, out of which its thresholds are learned. */
export class DetectorScores1700000000066 implements MigrationInterface {
  name = 'DetectorScores1700000000066';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(SCORES);
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward: restore a backup instead.');
  }
}

const SCORES = /* sql */ `
CREATE TABLE detector_scores (
  business_date   date NOT NULL,
  point_id        integer NOT NULL REFERENCES points,
  engine_version  text NOT NULL,
  score           double precision NOT NULL,
  pattern         text NOT NULL,
  PRIMARY KEY (business_date, point_id)
);
COMMENT ON TABLE detector_scores IS 'highest fused evidence (nats) of a point''s day by its last assessment; half a year is kept';
`;
