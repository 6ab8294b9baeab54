import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What lets personal data expire without touching money data, and what the worker looks things up by. */
export class Retention1700000000004 implements MigrationInterface {
  name = 'Retention1700000000004';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(REDACTION);
    await runner.query(UPKEEP);
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward: restore a backup instead.');
  }
}

/**
 * The journal stays append-only but for one thing: the retention job, and nobody by accident, may write a record's text
 * anew without its personal data. Every column that money, sequence and chain stand on must stay as it is.
 */
const REDACTION = /* sql */ `
CREATE FUNCTION refuse_change_but_redaction() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND current_setting('eparking.redaction', true) = 'on'
    AND to_jsonb(NEW) - 'record' = to_jsonb(OLD) - 'record' THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION '% is append-only: write a correcting row instead', TG_TABLE_NAME USING ERRCODE = 'raise_exception';
END $$;

DROP TRIGGER append_only ON journal_records;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON journal_records
  FOR EACH ROW EXECUTE FUNCTION refuse_change_but_redaction();

DROP TRIGGER append_only ON journal_conflicts;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON journal_conflicts
  FOR EACH ROW EXECUTE FUNCTION refuse_change_but_redaction();
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON journal_conflicts
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
`;

const UPKEEP = /* sql */ `
CREATE TABLE retention_progress (
  class    text PRIMARY KEY,
  through  timestamptz NOT NULL
);
COMMENT ON TABLE retention_progress IS 'everything received before "through" has been looked at and needs no second look';

ALTER TABLE quarantine ADD COLUMN bytes_expired_at timestamptz;
COMMENT ON COLUMN quarantine.bytes_expired_at IS 'when the raw bytes were removed; hash, size and reason stay';

CREATE INDEX device_commands_resend ON device_commands (device_no) WHERE name = 'resend';
CREATE INDEX findings_open ON findings (pattern, device_no) WHERE cleared_at IS NULL;
`;
