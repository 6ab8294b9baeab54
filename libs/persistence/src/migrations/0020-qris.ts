import type { MigrationInterface, QueryRunner } from 'typeorm';

/** QRIS orders live: acquirers that can be asked, what terminals must be told, what acquirers announced (docs/QRIS.md). */
export class Qris1700000000020 implements MigrationInterface {
  name = 'Qris1700000000020';

  async up(runner: QueryRunner): Promise<void> {
    for (const sql of [ACQUIRERS, ORDERS, ANNOUNCED, REFUSALS]) await runner.query(sql);
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward: restore a backup instead.');
  }
}

const ACQUIRERS = /* sql */ `
ALTER TABLE acquirers
  ADD COLUMN kind text NOT NULL DEFAULT 'file' CHECK (kind IN ('file', 'local', 'snap')),
  ADD COLUMN changed_at timestamptz NOT NULL DEFAULT now();
CREATE UNIQUE INDEX acquirers_partner ON acquirers ((config ->> 'partnerId')) WHERE config ->> 'partnerId' <> '';
CREATE INDEX payees_acquirer ON payees (acquirer_code);
`;

const ORDERS = /* sql */ `
ALTER TABLE qris_orders DROP CONSTRAINT qris_orders_state_check;
ALTER TABLE qris_orders
  ADD CONSTRAINT qris_orders_state_check
    CHECK (state IN ('pending', 'paid', 'expired', 'failed', 'unavailable', 'refunded')),
  ADD COLUMN offered_at timestamptz,
  ADD COLUMN ended_at timestamptz,
  ADD COLUMN tell boolean NOT NULL DEFAULT false,
  ADD COLUMN why text;
COMMENT ON COLUMN qris_orders.tell IS 'the terminal has not been told of this state; whichever gateway holds it tells it';
COMMENT ON COLUMN qris_orders.why IS 'why it ended without money, for an officer';
CREATE INDEX qris_orders_tell ON qris_orders (device_no) WHERE tell;
CREATE INDEX qris_orders_device ON qris_orders (device_no, created_at);
CREATE INDEX qris_orders_created ON qris_orders (created_at);
DROP INDEX qris_orders_pending;
CREATE INDEX qris_orders_query ON qris_orders (next_query_at) WHERE next_query_at IS NOT NULL;
`;

/** One row an acquirer's transaction: what it said last. The notices themselves are kept byte for byte beside it. */
const ANNOUNCED = /* sql */ `
CREATE TABLE announced_payments (
  acquirer_code   text NOT NULL REFERENCES acquirers,
  reference_no    text NOT NULL,
  order_id        text,
  amount          bigint NOT NULL CHECK (amount >= 0),
  fee             bigint NOT NULL DEFAULT 0 CHECK (fee >= 0),
  rrn             text,
  nmid            text,
  issuer          text,
  payer_hash      text,
  payer_last4     text,
  paid_at         timestamptz NOT NULL,
  business_date   date NOT NULL,
  refunded_at     timestamptz,
  point_id        integer REFERENCES points,
  device_no       integer REFERENCES devices,
  source          text NOT NULL CHECK (source IN ('notice', 'query')),
  first_heard_at  timestamptz NOT NULL,
  PRIMARY KEY (acquirer_code, reference_no)
);
COMMENT ON TABLE announced_payments IS
  'payments an acquirer told us of before its settlement file does; a fact for reconciliation while no line settles it';
CREATE INDEX announced_payments_day ON announced_payments (business_date);
CREATE INDEX announced_payments_order ON announced_payments (order_id) WHERE order_id IS NOT NULL;
`;

const REFUSALS = /* sql */ `
CREATE TABLE snap_refusals (
  id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  sha256         bytea NOT NULL,
  day            date NOT NULL,
  acquirer_code  text REFERENCES acquirers,
  response_code  text NOT NULL,
  reason         text NOT NULL,
  headers        jsonb NOT NULL,
  bytes          bytea NOT NULL CHECK (length(bytes) <= 65600),
  truncated      boolean NOT NULL,
  times          integer NOT NULL DEFAULT 1,
  received_at    timestamptz NOT NULL,
  last_at        timestamptz NOT NULL,
  UNIQUE (day, sha256)
);
COMMENT ON TABLE snap_refusals IS
  'notices that were turned down before anything was believed: not authentic, malformed, repeated. Bounded a day; the same bytes again are counted';
CREATE INDEX snap_refusals_last ON snap_refusals (last_at);
`;
