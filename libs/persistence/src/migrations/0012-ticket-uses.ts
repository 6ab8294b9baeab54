import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Serials of tickets by themselves, so that a serial used again on another day is found without a look at the journal. */
export class TicketUses1700000000012 implements MigrationInterface {
  name = 'TicketUses1700000000012';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLE);
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward: restore a backup instead.');
  }
}

const TABLE = /* sql */ `
CREATE TABLE ticket_uses (
  serial         text NOT NULL,
  record         text NOT NULL,
  device_no      integer NOT NULL,
  epoch          bigint NOT NULL,
  seq            bigint NOT NULL,
  point_id       integer NOT NULL,
  attendant      text NOT NULL,
  at             timestamptz NOT NULL,
  business_date  date NOT NULL,
  amount         bigint NOT NULL,
  PRIMARY KEY (serial, record)
);
COMMENT ON TABLE ticket_uses IS 'tickets on payment records, noted when their day was reconciled; derived from the journal';
`;
