import type { Sql } from '../database.js';

/** Block of a ticket's number: 1 to 100, 101 to 200, … */
const BLOCK = '(u.number + 99) / 100';

/**
 * Counts the used tickets of the blocks in which these serials lie, anew. In the caller's transaction, after the uses
 * are written: the blocks are held, so that of two days that touch one block the later sees what the earlier wrote.
 */
export async function recountTicketBlocks(sql: Sql, serials: readonly string[]): Promise<void> {
  if (serials.length === 0) return;
  const blocks = await sql.query<{ prefix: string; block: number }>(
    `WITH touched AS (SELECT DISTINCT u.prefix, ${BLOCK} AS block FROM ticket_uses u
        WHERE u.serial = ANY($1) AND u.number IS NOT NULL ORDER BY 1, 2),
       made AS (INSERT INTO ticket_blocks (prefix, block, used) SELECT prefix, block, 0 FROM touched ON CONFLICT DO NOTHING)
     SELECT prefix, block FROM touched`,
    [serials],
  );
  const values = [blocks.map(({ prefix }) => prefix), blocks.map(({ block }) => block)];
  await sql.query(
    `SELECT FROM ticket_blocks WHERE (prefix, block) IN (SELECT * FROM unnest($1::text[], $2::bigint[]))
      ORDER BY prefix, block FOR UPDATE`,
    values,
  );
  await sql.query(
    `UPDATE ticket_blocks b SET used = c.used
       FROM unnest($1::text[], $2::bigint[]) AS t (prefix, block)
       CROSS JOIN LATERAL (
         SELECT count(DISTINCT u.number) AS used FROM ticket_uses u
          WHERE u.prefix = t.prefix AND u.number BETWEEN t.block * 100 - 99 AND t.block * 100
            AND NOT EXISTS (SELECT FROM voids v WHERE v.device_no = u.device_no AND v.epoch = u.epoch AND v.seq = u.seq
              AND v.state = 'effective')) c
      WHERE b.prefix = t.prefix AND b.block = t.block AND b.used <> c.used`,
    values,
  );
}
