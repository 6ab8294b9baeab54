import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Payouts are held against sums of sen: with them in the totals no payout has to read a month of lines. */
export class BatchSen1700000000067 implements MigrationInterface {
  name = 'BatchSen1700000000067';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(SEN);
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward: restore a backup instead.');
  }
}

const SEN = /* sql */ `
LOCK TABLE settlement_rows IN SHARE ROW EXCLUSIVE MODE;
ALTER TABLE settlement_totals ADD COLUMN net_sen bigint NOT NULL DEFAULT 0;
UPDATE settlement_totals t SET net_sen = s.net_sen
  FROM (SELECT acquirer, batch_id, business_date, settlement_date, kind, sum(net_sen) AS net_sen FROM settlement_rows
         GROUP BY 1, 2, 3, 4, 5) s
 WHERE (t.acquirer, t.batch_id, t.business_date, t.settlement_date, t.kind) =
       (s.acquirer, s.batch_id, s.business_date, s.settlement_date, s.kind);
CREATE INDEX settlement_totals_paid_out ON settlement_totals (settlement_date);
CREATE INDEX settlement_totals_named ON settlement_totals (batch_id);
CREATE OR REPLACE FUNCTION add_settlement_totals() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = public, pg_temp AS $$
BEGIN
  INSERT INTO settlement_totals AS t (acquirer, batch_id, business_date, settlement_date, kind, lines, amount, fee, net, net_sen)
  SELECT acquirer, batch_id, business_date, settlement_date, kind, count(*), sum(amount), sum(fee), sum(net), sum(net_sen)
    FROM added GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4, 5
  ON CONFLICT (acquirer, batch_id, business_date, settlement_date, kind) DO UPDATE SET lines = t.lines + excluded.lines,
    amount = t.amount + excluded.amount, fee = t.fee + excluded.fee, net = t.net + excluded.net,
    net_sen = t.net_sen + excluded.net_sen;
  RETURN NULL;
END $$;
`;
