import type { WriteTx } from '../writes.js';
import { demoNmid } from './seed-demo-city.js';

/** What two offices named for 2022, rupiah: no target of the year in which they are shown, and they say so. */
const TARGETS = [
  { source: 'Ilustrasi, angka 2022 kantor pertama', amount: 21_000_000_000 },
  { source: 'Ilustrasi, angka 2022 kantor kedua', amount: 36_000_000_000 },
];

/** Acquirer of the printed codes, and accounts of the simulated bank (devices-sim/src/money). */
const PRINTED = 'sim-printed';

/**
 * What the demo's money needs to be known: the simulated bank's accounts, whose the merchant ids on the points' printed
 * codes are, and targets to hold the year against. Again it changes nothing.
 */
export async function seedDemoMoney(tx: WriteTx): Promise<void> {
  await tx.query(`INSERT INTO bank_accounts (account, kind, name) VALUES ('SIM-RKUD', 'treasury', 'RKUD (simulated)'),
    ('SIM-COLLECTING', 'collecting', 'Collecting account (simulated)') ON CONFLICT DO NOTHING`);
  await tx.query(
    `INSERT INTO acquirers (code, name, channel, adapter) VALUES
       ($1, 'Acquirer of the printed codes (simulated)', 'qris', 'canonical'),
       ('card-flazz', 'Flazz (simulated)', 'card', 'synthetic-card'), ('card-brizzi', 'Brizzi (simulated)', 'card', 'synthetic-card'),
       ('card-e-money', 'e-Money (simulated)', 'card', 'synthetic-card'), ('card-tapcash', 'TapCash (simulated)', 'card', 'synthetic-card')
     ON CONFLICT DO NOTHING`,
    [PRINTED],
  );
  const points = await tx.query<{ id: number; code: string }>(
    `SELECT id, code FROM points p WHERE NOT EXISTS (SELECT FROM payees y WHERE y.point_id = p.id AND y.acquirer_code = $1)`,
    [PRINTED],
  );
  await tx.query(
    `INSERT INTO payees (id, acquirer_code, point_id, name) SELECT nmid, $1, point, 'printed code' FROM unnest($2::text[], $3::int[])
       AS t (nmid, point) ON CONFLICT DO NOTHING`,
    [PRINTED, points.map(({ code }) => demoNmid(code)), points.map(({ id }) => id)],
  );
  await tx.query(
    `INSERT INTO targets (year, month, source, revision, amount, note, entered_by)
     SELECT extract(year FROM now() AT TIME ZONE 'Asia/Jakarta'), NULL, source, 1, amount, 'Hanya untuk demo', $3
       FROM unnest($1::text[], $2::bigint[]) AS t (source, amount)
      WHERE NOT EXISTS (SELECT FROM targets)`,
    [TARGETS.map(({ source }) => source), TARGETS.map(({ amount }) => amount), tx.actor.username],
  );
  await tx.audit('demo.money', PRINTED);
}
