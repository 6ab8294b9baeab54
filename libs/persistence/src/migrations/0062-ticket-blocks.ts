import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Used tickets by the hundred, so that a list of the stock need not count a year's payments. */
export class TicketBlocks1700000000062 implements MigrationInterface {
  name = 'TicketBlocks1700000000062';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(BLOCKS);
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward: restore a backup instead.');
  }
}

const BLOCKS = /* sql */ `
CREATE TABLE ticket_blocks (
  prefix  text NOT NULL,
  block   bigint NOT NULL,
  used    integer NOT NULL,
  PRIMARY KEY (prefix, block)
) WITH (fillfactor = 70);
COMMENT ON TABLE ticket_blocks IS
  'tickets on payments that are not voided: block 1 is numbers 1 to 100, block 2 those to 200; counted anew when a day is reconciled';
INSERT INTO ticket_blocks (prefix, block, used)
SELECT u.prefix, (u.number + 99) / 100, count(DISTINCT u.number) FILTER (WHERE v.device_no IS NULL) FROM ticket_uses u
  LEFT JOIN voids v ON v.device_no = u.device_no AND v.epoch = u.epoch AND v.seq = u.seq AND v.state = 'effective'
 WHERE u.number IS NOT NULL GROUP BY 1, 2;
`;
