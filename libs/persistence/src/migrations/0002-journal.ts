import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The journal and everything the ingest transaction writes beside it. */
export class Journal1700000000002 implements MigrationInterface {
  name = 'Journal1700000000002';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(JOURNAL);
    await runner.query(PARTITIONS);
    await runner.query(AROUND);
    await runner.query(INCOME);
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward: restore a backup instead.');
  }
}

const JOURNAL = /* sql */ `
CREATE TABLE journal_records (
  device_no      integer NOT NULL,
  epoch          bigint NOT NULL,
  seq            bigint NOT NULL,
  received_at    timestamptz NOT NULL,
  at             timestamptz NOT NULL,
  business_date  date NOT NULL,
  point_id       integer NOT NULL,
  type           text NOT NULL,
  body_fault     text,
  vehicle_class  text,
  method         text,
  amount         bigint,
  attendant      text,
  shift          text,
  flags          text[],
  record         text NOT NULL
) PARTITION BY RANGE (received_at);
COMMENT ON TABLE journal_records IS 'append-only; partitioned by the month of receipt, so a clock gone wrong cannot reach an old partition';
COMMENT ON COLUMN journal_records.body_fault IS 'an authentic record with a bad body: fills its place in the sequence, counts for nothing until reprocessed';
COMMENT ON COLUMN journal_records.record IS 'the whole record in canonical form (RFC 8785), mac included';

CREATE TABLE journal_conflicts (
  device_no    integer NOT NULL,
  epoch        bigint NOT NULL,
  seq          bigint NOT NULL,
  mac          text NOT NULL,
  received_at  timestamptz NOT NULL,
  record       text NOT NULL,
  PRIMARY KEY (device_no, epoch, seq, mac)
);

CREATE TABLE journal_flags (
  device_no  integer NOT NULL,
  epoch      bigint NOT NULL,
  seq        bigint NOT NULL,
  flag       text NOT NULL,
  flagged_at timestamptz NOT NULL,
  PRIMARY KEY (device_no, epoch, seq, flag)
);
COMMENT ON TABLE journal_flags IS 'flags that became known after the record was accepted';

CREATE TABLE journal_reprocessed (
  device_no      integer NOT NULL,
  epoch          bigint NOT NULL,
  seq            bigint NOT NULL,
  reprocessed_at timestamptz NOT NULL,
  vehicle_class  text,
  method         text,
  amount         bigint,
  attendant      text,
  shift          text,
  PRIMARY KEY (device_no, epoch, seq)
);
COMMENT ON TABLE journal_reprocessed IS 'records with a bad body that count since a fix; the journal row itself stays as it was';

CREATE TABLE journal_heads (
  device_no       integer NOT NULL,
  epoch           bigint NOT NULL,
  max_seq         bigint NOT NULL,
  tail_mac        text NOT NULL,
  last_record_at  timestamptz NOT NULL,
  PRIMARY KEY (device_no, epoch)
);
COMMENT ON COLUMN journal_heads.tail_mac IS 'mac of the record at max_seq: the predecessor the next one must name';

CREATE TABLE journal_writers (
  device_no  integer PRIMARY KEY,
  version    bigint NOT NULL
);
COMMENT ON TABLE journal_writers IS 'optimistic lock per device: a gateway that decided on an old state of the device cannot commit';

CREATE FUNCTION refuse_stale() RETURNS integer LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'decided on a stale state: read it again and retry' USING ERRCODE = 'EP001';
END $$;

CREATE TABLE journal_gaps (
  device_no     integer NOT NULL,
  epoch         bigint NOT NULL,
  from_seq      bigint NOT NULL,
  to_seq        bigint NOT NULL CHECK (to_seq >= from_seq),
  opened_at     timestamptz NOT NULL,
  asks          integer NOT NULL DEFAULT 0,
  next_ask_at   timestamptz,
  finding_at    timestamptz,
  PRIMARY KEY (device_no, epoch, from_seq)
);
CREATE INDEX journal_gaps_ask ON journal_gaps (next_ask_at);

CREATE TABLE voids (
  device_no      integer NOT NULL,
  epoch          bigint NOT NULL,
  seq            bigint NOT NULL,
  void_epoch     bigint NOT NULL,
  void_seq       bigint NOT NULL,
  state          text NOT NULL CHECK (state IN ('waiting', 'effective', 'without-effect')),
  decided_at     timestamptz,
  PRIMARY KEY (device_no, epoch, seq)
);
COMMENT ON TABLE voids IS 'the first void of each payment (device_no, epoch, seq is the payment); it waits for a payment that has not come';

CREATE TABLE shifts (
  device_no   integer NOT NULL,
  shift       text NOT NULL,
  attendant   text NOT NULL,
  opened_at   timestamptz NOT NULL,
  point_id    integer NOT NULL,
  PRIMARY KEY (device_no, shift)
);

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON journal_records FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON journal_conflicts FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON journal_flags FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON journal_reprocessed FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
`;

/** One partition a month of receipt, each with its own unique index, which a partitioned table cannot have without the key. */
const PARTITIONS = /* sql */ `
CREATE FUNCTION ensure_journal_partition(month date) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  first date := date_trunc('month', month)::date;
  name text := 'journal_records_' || to_char(first, 'YYYY_MM');
BEGIN
  IF to_regclass(name) IS NOT NULL THEN RETURN; END IF;
  EXECUTE format('CREATE TABLE %I PARTITION OF journal_records FOR VALUES FROM (%L) TO (%L)',
    name, to_char(first, 'YYYY-MM-DD') || ' 00:00:00+00', to_char(first + interval '1 month', 'YYYY-MM-DD') || ' 00:00:00+00');
  EXECUTE format('CREATE UNIQUE INDEX %I ON %I (device_no, epoch, seq)', name || '_key', name);
  EXECUTE format('CREATE INDEX %I ON %I (point_id, business_date)', name || '_day', name);
END $$;
COMMENT ON FUNCTION ensure_journal_partition IS 'makes the partition of a month (of received_at) if it is not there; the worker calls it ahead of time';
CREATE TABLE journal_records_other PARTITION OF journal_records DEFAULT;
CREATE UNIQUE INDEX journal_records_other_key ON journal_records_other (device_no, epoch, seq);
CREATE INDEX journal_records_other_day ON journal_records_other (point_id, business_date);
SELECT ensure_journal_partition((now() + make_interval(months => ahead))::date) FROM generate_series(0, 3) AS ahead;
`;

const AROUND = /* sql */ `
CREATE TABLE quarantine (
  id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  device_no       integer NOT NULL REFERENCES devices,
  at              timestamptz NOT NULL,
  last_at         timestamptz NOT NULL,
  code            text NOT NULL CHECK (code IN ('too-large', 'bad-json', 'bad-schema', 'unknown-epoch', 'bad-mac')),
  reason          text NOT NULL,
  topic           text NOT NULL,
  epoch           bigint,
  seq             bigint,
  size            integer NOT NULL,
  times           integer NOT NULL DEFAULT 1,
  bytes           bytea NOT NULL,
  bytes_hash      bytea NOT NULL,
  reprocessed_at  timestamptz,
  outcome         text,
  UNIQUE (device_no, bytes_hash)
);
CREATE INDEX quarantine_code ON quarantine (code, id);

CREATE TABLE findings (
  id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  key            text NOT NULL UNIQUE,
  pattern        text NOT NULL,
  device_no      integer REFERENCES devices,
  epoch          bigint,
  seq            bigint,
  point_id       integer,
  business_date  date,
  detail         jsonb NOT NULL DEFAULT '{}',
  found_at       timestamptz NOT NULL,
  cleared_at     timestamptz
);
COMMENT ON TABLE findings IS 'exact integrity findings: conflicts, broken chains, voids without effect, gaps that stay';
CREATE INDEX findings_device ON findings (device_no, id);

CREATE TABLE alarms (
  id               bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  key              text NOT NULL,
  kind             text NOT NULL,
  severity         text NOT NULL CHECK (severity IN ('critical', 'major', 'minor', 'warning', 'indeterminate')),
  device_no        integer REFERENCES devices,
  point_id         integer,
  detail           jsonb NOT NULL DEFAULT '{}',
  times            integer NOT NULL DEFAULT 1,
  opened_at        timestamptz NOT NULL,
  last_at          timestamptz NOT NULL,
  acknowledged_at  timestamptz,
  acknowledged_by  text,
  cleared_at       timestamptz
);
CREATE UNIQUE INDEX alarms_open ON alarms (key) WHERE cleared_at IS NULL;
COMMENT ON TABLE alarms IS 'one open alarm per key: quarantine, malformed messages, data silence, late devices';

CREATE TABLE outbox (
  id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  topic       text NOT NULL,
  key         text NOT NULL,
  payload     jsonb NOT NULL DEFAULT '{}',
  created_at  timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE outbox IS
  'what the worker must look at again, written in the transaction that changed it; (topic, key) may repeat, the worker takes equal ones together. No unique key on purpose: it would let a worker that hangs in its transaction stall the gateway';

CREATE TABLE gateway_instances (
  id            uuid PRIMARY KEY,
  started_at    timestamptz NOT NULL DEFAULT now(),
  heartbeat_at  timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE device_presence (
  device_no           integer PRIMARY KEY REFERENCES devices,
  gateway_id          uuid,
  connected_at        timestamptz,
  disconnected_at     timestamptz,
  heard_at            timestamptz,
  journal_at          timestamptz,
  telemetry           jsonb,
  telemetry_at        timestamptz,
  status              text
);
COMMENT ON COLUMN device_presence.gateway_id IS 'the gateway that holds the connection; counts only while that gateway''s heartbeat is fresh';

CREATE TABLE device_commands (
  id           uuid PRIMARY KEY,
  device_no    integer NOT NULL REFERENCES devices,
  name         text NOT NULL CHECK (name IN ('resend', 'lock', 'unlock', 'sync-config', 'message')),
  args         jsonb NOT NULL DEFAULT '{}',
  created_at   timestamptz NOT NULL,
  expires_at   timestamptz NOT NULL,
  created_by   text NOT NULL,
  sent_at      timestamptz,
  sends        integer NOT NULL DEFAULT 0,
  answered_at  timestamptz,
  ok           boolean,
  code         text
);
CREATE INDEX device_commands_pending ON device_commands (device_no, created_at) WHERE answered_at IS NULL;
`;

const INCOME = /* sql */ `
CREATE TABLE income_hours (
  business_date  date NOT NULL,
  hour           smallint NOT NULL,
  point_id       integer NOT NULL,
  vehicle_class  text NOT NULL,
  method         text NOT NULL,
  attendant      text NOT NULL,
  count          bigint NOT NULL,
  amount         bigint NOT NULL,
  PRIMARY KEY (business_date, point_id, hour, vehicle_class, method, attendant)
) WITH (fillfactor = 70);
CREATE TABLE income_days (
  business_date  date NOT NULL,
  point_id       integer NOT NULL,
  vehicle_class  text NOT NULL,
  method         text NOT NULL,
  attendant      text NOT NULL,
  count          bigint NOT NULL,
  amount         bigint NOT NULL,
  PRIMARY KEY (business_date, point_id, vehicle_class, method, attendant)
) WITH (fillfactor = 70);
COMMENT ON TABLE income_hours IS 'payments not voided, free ones included, by the payment''s own business day and hour (Asia/Jakarta); kept in the ingest transaction';
COMMENT ON TABLE income_days IS 'income_hours without the hour, kept in the same transaction';
`;
