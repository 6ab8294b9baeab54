import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Shifts and collections as lines, security deposits, and what the ticket stock needs to count uses by number. */
export class Registers1700000000026 implements MigrationInterface {
  name = 'Registers1700000000026';

  async up(runner: QueryRunner): Promise<void> {
    for (const sql of [LINES, DEPOSITS, TICKETS, LOOK_AGAIN]) await runner.query(sql);
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward: restore a backup instead.');
  }
}

const LINES = /* sql */ `
CREATE TABLE shift_lines (
  business_date  date NOT NULL,
  device_no      integer NOT NULL REFERENCES devices,
  shift          text NOT NULL,
  point_id       integer NOT NULL REFERENCES points,
  attendant      text NOT NULL,
  opened_at      timestamptz NOT NULL,
  closed_at      timestamptz,
  float_amount   bigint NOT NULL,
  recorded       bigint NOT NULL,
  declared       bigint,
  counted        bigint,
  complete       boolean NOT NULL,
  PRIMARY KEY (business_date, device_no, shift)
);
COMMENT ON TABLE shift_lines IS
  'shifts by the day they began on, as reconciliation last saw them; counted is declared less the float where that is counted in';

CREATE TABLE collection_lines (
  record         text PRIMARY KEY,
  business_date  date NOT NULL,
  device_no      integer NOT NULL REFERENCES devices,
  point_id       integer NOT NULL REFERENCES points,
  collector      text NOT NULL,
  number         bigint NOT NULL,
  at             timestamptz NOT NULL,
  register_cash  bigint NOT NULL,
  counted        bigint NOT NULL
);
COMMENT ON TABLE collection_lines IS 'collections of meters, as reconciliation last saw them';
CREATE INDEX collection_lines_day ON collection_lines (business_date);
`;

const DEPOSITS = /* sql */ `
CREATE TABLE security_deposits (
  operator_code     text NOT NULL REFERENCES operators,
  reference         text NOT NULL CHECK (length(reference) BETWEEN 1 AND 64),
  business_date     date NOT NULL,
  amount            bigint NOT NULL CHECK (amount > 0),
  treasury_account  text NOT NULL,
  entered_by        text NOT NULL,
  entered_at        timestamptz NOT NULL,
  PRIMARY KEY (operator_code, reference)
);
COMMENT ON TABLE security_deposits IS 'uang jaminan paid in by operators; what is drawn from it are minimum-shortfall entries';
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON security_deposits
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE INDEX ledger_entries_kind ON ledger_entries (kind, business_date);
`;

/** The same split of a serial as libs/reconciliation makes: a prefix, and up to 15 digits at the end. */
const TICKETS = /* sql */ `
ALTER TABLE ticket_uses ADD prefix text GENERATED ALWAYS AS (regexp_replace(serial, '[0-9]{1,15}$', '')) STORED;
ALTER TABLE ticket_uses ADD number bigint GENERATED ALWAYS AS (substring(serial FROM '[0-9]{1,15}$')::bigint) STORED;
CREATE INDEX ticket_uses_number ON ticket_uses (prefix, number);
`;

const LOOK_AGAIN = /* sql */ `
INSERT INTO book_work (kind, business_date, point_id, asked_at)
SELECT 'reconcile-day', d.business_date, NULL, now() FROM reconciled_days d
 WHERE NOT EXISTS (SELECT FROM book_work w WHERE w.kind = 'reconcile-day' AND w.business_date = d.business_date);
`;
