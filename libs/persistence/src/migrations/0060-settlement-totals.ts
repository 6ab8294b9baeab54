import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Lines come by the million a year; what pages say of all of them is kept as they come. */
export class SettlementTotals1700000000060 implements MigrationInterface {
  name = 'SettlementTotals1700000000060';

  async up(runner: QueryRunner): Promise<void> {
    for (const sql of [TOTALS, KEPT, FILLED, OF_A_POINT]) await runner.query(sql);
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward: restore a backup instead.');
  }
}

const TOTALS = /* sql */ `
CREATE TABLE settlement_totals (
  acquirer         text NOT NULL,
  batch_id         text NOT NULL,
  business_date    date NOT NULL,
  settlement_date  date NOT NULL,
  kind             text NOT NULL,
  lines            bigint NOT NULL,
  amount           bigint NOT NULL,
  fee              bigint NOT NULL,
  net              bigint NOT NULL,
  PRIMARY KEY (acquirer, batch_id, business_date, settlement_date, kind)
) WITH (fillfactor = 70);
COMMENT ON TABLE settlement_totals IS 'count and sums of settlement_rows, kept by a trigger: lines are only ever added';
`;

/** In the order of the key, so that two imports wait for each other and do not lock each other out. */
const SUMMED = (from: string): string => /* sql */ `
INSERT INTO settlement_totals AS t (acquirer, batch_id, business_date, settlement_date, kind, lines, amount, fee, net)
SELECT acquirer, batch_id, business_date, settlement_date, kind, count(*), sum(amount), sum(fee), sum(net)
  FROM ${from} GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4, 5
ON CONFLICT (acquirer, batch_id, business_date, settlement_date, kind) DO UPDATE SET lines = t.lines + excluded.lines,
  amount = t.amount + excluded.amount, fee = t.fee + excluded.fee, net = t.net + excluded.net`;

const KEPT = /* sql */ `
CREATE FUNCTION add_settlement_totals() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  ${SUMMED('added')};
  RETURN NULL;
END $$;
CREATE TRIGGER settlement_totals AFTER INSERT ON settlement_rows REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION add_settlement_totals();
`;

const FILLED = SUMMED('settlement_rows');

/** A point's lines of a period would else be looked for among everybody's. */
const OF_A_POINT =
  'CREATE INDEX settlement_rows_point ON settlement_rows (point_id, business_date) WHERE point_id IS NOT NULL';
