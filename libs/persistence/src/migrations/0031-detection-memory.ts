import type { MigrationInterface, QueryRunner } from 'typeorm';

/** When terminals were connected, which the detector asks of every day; and what an assessment was made of. */
export class DetectionMemory1700000000031 implements MigrationInterface {
  name = 'DetectionMemory1700000000031';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(SPELLS);
    await runner.query(RUNS);
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward: restore a backup instead.');
  }
}

const SPELLS = /* sql */ `
CREATE TABLE device_spells (
  device_no     integer NOT NULL REFERENCES devices,
  connected_at  timestamptz NOT NULL,
  ended_at      timestamptz,
  battery       integer,
  PRIMARY KEY (device_no, connected_at)
);
COMMENT ON TABLE device_spells IS 'times in which a device was connected, kept by a trigger on device_presence; ended_at is null while it is';
COMMENT ON COLUMN device_spells.battery IS 'percent, as last told before the end';
CREATE INDEX device_spells_open ON device_spells (device_no) WHERE ended_at IS NULL;

CREATE FUNCTION note_device_spell() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  told jsonb := NEW.telemetry -> 'battery';
  percent integer := CASE WHEN jsonb_typeof(told) = 'number' AND told::numeric BETWEEN 0 AND 100 THEN round(told::numeric) END;
BEGIN
  IF TG_OP = 'INSERT' OR NEW.connected_at IS DISTINCT FROM OLD.connected_at THEN
    IF NEW.connected_at IS NULL THEN RETURN NULL; END IF;
    IF TG_OP = 'UPDATE' THEN
      -- A gateway that died said nothing of the end: then the device was there until it was last heard.
      UPDATE device_spells s SET battery = percent, ended_at = greatest(s.connected_at, least(NEW.connected_at,
          CASE WHEN OLD.gateway_id IS NOT DISTINCT FROM NEW.gateway_id THEN NEW.connected_at ELSE OLD.heard_at END))
       WHERE s.device_no = NEW.device_no AND s.ended_at IS NULL;
    END IF;
    INSERT INTO device_spells (device_no, connected_at) VALUES (NEW.device_no, NEW.connected_at) ON CONFLICT DO NOTHING;
  ELSIF NEW.disconnected_at IS DISTINCT FROM OLD.disconnected_at THEN
    UPDATE device_spells s SET battery = percent, ended_at = greatest(s.connected_at, NEW.disconnected_at)
     WHERE s.device_no = NEW.device_no AND s.ended_at IS NULL;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER note_device_spell AFTER INSERT OR UPDATE OF connected_at, disconnected_at ON device_presence
  FOR EACH ROW EXECUTE FUNCTION note_device_spell();
INSERT INTO device_spells (device_no, connected_at)
  SELECT device_no, connected_at FROM device_presence WHERE gateway_id IS NOT NULL AND connected_at IS NOT NULL;
`;

const RUNS = /* sql */ `
ALTER TABLE detection_runs ADD COLUMN income_mark text NOT NULL DEFAULT '';
COMMENT ON COLUMN detection_runs.income_mark IS 'count and sum of the day''s payments then; when they are others now, records came late';
ALTER TABLE suspicions ADD COLUMN alternatives jsonb NOT NULL DEFAULT '[]';
`;
