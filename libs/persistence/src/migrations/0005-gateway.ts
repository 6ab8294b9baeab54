import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the gateways must hear at once: devices whose right to be connected changed. */
export class Gateway1700000000005 implements MigrationInterface {
  name = 'Gateway1700000000005';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(NOTIFY);
    await runner.query(PRESENCE);
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward: restore a backup instead.');
  }
}

const NOTIFY = /* sql */ `
CREATE FUNCTION notify_device() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('eparking_devices', NEW.device_id);
  RETURN NULL;
END $$;
CREATE TRIGGER notify_device AFTER UPDATE OF status, epoch ON devices FOR EACH ROW EXECUTE FUNCTION notify_device();
COMMENT ON FUNCTION notify_device IS 'rotation and revocation close the live connection: the gateway that holds the device hears of it here';
`;

/** Presence is written every second: room on the page keeps the updates off the indexes. */
const PRESENCE = /* sql */ `
ALTER TABLE device_presence SET (fillfactor = 50);
ALTER TABLE gateway_instances SET (fillfactor = 50);
CREATE INDEX device_presence_gateway ON device_presence (gateway_id) WHERE gateway_id IS NOT NULL;
`;
