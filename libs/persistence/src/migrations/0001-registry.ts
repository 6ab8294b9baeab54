import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The registry: what was in force when. Everything that the city may change is effective-dated:
 * `valid_from` inclusive, `valid_to` exclusive, null = open end.
 */
export class Registry1700000000001 implements MigrationInterface {
  name = 'Registry1700000000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
    await runner.query(VERSION);
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward: restore a backup instead.');
  }
}

const TABLES = /* sql */ `
CREATE TABLE operators (
  code        text PRIMARY KEY CHECK (code ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$'),
  name        text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
  contact     text NOT NULL DEFAULT '',
  created_at  timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE operator_contracts (
  id                    bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  number                text NOT NULL UNIQUE,
  operator_code         text NOT NULL REFERENCES operators,
  street_class          text,
  city_share_bp         integer NOT NULL CHECK (city_share_bp BETWEEN 0 AND 10000),
  attendant_share_bp    integer NOT NULL CHECK (attendant_share_bp BETWEEN 0 AND 10000),
  operator_share_bp     integer NOT NULL CHECK (operator_share_bp BETWEEN 0 AND 10000),
  daily_minimum_deposit bigint NOT NULL DEFAULT 0 CHECK (daily_minimum_deposit >= 0),
  security_deposit      bigint NOT NULL DEFAULT 0 CHECK (security_deposit >= 0),
  valid_from            date NOT NULL,
  valid_to              date CHECK (valid_to > valid_from),
  created_at            timestamptz NOT NULL DEFAULT now(),
  CHECK (city_share_bp + attendant_share_bp + operator_share_bp = 10000)
);

CREATE TABLE points (
  id                  integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  code                text NOT NULL UNIQUE CHECK (code ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$'),
  name                text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
  street              text NOT NULL DEFAULT '',
  district            text NOT NULL DEFAULT '',
  subdistrict         text NOT NULL DEFAULT '',
  street_class        text,
  latitude_microdeg   integer CHECK (latitude_microdeg BETWEEN -90000000 AND 90000000),
  longitude_microdeg  integer CHECK (longitude_microdeg BETWEEN -180000000 AND 180000000),
  coordinates_source  text NOT NULL DEFAULT 'none' CHECK (coordinates_source IN ('none', 'illustrative', 'surveyed')),
  geofence_radius_m   integer CHECK (geofence_radius_m BETWEEN 10 AND 10000),
  spaces              jsonb NOT NULL DEFAULT '{}',
  created_at          timestamptz NOT NULL DEFAULT now(),
  closed_at           timestamptz
);
COMMENT ON COLUMN points.spaces IS 'parking spaces (SRP) per vehicle class: {"motorcycle": 40, "car": 12}';

CREATE TABLE point_hours (
  id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  point_id    integer NOT NULL REFERENCES points,
  hours       jsonb NOT NULL,
  valid_from  date NOT NULL,
  valid_to    date CHECK (valid_to > valid_from),
  UNIQUE (point_id, valid_from)
);
COMMENT ON COLUMN point_hours.hours IS
  'minutes since midnight Asia/Jakarta per weekday, 0 = Sunday: {"0": [420, 1320], ...}; a missing weekday is closed; an end before its start runs past midnight';

CREATE TABLE point_operators (
  id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  point_id       integer NOT NULL REFERENCES points,
  operator_code  text NOT NULL REFERENCES operators,
  contract_id    bigint REFERENCES operator_contracts,
  valid_from     date NOT NULL,
  valid_to       date CHECK (valid_to > valid_from),
  UNIQUE (point_id, valid_from)
);
CREATE INDEX point_operators_operator ON point_operators (operator_code);

CREATE TABLE tariffs (
  id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  code           text NOT NULL UNIQUE CHECK (length(code) BETWEEN 1 AND 64),
  vehicle_class  text NOT NULL CHECK (vehicle_class IN ('motorcycle', 'car', 'minibus', 'truck', 'trailer')),
  street_class   text,
  point_id       integer REFERENCES points,
  kind           text NOT NULL DEFAULT 'flat' CHECK (kind IN ('flat', 'progressive')),
  amount         bigint NOT NULL CHECK (amount BETWEEN 0 AND 10000000),
  rule           jsonb,
  legal_basis    text NOT NULL DEFAULT '',
  valid_from     timestamptz NOT NULL,
  valid_to       timestamptz CHECK (valid_to > valid_from),
  created_at     timestamptz NOT NULL DEFAULT now(),
  CHECK ((kind = 'progressive') = (rule IS NOT NULL))
);
COMMENT ON TABLE tariffs IS 'the most specific tariff in force applies: of the point, else of its street class, else of the city';
COMMENT ON COLUMN tariffs.rule IS
  'progressive: {"firstMinutes": 60, "stepMinutes": 60, "stepAmount": 2000, "maxAmount": 20000}; amount is the first period';

CREATE TABLE attendants (
  code           text PRIMARY KEY CHECK (length(code) BETWEEN 1 AND 64),
  name           text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
  badge_number   text NOT NULL UNIQUE,
  operator_code  text REFERENCES operators,
  status         text NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'withdrawn')),
  created_at     timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE attendant_assignments (
  id                bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  attendant_code    text NOT NULL REFERENCES attendants,
  point_id          integer NOT NULL REFERENCES points,
  assignment_order  text NOT NULL DEFAULT '',
  valid_from        timestamptz NOT NULL,
  valid_to          timestamptz CHECK (valid_to > valid_from)
);
CREATE INDEX attendant_assignments_point ON attendant_assignments (point_id);
CREATE INDEX attendant_assignments_attendant ON attendant_assignments (attendant_code);

CREATE TABLE devices (
  device_no      integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  device_id      text NOT NULL UNIQUE CHECK (device_id ~ '^[a-z0-9][a-z0-9-]{2,31}$'),
  kind           text NOT NULL CHECK (kind IN ('handheld', 'meter')),
  model          text NOT NULL DEFAULT '',
  status         text NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'revoked')),
  locked         boolean NOT NULL DEFAULT false,
  epoch          bigint NOT NULL DEFAULT 1 CHECK (epoch >= 1),
  registered_at  timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE device_epochs (
  device_no            integer NOT NULL REFERENCES devices,
  epoch                bigint NOT NULL,
  password_hash        bytea NOT NULL,
  journal_key_sealed   bytea,
  public_key           bytea,
  created_at           timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (device_no, epoch),
  CHECK ((journal_key_sealed IS NULL) <> (public_key IS NULL))
);
COMMENT ON COLUMN device_epochs.password_hash IS 'SHA-256 of the 256-bit random MQTT password: too long to guess, so a slow hash would add nothing';
COMMENT ON COLUMN device_epochs.journal_key_sealed IS 'AES-256-GCM under the sealing key, which is kept outside the database';

CREATE TABLE device_assignments (
  id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  device_no   integer NOT NULL REFERENCES devices,
  point_id    integer NOT NULL REFERENCES points,
  valid_from  timestamptz NOT NULL,
  valid_to    timestamptz CHECK (valid_to > valid_from),
  UNIQUE (device_no, valid_from)
);
CREATE INDEX device_assignments_point ON device_assignments (point_id);

CREATE TABLE subscriptions (
  id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  plate_hash     bytea NOT NULL,
  vehicle_class  text NOT NULL,
  valid_from     date NOT NULL,
  valid_to       date NOT NULL CHECK (valid_to > valid_from),
  UNIQUE (plate_hash, valid_from)
);
COMMENT ON COLUMN subscriptions.plate_hash IS 'HMAC-SHA-256 of the normalised plate under a key derived from the sealing key';

CREATE TABLE free_zones (
  id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  point_id    integer NOT NULL REFERENCES points,
  basis       text NOT NULL DEFAULT '',
  valid_from  timestamptz NOT NULL,
  valid_to    timestamptz CHECK (valid_to > valid_from)
);

CREATE TABLE users (
  id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  username       text NOT NULL UNIQUE CHECK (username ~ '^[a-z0-9][a-z0-9._-]{1,63}$'),
  display_name   text NOT NULL DEFAULT '',
  password_hash  text NOT NULL,
  role           text NOT NULL CHECK (role IN ('administrator', 'revenue-officer', 'operator-clerk', 'auditor')),
  operator_code  text REFERENCES operators,
  disabled_at    timestamptz,
  created_at     timestamptz NOT NULL DEFAULT now(),
  CHECK ((role = 'operator-clerk') = (operator_code IS NOT NULL))
);

CREATE TABLE sessions (
  token_hash    bytea PRIMARY KEY,
  user_id       bigint NOT NULL REFERENCES users,
  created_at    timestamptz NOT NULL DEFAULT now(),
  last_seen_at  timestamptz NOT NULL DEFAULT now(),
  expires_at    timestamptz NOT NULL,
  address       text NOT NULL DEFAULT '',
  user_agent    text NOT NULL DEFAULT ''
);
CREATE INDEX sessions_user ON sessions (user_id);

CREATE TABLE audit_log (
  id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at       timestamptz NOT NULL DEFAULT now(),
  actor    text NOT NULL,
  action   text NOT NULL,
  subject  text NOT NULL,
  detail   jsonb NOT NULL DEFAULT '{}',
  address  text NOT NULL DEFAULT ''
);
CREATE INDEX audit_log_subject ON audit_log (subject, id);
`;

/** The gateway keeps the registry in memory; each batch compares this number, so a change counts from the next batch on. */
const VERSION = /* sql */ `
CREATE TABLE registry_version (
  one      boolean PRIMARY KEY DEFAULT true CHECK (one),
  version  bigint NOT NULL
);
INSERT INTO registry_version (version) VALUES (1);

CREATE FUNCTION bump_registry_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE registry_version SET version = version + 1;
  PERFORM pg_notify('eparking_registry', '');
  RETURN NULL;
END $$;

DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['operators', 'points', 'point_hours', 'point_operators', 'tariffs', 'attendants',
    'attendant_assignments', 'devices', 'device_epochs', 'device_assignments', 'subscriptions', 'free_zones']
  LOOP
    EXECUTE format('CREATE TRIGGER bump_registry_version AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON %I
      FOR EACH STATEMENT EXECUTE FUNCTION bump_registry_version()', name);
  END LOOP;
END $$;

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only: write a correcting row instead', TG_TABLE_NAME USING ERRCODE = 'raise_exception';
END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_log
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
`;
