import type { BusinessDate } from '@app/kernel';
import { parseSerial } from '@app/reconciliation';
import type { Sql } from '../database.js';
import type { PaymentRow } from './payment-facts.js';

/** What a payment says of the ticket that was given. */
export type TicketPayment = Pick<
  PaymentRow,
  'id' | 'ticket' | 'deviceNo' | 'epoch' | 'seq' | 'pointId' | 'attendant' | 'at' | 'businessDate' | 'amount'
>;

/** Keeps the tickets of payments. Column by column: PostgreSQL reads arrays ten times as fast as the same rows as JSON. */
export async function noteTicketUses(sql: Sql, payments: readonly TicketPayment[]): Promise<void> {
  if (payments.length === 0) return;
  const serials = payments.map(({ ticket }) => parseSerial(ticket ?? ''));
  const columns = [
    payments.map(({ ticket }) => ticket),
    serials.map((serial, i) => serial?.prefix ?? payments[i]!.ticket),
    serials.map((serial) => serial?.number ?? null),
    payments.map(({ id }) => id),
    payments.map(({ deviceNo }) => deviceNo),
    payments.map(({ epoch }) => epoch),
    payments.map(({ seq }) => seq),
    payments.map(({ pointId }) => pointId),
    payments.map(({ attendant }) => attendant),
    payments.map(({ at }) => at / 1000),
    payments.map(({ businessDate }) => businessDate),
    payments.map(({ amount }) => amount),
  ];
  await sql.query(
    `INSERT INTO ticket_uses (serial, prefix, number, record, device_no, epoch, seq, point_id, attendant, at, business_date, amount)
     SELECT serial, prefix, number, record, device_no, epoch, seq, point_id, attendant, to_timestamp(at), business_date, amount
       FROM unnest($1::text[], $2::text[], $3::bigint[], $4::text[], $5::int[], $6::bigint[], $7::bigint[], $8::int[],
         $9::text[], $10::float8[], $11::date[], $12::bigint[])
         AS t (serial, prefix, number, record, device_no, epoch, seq, point_id, attendant, at, business_date, amount)
     ON CONFLICT DO NOTHING`,
    columns,
  );
}

/**
 * Counts the used tickets of the blocks in which these serials lie, anew. In the caller's transaction, after the uses
 * are written, and by one caller at a time (FINDINGS_LOCK).
 */
export async function recountTicketBlocks(sql: Sql, serials: Iterable<string>): Promise<void> {
  const touched = new Map<string, { prefix: string; block: number }>();
  for (const serial of serials) {
    const parsed = parseSerial(serial);
    if (!parsed) continue;
    // 1 to 100 are block 1, 101 to 200 block 2, …
    const block = Math.floor((parsed.number + 99) / 100);
    touched.set(`${block} ${parsed.prefix}`, { prefix: parsed.prefix, block });
  }
  if (touched.size === 0) return;
  await sql.query(
    `INSERT INTO ticket_blocks AS b (prefix, block, used)
     SELECT t.prefix, t.block, c.used FROM unnest($1::text[], $2::bigint[]) AS t (prefix, block)
       CROSS JOIN LATERAL (
         SELECT count(DISTINCT u.number) AS used FROM ticket_uses u
          WHERE u.prefix = t.prefix AND u.number BETWEEN t.block * 100 - 99 AND t.block * 100
            AND NOT EXISTS (SELECT FROM voids v WHERE v.device_no = u.device_no AND v.epoch = u.epoch AND v.seq = u.seq
              AND v.state = 'effective')) c
     ON CONFLICT (prefix, block) DO UPDATE SET used = excluded.used WHERE b.used <> excluded.used`,
    [[...touched.values()].map(({ prefix }) => prefix), [...touched.values()].map(({ block }) => block)],
  );
}

/** Uses of these serials by payments of other days. */
export async function usesOnOtherDays(
  sql: Sql,
  date: BusinessDate,
  serials: readonly string[],
): Promise<{ record: string; businessDate: BusinessDate }[]> {
  if (serials.length === 0) return [];
  return sql.query(
    `SELECT record, business_date AS "businessDate" FROM ticket_uses WHERE serial = ANY($1::text[]) AND business_date <> $2`,
    [serials, date],
  );
}
