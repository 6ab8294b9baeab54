import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Notices are kept sealed and never change, but for the key under which they are sealed. */
export class Resealing1700000000043 implements MigrationInterface {
  name = 'Resealing1700000000043';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(RESEALING);
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward: restore a backup instead.');
  }
}

const RESEALING = /* sql */ `
CREATE FUNCTION refuse_change_but_resealing() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND current_setting('eparking.resealing', true) = 'on'
    AND to_jsonb(NEW) - 'bytes' = to_jsonb(OLD) - 'bytes' THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION '% is append-only: write a correcting row instead', TG_TABLE_NAME USING ERRCODE = 'raise_exception';
END $$;

DROP TRIGGER append_only ON snap_notices;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON snap_notices
  FOR EACH ROW EXECUTE FUNCTION refuse_change_but_resealing();
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON snap_notices
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
`;
