import pg from 'pg';
import { openCity } from './city.js';

/**
 * What PostgreSQL itself does: COPY of as many rows of the journal's shape, with its indexes, over two connections into
 * the journal's table, from files that the server reads. Half of the rows each, 5,000 rows a transaction.
 * @param {number} records @returns {Promise<number>} rows a second
 */
export async function copyCeiling(records) {
  const city = await openCity();
  try {
    const batch = 5_000;
    const files = Math.ceil(records / batch);
    await city.query(`
      CREATE TABLE rows AS SELECT n % 152 + 1 AS device_no, 1::bigint AS epoch, n / 152 + 1::bigint AS seq, now() AS received_at,
        now() - interval '6 hours' + n * interval '10 ms' AS at, current_date AS business_date, n % 152 + 1 AS point_id,
        'payment' AS type, NULL::text AS body_fault, 'motorcycle' AS vehicle_class, 'cash' AS method, 2000::bigint AS amount,
        'J-0001' AS attendant, 's1' AS shift, NULL::text[] AS flags,
        '{"at":"2026-11-26T15:00:00.000+07:00","body":{"amount":2000,"attendant":"J-0001","method":"cash","shift":"s1",'
          || '"tariff":"perwal9-2026-motorcycle","ticket":"K00000001","vehicleClass":"motorcycle"},"epoch":1,"mac":"'
          || repeat('m', 43) || '","prev":"' || repeat('p', 43) || '","seq":' || n || ',"type":"payment","v":1}' AS record,
        n
      FROM generate_series(0, ${records - 1}) AS n`);
    for (let n = 0; n < files; n++)
      await city.query(
        `COPY (SELECT device_no, epoch, seq, received_at, at, business_date, point_id, type, body_fault, vehicle_class, method,
           amount, attendant, shift, flags, record FROM rows WHERE n >= ${n * batch} AND n < ${(n + 1) * batch})
         TO '${city.folder}/postgres/rows-${n}'`,
      );
    await city.query('CHECKPOINT');
    const began = performance.now();
    await Promise.all(
      [0, 1].map(async (lane) => {
        const client = new pg.Client({ connectionString: city.url });
        await client.connect();
        for (let n = lane; n < files; n += 2)
          await client.query(`COPY journal_records FROM '${city.folder}/postgres/rows-${n}'`);
        await client.end();
      }),
    );
    const seconds = (performance.now() - began) / 1000;
    const [row] = await city.query('SELECT count(*) FROM journal_records');
    if (Number(row?.count) !== records) throw new Error(`COPY left ${row?.count} of ${records} rows`);
    return records / seconds;
  } finally {
    await city.close();
  }
}
