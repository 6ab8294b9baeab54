import type { WriteTx } from '../writes.js';
import { demoNmid } from './seed-demo-city.js';

/** Acquirer of the printed codes, and accounts of the simulated bank (devices-sim/src/money). */
const PRINTED = 'sim-printed';

/**
 * What the demo's money needs to be known: the simulated bank's accounts, and whose the merchant ids on the points'
 * printed codes are. Again it changes nothing.
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
  await tx.audit('demo.money', PRINTED);
}
