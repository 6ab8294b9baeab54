/** Cash from the hand to the treasury account, and what it is measured against. Part of migration 0010. */
export const CASH = /* sql */ `
CREATE TABLE deposit_slips (
  number         text PRIMARY KEY CHECK (length(number) BETWEEN 1 AND 64),
  from_kind      text NOT NULL CHECK (from_kind IN ('treasurer', 'bank')),
  from_id        text NOT NULL,
  business_date  date NOT NULL,
  amount         bigint NOT NULL CHECK (amount > 0),
  written_at     timestamptz NOT NULL,
  entered_by     text NOT NULL,
  entered_at     timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE deposit_slips IS 'STS: money leaves the treasurer, or a collecting account, for the treasury account';
CREATE INDEX deposit_slips_day ON deposit_slips (business_date);

CREATE TABLE hand_overs (
  number         text PRIMARY KEY CHECK (length(number) BETWEEN 1 AND 64),
  point_id       integer REFERENCES points,
  payer_kind     text NOT NULL CHECK (payer_kind IN ('attendant', 'collector', 'operator')),
  payer_id       text NOT NULL,
  receiver_kind  text NOT NULL CHECK (receiver_kind IN ('treasurer', 'operator')),
  receiver_id    text NOT NULL,
  business_date  date NOT NULL,
  amount         bigint NOT NULL CHECK (amount > 0),
  handed_at      timestamptz NOT NULL,
  slip           text REFERENCES deposit_slips,
  entered_by     text NOT NULL,
  entered_at     timestamptz NOT NULL DEFAULT now(),
  CHECK (payer_kind = 'operator' OR point_id IS NOT NULL),
  CHECK (slip IS NULL OR receiver_kind = 'treasurer')
);
COMMENT ON TABLE hand_overs IS 'cash handed over for a business day; to a treasurer it is a proof of payment (TBP), and slip is the STS that took it on';
CREATE INDEX hand_overs_day ON hand_overs (business_date);
CREATE INDEX hand_overs_slip ON hand_overs (slip);

CREATE TABLE slip_batches (
  acquirer  text NOT NULL,
  batch_id  text NOT NULL,
  slip      text NOT NULL REFERENCES deposit_slips,
  PRIMARY KEY (acquirer, batch_id)
);
COMMENT ON TABLE slip_batches IS 'acquirers'' batches whose payout a slip takes from a collecting account to the treasury account';

CREATE TABLE credit_notes (
  bank_key    text PRIMARY KEY REFERENCES bank_entries,
  slip        text NOT NULL UNIQUE REFERENCES deposit_slips,
  entered_by  text NOT NULL,
  entered_at  timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE credit_notes IS 'nota kredit: the bank entry on the treasury account that makes a slip final';

CREATE TABLE ticket_ranges (
  id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  prefix          text NOT NULL CHECK (length(prefix) <= 40),
  from_no         bigint NOT NULL CHECK (from_no >= 0),
  to_no           bigint NOT NULL CHECK (to_no >= from_no AND to_no < 1000000000000000),
  state           text NOT NULL CHECK (state IN ('issued', 'returned', 'voided')),
  attendant_code  text REFERENCES attendants,
  issued_on       date NOT NULL,
  closed_on       date
);
CREATE INDEX ticket_ranges_number ON ticket_ranges (prefix, from_no);
CREATE TABLE ticket_events (
  id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  range_id  bigint NOT NULL REFERENCES ticket_ranges,
  at        timestamptz NOT NULL,
  actor     text NOT NULL,
  change    text NOT NULL CHECK (change IN ('issued', 'returned', 'voided', 'split')),
  detail    jsonb NOT NULL DEFAULT '{}'
);

CREATE TABLE holidays (
  day   date PRIMARY KEY,
  name  text NOT NULL
);

CREATE TABLE targets (
  id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  year      integer NOT NULL CHECK (year BETWEEN 2000 AND 2099),
  month     integer CHECK (month BETWEEN 1 AND 12),
  source    text NOT NULL CHECK (length(source) BETWEEN 1 AND 200),
  revision  integer NOT NULL CHECK (revision >= 1),
  amount    bigint NOT NULL CHECK (amount >= 0),
  note      text NOT NULL DEFAULT '',
  entered_by text NOT NULL,
  entered_at timestamptz NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX targets_key ON targets (year, coalesce(month, 0), source, revision);
COMMENT ON TABLE targets IS 'several a year, each with source and revision; a report line, never an expectation';

CREATE TABLE operator_statements (
  operator_code  text NOT NULL REFERENCES operators,
  month          text NOT NULL CHECK (month ~ '^20[0-9]{2}-(0[1-9]|1[0-2])$'),
  revision       integer NOT NULL,
  statement      jsonb NOT NULL,
  made_at        timestamptz NOT NULL,
  PRIMARY KEY (operator_code, month, revision)
);
`;

/** What reconciliation found. Replaced day by day; exceptions keep their first sight. Part of migration 0010. */
export const RECONCILED = /* sql */ `
CREATE TABLE rule_books (
  version     text PRIMARY KEY,
  rules       jsonb NOT NULL,
  entered_by  text NOT NULL,
  entered_at  timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE reconciled_days (
  business_date  date PRIMARY KEY,
  ran_at         timestamptz NOT NULL,
  rule_version   text NOT NULL,
  records        integer NOT NULL,
  settlements    integer NOT NULL,
  matches        integer NOT NULL,
  exceptions     integer NOT NULL,
  expected       integer NOT NULL,
  took_ms        integer NOT NULL
);

CREATE TABLE payment_matches (
  id             text PRIMARY KEY,
  business_date  date NOT NULL,
  records        text[] NOT NULL,
  settlements    text[] NOT NULL,
  cardinality    text NOT NULL,
  recorded       bigint NOT NULL,
  settled        bigint NOT NULL,
  rule_version   text NOT NULL
);
CREATE INDEX payment_matches_day ON payment_matches (business_date);

CREATE TABLE payout_matches (
  id               text PRIMARY KEY,
  acquirer         text NOT NULL,
  settlement_date  date NOT NULL,
  batches          text[] NOT NULL,
  credits          text[] NOT NULL,
  cardinality      text NOT NULL,
  settled          bigint NOT NULL,
  credited         bigint NOT NULL,
  rule_version     text NOT NULL
);
CREATE INDEX payout_matches_day ON payout_matches (settlement_date);

CREATE TABLE waterfall_days (
  business_date  date NOT NULL,
  point_id       integer NOT NULL,
  settled_cash        bigint NOT NULL DEFAULT 0,
  settled_cashless    bigint NOT NULL DEFAULT 0,
  deposited_cash      bigint NOT NULL DEFAULT 0,
  deposited_cashless  bigint NOT NULL DEFAULT 0,
  PRIMARY KEY (business_date, point_id)
);
COMMENT ON TABLE waterfall_days IS
  'how far the money of a point''s business day has come; point 0 is money settled for no known point. What was recorded is in income_days';

CREATE TABLE exceptions (
  id             text PRIMARY KEY,
  run            text NOT NULL CHECK (run IN ('day', 'payouts')),
  pattern        text NOT NULL,
  state          text NOT NULL CHECK (state IN ('expected', 'mismatched', 'resolved')),
  subject_kind   text NOT NULL,
  subject_id     text NOT NULL,
  business_date  date NOT NULL,
  at             timestamptz NOT NULL,
  amount         bigint NOT NULL CHECK (amount >= 0),
  point_id       integer REFERENCES points,
  device_no      integer REFERENCES devices,
  attendant      text,
  record         text,
  settlement     text,
  due_at         timestamptz,
  evidence       jsonb NOT NULL,
  details        jsonb NOT NULL,
  rule_version   text NOT NULL,
  first_seen_at  timestamptz NOT NULL,
  last_seen_at   timestamptz NOT NULL,
  resolved_at    timestamptz,
  case_id        text
);
CREATE INDEX exceptions_day ON exceptions (business_date, run);
CREATE INDEX exceptions_case ON exceptions (case_id);
CREATE INDEX exceptions_record ON exceptions (record);

CREATE TABLE suspicions (
  id              text PRIMARY KEY,
  pattern         text NOT NULL,
  point_id        integer REFERENCES points,
  device_no       integer REFERENCES devices,
  attendant       text,
  from_date       date NOT NULL,
  to_date         date NOT NULL CHECK (to_date >= from_date),
  score           double precision NOT NULL,
  rupiah_low      bigint NOT NULL,
  rupiah_mid      bigint NOT NULL,
  rupiah_high     bigint NOT NULL,
  evidence        jsonb NOT NULL,
  explanation_id  text NOT NULL,
  explanation_en  text NOT NULL,
  first_seen_at   timestamptz NOT NULL,
  last_seen_at    timestamptz NOT NULL,
  withdrawn_at    timestamptz,
  case_id         text
);
CREATE INDEX suspicions_day ON suspicions (to_date);
`;

/** Cases: the history is the truth, the row a fold of it. Part of migration 0010. */
export const CASES = /* sql */ `
CREATE TABLE cases (
  id            text PRIMARY KEY,
  key           text NOT NULL,
  episode       integer NOT NULL,
  kind          text NOT NULL CHECK (kind IN ('exception', 'suspicion')),
  pattern       text NOT NULL,
  subject_kind  text NOT NULL,
  subject_id    text NOT NULL,
  state         text NOT NULL CHECK (state IN ('open', 'assigned', 'under-review', 'resolved')),
  outcome       text,
  severity      text NOT NULL CHECK (severity IN ('critical', 'major', 'minor', 'warning', 'indeterminate')),
  assignee      text,
  opened_at     timestamptz NOT NULL,
  due_at        timestamptz NOT NULL,
  resolved_at   timestamptz,
  escalations   integer NOT NULL,
  amount        bigint NOT NULL,
  recovered     bigint NOT NULL,
  findings      integer NOT NULL,
  from_date     date NOT NULL,
  to_date       date NOT NULL,
  point_id      integer REFERENCES points,
  operator_code text REFERENCES operators,
  version       integer NOT NULL,
  folded        jsonb NOT NULL,
  UNIQUE (key, episode)
);
COMMENT ON COLUMN cases.key IS 'kind of finding, pattern and subject: at most one unresolved case each';
CREATE UNIQUE INDEX cases_unresolved ON cases (key) WHERE state <> 'resolved';
CREATE INDEX cases_due ON cases (due_at) WHERE state <> 'resolved';
ALTER TABLE exceptions ADD CONSTRAINT exceptions_case_fk FOREIGN KEY (case_id) REFERENCES cases;
ALTER TABLE suspicions ADD CONSTRAINT suspicions_case_fk FOREIGN KEY (case_id) REFERENCES cases;

CREATE TABLE case_events (
  case_id  text NOT NULL REFERENCES cases,
  number   integer NOT NULL,
  at       timestamptz NOT NULL,
  actor    text NOT NULL,
  change   jsonb NOT NULL,
  PRIMARY KEY (case_id, number)
);
CREATE TABLE case_attachments (
  case_id       text NOT NULL REFERENCES cases,
  sha256        bytea NOT NULL,
  name          text NOT NULL,
  content_type  text NOT NULL,
  bytes         bytea NOT NULL CHECK (length(bytes) BETWEEN 1 AND 10485760),
  attached_at   timestamptz NOT NULL,
  attached_by   text NOT NULL,
  PRIMARY KEY (case_id, sha256)
);
`;
