import type { MigrationInterface, QueryRunner } from 'typeorm';
import { CASES, CASH, RECONCILED } from './0010-money-tables.js';

/** Every rupiah followed: ledger, acquirers' money, cash, reconciliation, cases (docs/LEDGER.md, docs/RECONCILIATION.md). */
export class Money1700000000010 implements MigrationInterface {
  name = 'Money1700000000010';

  async up(runner: QueryRunner): Promise<void> {
    for (const sql of [LEDGER, ACQUIRERS, SETTLEMENT, CASH, RECONCILED, CASES, APPEND_ONLY]) await runner.query(sql);
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward: restore a backup instead.');
  }
}

/** The zero is checked at the commit, when all lines of an entry are there. */
const LEDGER = /* sql */ `
CREATE TABLE ledger_entries (
  id             text PRIMARY KEY,
  root           text NOT NULL,
  revision       integer NOT NULL,
  kind           text NOT NULL,
  business_date  date NOT NULL,
  booked_at      timestamptz NOT NULL,
  source         text NOT NULL,
  reverses       text UNIQUE REFERENCES ledger_entries,
  hash           text NOT NULL,
  UNIQUE (root, revision)
);
COMMENT ON COLUMN ledger_entries.root IS 'id of the event; a correction has the id root~revision, a reversal a root of its own';
CREATE INDEX ledger_entries_day ON ledger_entries (business_date);
CREATE INDEX ledger_entries_booked ON ledger_entries (booked_at);

CREATE TABLE ledger_lines (
  entry_id  text NOT NULL REFERENCES ledger_entries,
  account   text NOT NULL,
  amount    bigint NOT NULL CHECK (amount <> 0),
  PRIMARY KEY (entry_id, account)
);
COMMENT ON COLUMN ledger_lines.amount IS 'rupiah; debit positive, credit negative';
CREATE INDEX ledger_lines_account ON ledger_lines (account text_pattern_ops, entry_id);

CREATE FUNCTION refuse_imbalance() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  entry text := CASE TG_TABLE_NAME WHEN 'ledger_entries' THEN to_jsonb(NEW) ->> 'id' ELSE to_jsonb(NEW) ->> 'entry_id' END;
  total bigint;
BEGIN
  SELECT sum(amount) INTO total FROM ledger_lines WHERE entry_id = entry;
  IF total IS DISTINCT FROM 0 THEN
    RAISE EXCEPTION 'ledger entry % does not sum to zero but to %', entry, coalesce(total::text, 'nothing')
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER sums_to_zero AFTER INSERT ON ledger_entries DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION refuse_imbalance();
CREATE CONSTRAINT TRIGGER sums_to_zero AFTER INSERT ON ledger_lines DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION refuse_imbalance();

CREATE TABLE book_work (
  id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  kind           text NOT NULL CHECK (kind IN ('post-day', 'reconcile-day', 'reconcile-payouts')),
  business_date  date NOT NULL,
  point_id       integer,
  asked_at       timestamptz NOT NULL
);
COMMENT ON TABLE book_work IS
  'days the books must look at again; written in the transaction that changed something, taken in the one that looked';
CREATE INDEX book_work_kind ON book_work (kind, business_date);
`;

const ACQUIRERS = /* sql */ `
CREATE TABLE acquirers (
  code            text PRIMARY KEY CHECK (code ~ '^[a-z0-9][a-z0-9-]{0,31}$'),
  name            text NOT NULL,
  channel         text NOT NULL CHECK (channel IN ('qris', 'card')),
  adapter         text NOT NULL,
  config          jsonb NOT NULL DEFAULT '{}',
  secrets_sealed  bytea,
  active          boolean NOT NULL DEFAULT true,
  created_at      timestamptz NOT NULL DEFAULT now()
);
COMMENT ON COLUMN acquirers.adapter IS 'format of its settlement files; config and secrets_sealed hold what its SNAP BI interface needs';

CREATE TABLE payees (
  id             text PRIMARY KEY CHECK (length(id) BETWEEN 1 AND 64),
  acquirer_code  text NOT NULL REFERENCES acquirers,
  point_id       integer REFERENCES points,
  name           text NOT NULL DEFAULT '',
  created_at     timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE payees IS 'merchant ids (NMID, MID) that are ours; money paid to any other is a wrong payee';

CREATE TABLE qris_orders (
  order_id      text PRIMARY KEY,
  device_no     integer NOT NULL REFERENCES devices,
  request_id    text NOT NULL,
  point_id      integer NOT NULL REFERENCES points,
  acquirer_code text NOT NULL REFERENCES acquirers,
  vehicle_class text NOT NULL,
  amount        bigint NOT NULL CHECK (amount > 0),
  qr            text,
  created_at    timestamptz NOT NULL,
  expires_at    timestamptz NOT NULL,
  state         text NOT NULL CHECK (state IN ('pending', 'paid', 'expired', 'failed', 'refunded')),
  reference_no  text,
  rrn           text,
  paid_at       timestamptz,
  next_query_at timestamptz,
  queries       integer NOT NULL DEFAULT 0,
  told_at       timestamptz,
  UNIQUE (device_no, request_id)
);
CREATE INDEX qris_orders_pending ON qris_orders (next_query_at) WHERE state = 'pending';

CREATE TABLE snap_notices (
  id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  acquirer_code  text NOT NULL REFERENCES acquirers,
  day            date NOT NULL,
  external_id    text NOT NULL,
  received_at    timestamptz NOT NULL,
  headers        jsonb NOT NULL,
  bytes          bytea NOT NULL,
  outcome        text NOT NULL,
  response_code  text NOT NULL,
  order_id       text,
  flag           text,
  UNIQUE (acquirer_code, day, external_id)
);
COMMENT ON TABLE snap_notices IS 'payment notifications that were authentic, byte for byte; X-EXTERNAL-ID is unique a day';
`;

const SETTLEMENT = /* sql */ `
CREATE TABLE bank_accounts (
  account  text PRIMARY KEY CHECK (length(account) BETWEEN 1 AND 34),
  kind     text NOT NULL CHECK (kind IN ('collecting', 'treasury')),
  name     text NOT NULL DEFAULT ''
);
COMMENT ON TABLE bank_accounts IS 'money on a treasury account (RKUD) is final; from a collecting account it still needs a deposit slip';

CREATE TABLE settlement_files (
  id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  sha256       bytea NOT NULL UNIQUE,
  adapter      text NOT NULL,
  name         text NOT NULL,
  size         bigint NOT NULL,
  state        text NOT NULL CHECK (state IN ('received', 'importing', 'imported', 'refused')),
  lines        integer NOT NULL DEFAULT 0,
  fresh        integer NOT NULL DEFAULT 0,
  duplicates   integer NOT NULL DEFAULT 0,
  errors       integer NOT NULL DEFAULT 0,
  summary      jsonb NOT NULL DEFAULT '{}',
  refusal      text,
  received_at  timestamptz NOT NULL,
  received_by  text NOT NULL,
  imported_at  timestamptz
);
CREATE TABLE settlement_file_bytes (
  file_id  bigint PRIMARY KEY REFERENCES settlement_files,
  bytes    bytea NOT NULL
);
CREATE TABLE settlement_file_errors (
  file_id  bigint NOT NULL REFERENCES settlement_files,
  line     integer NOT NULL,
  field    text NOT NULL,
  code     text NOT NULL,
  message  text NOT NULL,
  PRIMARY KEY (file_id, line, field)
);

CREATE TABLE settlement_rows (
  key                      text PRIMARY KEY,
  hash                     text NOT NULL,
  file_id                  bigint NOT NULL REFERENCES settlement_files,
  line                     integer NOT NULL,
  acquirer                 text NOT NULL,
  channel                  text NOT NULL CHECK (channel IN ('qris', 'card')),
  kind                     text NOT NULL CHECK (kind IN ('payment', 'refund', 'cancel', 'fee')),
  transaction_id           text NOT NULL,
  part                     text NOT NULL,
  original_transaction_id  text,
  batch_id                 text NOT NULL,
  order_id                 text,
  rrn                      text,
  nmid                     text,
  mid                      text,
  terminal                 text,
  card_last4               text,
  trace                    text,
  amount                   bigint NOT NULL CHECK (amount >= 0),
  fee                      bigint NOT NULL CHECK (fee >= 0),
  net                      bigint NOT NULL CHECK (net >= 0),
  net_sen                  bigint NOT NULL CHECK (net_sen >= 0),
  transaction_at           timestamptz NOT NULL,
  settlement_date          date NOT NULL,
  business_date            date NOT NULL,
  point_id                 integer REFERENCES points,
  device_no                integer REFERENCES devices,
  booked_at                timestamptz NOT NULL,
  CHECK (amount = fee + net)
);
COMMENT ON COLUMN settlement_rows.business_date IS 'day of the transaction, Asia/Jakarta';
CREATE INDEX settlement_rows_day ON settlement_rows (business_date);
CREATE INDEX settlement_rows_batch ON settlement_rows (acquirer, batch_id);
CREATE INDEX settlement_rows_paid_out ON settlement_rows (settlement_date);
CREATE INDEX settlement_rows_order ON settlement_rows (order_id) WHERE order_id IS NOT NULL;
CREATE INDEX settlement_rows_rrn ON settlement_rows (rrn) WHERE rrn IS NOT NULL;
CREATE INDEX settlement_rows_transaction ON settlement_rows (acquirer, (coalesce(original_transaction_id, transaction_id)));

CREATE TABLE bank_entries (
  key          text PRIMARY KEY,
  hash         text NOT NULL,
  file_id      bigint REFERENCES settlement_files,
  line         integer,
  account      text NOT NULL REFERENCES bank_accounts,
  entry_id     text NOT NULL,
  direction    text NOT NULL CHECK (direction IN ('credit', 'debit')),
  value_date   date NOT NULL,
  amount       bigint NOT NULL CHECK (amount > 0),
  reference    text,
  description  text NOT NULL DEFAULT '',
  acquirer     text,
  entered_by   text NOT NULL,
  booked_at    timestamptz NOT NULL
);
CREATE INDEX bank_entries_day ON bank_entries (value_date);
CREATE INDEX bank_entries_reference ON bank_entries (reference);
`;

/** Evidence and books: what stands there was so. */
const APPEND_ONLY = /* sql */ `
DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['ledger_entries', 'ledger_lines', 'snap_notices', 'settlement_rows', 'bank_entries',
    'case_events', 'case_attachments', 'ticket_events', 'targets', 'operator_statements', 'rule_books']
  LOOP
    EXECUTE format('CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON %I
      FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', name);
  END LOOP;
END $$;
`;
