import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What should have come: field counts, potential, expectation, and the memory of the detector (docs/FIELD-COUNTS.md). */
export class Detection1700000000030 implements MigrationInterface {
  name = 'Detection1700000000030';

  async up(runner: QueryRunner): Promise<void> {
    for (const sql of [FIELD_COUNTS, CALENDAR, DETECTOR, SUSPICIONS, APPEND_ONLY]) await runner.query(sql);
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward: restore a backup instead.');
  }
}

const FIELD_COUNTS = /* sql */ `
CREATE TABLE field_count_plans (
  id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  point_id      integer NOT NULL REFERENCES points,
  planned_on    date NOT NULL,
  from_hour     integer NOT NULL CHECK (from_hour BETWEEN 0 AND 23),
  to_hour       integer NOT NULL CHECK (to_hour > from_hour AND to_hour <= 24),
  people        integer NOT NULL CHECK (people BETWEEN 1 AND 20),
  team          text NOT NULL DEFAULT '',
  reason        text NOT NULL DEFAULT '',
  created_by    text NOT NULL,
  created_at    timestamptz NOT NULL DEFAULT now(),
  cancelled_at  timestamptz,
  cancelled_by  text
);
CREATE UNIQUE INDEX field_count_plans_once ON field_count_plans (point_id, planned_on, from_hour) WHERE cancelled_at IS NULL;
CREATE INDEX field_count_plans_day ON field_count_plans (planned_on);

CREATE TABLE field_counts (
  id             text NOT NULL CHECK (length(id) BETWEEN 1 AND 100),
  revision       integer NOT NULL CHECK (revision >= 1),
  point_id       integer NOT NULL REFERENCES points,
  from_at        timestamptz NOT NULL,
  to_at          timestamptz NOT NULL,
  business_date  date NOT NULL,
  source         text NOT NULL CHECK (source IN ('officer', 'import', 'device')),
  team           text NOT NULL DEFAULT '',
  plan_id        bigint REFERENCES field_count_plans,
  classes        jsonb NOT NULL,
  note           text NOT NULL DEFAULT '',
  withdrawn      boolean NOT NULL DEFAULT false,
  reason         text NOT NULL DEFAULT '',
  record         text,
  entered_by     text NOT NULL,
  entered_at     timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (id, revision),
  CHECK (to_at > from_at AND to_at <= from_at + interval '24 hours')
);
COMMENT ON TABLE field_counts IS 'uji petik: vehicles seen at a point in a stretch of time; append-only, a correction is the next revision';
COMMENT ON COLUMN field_counts.classes IS '{"motorcycle": {"arrivals": 12, "exempt": 1, "departures": 9, "occupied": 30}}, each optional';
COMMENT ON COLUMN field_counts.record IS 'device/epoch/seq of the journal record it came with';
CREATE INDEX field_counts_point ON field_counts (point_id, business_date);
CREATE INDEX field_counts_day ON field_counts (business_date);

CREATE VIEW current_field_counts AS
SELECT f.* FROM field_counts f
 WHERE NOT f.withdrawn AND NOT EXISTS (SELECT FROM field_counts later WHERE later.id = f.id AND later.revision > f.revision);
COMMENT ON VIEW current_field_counts IS 'the last revision of each, those withdrawn left out';
`;

const CALENDAR = /* sql */ `
CREATE TABLE calendar_events (
  id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  kind         text NOT NULL CHECK (kind IN ('event', 'road-works', 'closure', 'school-holiday', 'ramadan', 'flood', 'other')),
  name         text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
  from_date    date NOT NULL,
  to_date      date NOT NULL CHECK (to_date >= from_date),
  district     text,
  point_id     integer REFERENCES points,
  created_by   text NOT NULL,
  created_at   timestamptz NOT NULL DEFAULT now(),
  withdrawn_at timestamptz,
  withdrawn_by text,
  CHECK (district IS NULL OR point_id IS NULL)
);
COMMENT ON TABLE calendar_events IS 'honest causes of unusual days: of a point, a district, or the city; public holidays are in holidays';
CREATE INDEX calendar_events_days ON calendar_events (from_date, to_date) WHERE withdrawn_at IS NULL;
`;

const DETECTOR = /* sql */ `
CREATE TABLE detector_settings (
  version                integer PRIMARY KEY CHECK (version >= 1),
  false_cases_per_week   double precision NOT NULL CHECK (false_cases_per_week > 0 AND false_cases_per_week <= 1000),
  recalibrate_every_days integer NOT NULL CHECK (recalibrate_every_days BETWEEN 1 AND 365),
  reason                 text NOT NULL DEFAULT '',
  entered_by             text NOT NULL,
  entered_at             timestamptz NOT NULL DEFAULT now()
);
INSERT INTO detector_settings (version, false_cases_per_week, recalibrate_every_days, reason, entered_by)
VALUES (1, 1, 7, 'as delivered', 'system');

CREATE TABLE detection_work (
  id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  business_date  date NOT NULL,
  reason         text NOT NULL,
  asked_at       timestamptz NOT NULL
);
COMMENT ON TABLE detection_work IS 'days that must be assessed again; written in the transaction that changed something';

CREATE TABLE detection_runs (
  id                bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  business_date     date NOT NULL,
  version           integer NOT NULL CHECK (version >= 1),
  engine_version    text NOT NULL,
  settings_version  integer NOT NULL REFERENCES detector_settings,
  input_hash        text NOT NULL,
  state_hash        text NOT NULL,
  reason            text NOT NULL,
  ran_at            timestamptz NOT NULL,
  load_ms           integer NOT NULL,
  engine_ms         integer NOT NULL,
  points            integer NOT NULL,
  suspicions        integer NOT NULL,
  notes             integer NOT NULL,
  UNIQUE (business_date, version)
);
COMMENT ON TABLE detection_runs IS 'an assessment of a business day; the same engine, settings, input and state before give the same result';

CREATE TABLE expectation_days (
  business_date  date NOT NULL,
  point_id       integer NOT NULL REFERENCES points,
  version        integer NOT NULL,
  expected       double precision,
  lower          double precision,
  upper          double precision,
  recorded       double precision,
  amount         bigint,
  amount_lower   bigint,
  amount_upper   bigint,
  score          double precision,
  notes          text[] NOT NULL DEFAULT '{}',
  hours          jsonb NOT NULL DEFAULT '[]',
  classes        jsonb NOT NULL DEFAULT '[]',
  terms          jsonb NOT NULL DEFAULT '{}',
  PRIMARY KEY (business_date, point_id, version)
);
COMMENT ON COLUMN expectation_days.expected IS 'vehicles over the hours that have data';
COMMENT ON COLUMN expectation_days.hours IS '[{"hour": 7, "expected": 12.5, "lower": 6, "upper": 21, "recorded": 11}]';
CREATE VIEW current_expectation_days AS
SELECT e.* FROM expectation_days e
  JOIN (SELECT business_date, max(version) AS version FROM detection_runs GROUP BY 1) r USING (business_date, version);

CREATE TABLE potential_days (
  business_date  date NOT NULL,
  point_id       integer NOT NULL REFERENCES points,
  basis          text NOT NULL CHECK (basis IN ('field-count', 'expectation')),
  low            bigint NOT NULL,
  mid            bigint NOT NULL,
  high           bigint NOT NULL,
  classes        jsonb NOT NULL DEFAULT '[]',
  made_at        timestamptz NOT NULL,
  PRIMARY KEY (business_date, point_id),
  CHECK (0 <= low AND low <= mid AND mid <= high)
);
COMMENT ON TABLE potential_days IS 'what a point should have earned on a day, in rupiah, with its range; what was recorded is in income_days';

CREATE TABLE detector_states (
  business_date     date PRIMARY KEY,
  engine_version    text NOT NULL,
  settings_version  integer NOT NULL,
  state             bytea NOT NULL,
  hash              text NOT NULL,
  kept_at           timestamptz NOT NULL
);
COMMENT ON TABLE detector_states IS 'the memory of the detector after a day (gzip of JSON), so that a late record re-opens from the day before it';

CREATE TABLE detection_notes (
  id             text PRIMARY KEY,
  kind           text NOT NULL CHECK (kind IN ('maintenance', 'calendar', 'data')),
  pattern        text NOT NULL,
  point_id       integer REFERENCES points,
  device_no      integer REFERENCES devices,
  from_date      date NOT NULL,
  to_date        date NOT NULL,
  text_id        text NOT NULL,
  text_en        text NOT NULL,
  evidence       jsonb NOT NULL DEFAULT '[]',
  first_seen_at  timestamptz NOT NULL,
  last_seen_at   timestamptz NOT NULL,
  closed_at      timestamptz,
  closed_by      text
);
COMMENT ON TABLE detection_notes IS 'honest causes: a broken device is a maintenance ticket, a closed street a calendar note; never a case';
CREATE INDEX detection_notes_day ON detection_notes (to_date);

CREATE TABLE detector_calibrations (
  id                bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  calibrated_at     timestamptz NOT NULL,
  engine_version    text NOT NULL,
  settings_version  integer NOT NULL REFERENCES detector_settings,
  from_date         date NOT NULL,
  to_date           date NOT NULL,
  threshold         double precision,
  figures           jsonb NOT NULL
);
COMMENT ON TABLE detector_calibrations IS 'how good the detector is on the city''s own data: achieved false-case rate, recall by replanted theft';
`;

const SUSPICIONS = /* sql */ `
ALTER TABLE suspicions
  ADD COLUMN subject_kind text NOT NULL DEFAULT 'point',
  ADD COLUMN subject_id text NOT NULL DEFAULT '',
  ADD COLUMN business_date date,
  ADD COLUMN engine_version text NOT NULL DEFAULT '',
  ADD COLUMN settings_version integer NOT NULL DEFAULT 1;
CREATE INDEX suspicions_case ON suspicions (case_id);
CREATE INDEX suspicions_point ON suspicions (point_id, to_date);
`;

const APPEND_ONLY = /* sql */ `
DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['field_counts', 'detector_settings', 'detection_runs', 'expectation_days', 'detector_calibrations']
  LOOP
    EXECUTE format('CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON %I
      FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', name);
  END LOOP;
END $$;
`;
