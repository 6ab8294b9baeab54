import { addDays, businessDateOf, type BusinessDate } from '@app/kernel';
import type {
  DayFacts,
  GapFact,
  IntegrityFact,
  RecordFact,
  SettlementFact,
  RuleBook,
  TicketRange,
  TicketUse,
} from '@app/reconciliation';
import { payeeOf } from '@app/settlement';
import type { Sql } from '../database.js';
import { announcedFacts, withoutExplained } from './announced-facts.js';
import { loadCollections, loadShifts, type PointDay } from './cash-facts.js';
import { loadDeposits } from './deposit-facts.js';
import { paymentsNaming, paymentsOf, type PaymentRow } from './payment-facts.js';

const ROWS = /* sql */ `
SELECT s.key AS id, s.acquirer, s.channel, s.kind, s.transaction_id AS "transactionId", s.part,
       s.original_transaction_id AS "originalTransactionId", s.batch_id AS "batchId", s.order_id AS "orderId", s.rrn, s.nmid,
       s.mid, s.terminal, s.card_last4 AS "cardLast4", s.trace, s.amount, s.fee, s.net, s.net_sen AS "netSen",
       s.transaction_at AS "transactionAt", s.settlement_date AS "settlementDate", p.code AS point, d.device_id AS device
  FROM settlement_rows s LEFT JOIN points p ON p.id = s.point_id LEFT JOIN devices d ON d.device_no = s.device_no`;

function recordOf(row: PaymentRow): RecordFact {
  const { id, device, point, attendant, amount, at, businessDate, orderId, rrn, nmid, trace } = row;
  return {
    id,
    channel: row.method as 'qris' | 'card',
    device,
    point,
    attendant,
    amount,
    at,
    businessDate,
    orderId,
    rrn,
    nmid,
    trace,
    voided: row.voidRecord === null ? null : { record: row.voidRecord, at: row.voidAt ?? at },
  };
}

const isDigital = (row: PaymentRow): boolean => row.method === 'qris' || row.method === 'card';

/**
 * Records and lines of the day, and those of other days that hang on them by order, reference or transaction. A chain
 * is followed for three steps, which is one more than an order with two records and a refund needs.
 */
async function completeGroups(
  sql: Sql,
  date: BusinessDate,
  own: readonly PaymentRow[],
): Promise<{ records: RecordFact[]; settlements: SettlementFact[] }> {
  const records = new Map(own.filter(isDigital).map((row) => [row.id, recordOf(row)]));
  const rows = new Map<string, SettlementFact>();
  const keep = (found: SettlementFact[]): void => found.forEach((row) => rows.set(row.id, row));
  keep(await sql.query<SettlementFact>(`${ROWS} WHERE s.business_date = $1 AND s.kind <> 'fee'`, [date]));
  keep(await announcedFacts(sql, date));
  for (let step = 0, before = -1; step < 3 && before !== records.size + rows.size; step++) {
    before = records.size + rows.size;
    const [orderIds, rrns] = [textsOf(records.values(), 'orderId'), textsOf(records.values(), 'rrn')];
    keep(await rowsNaming(sql, date, { orderIds, rrns }, rows));
    const known = { orders: new Set(orderIds), rrns: new Set(rrns) };
    const lonely = [...rows.values()].filter(
      (row) => !known.orders.has(row.orderId ?? '') && !known.rrns.has(row.rrn ?? ''),
    );
    const more = await paymentsNaming(sql, date, textsOf(lonely, 'orderId'), textsOf(lonely, 'rrn'));
    for (const row of more) if (isDigital(row)) records.set(row.id, recordOf(row));
  }
  const all = [...records.values()];
  return { records: all, settlements: withoutExplained([...rows.values()], all) };
}

function textsOf<K extends 'orderId' | 'rrn'>(items: Iterable<Record<K, string | null>>, key: K): string[] {
  const texts = new Set<string>();
  for (const item of items) if (item[key] !== null) texts.add(item[key]);
  return [...texts];
}

/** Lines by one of their indexes, look-up by look-up: OFFSET 0 keeps the planner from reading all lines there are. */
const rowsBy = (given: string, condition: string): string => /* sql */ `
SELECT s.key FROM unnest(${given} CROSS JOIN LATERAL (SELECT x.key FROM settlement_rows x
  WHERE ${condition} AND x.business_date <> $5 OFFSET 0) s`;

/** Lines of other days that name an order or reference, or a transaction of a line that is there. */
async function rowsNaming(
  sql: Sql,
  date: BusinessDate,
  { orderIds, rrns }: { orderIds: readonly string[]; rrns: readonly string[] },
  known: ReadonlyMap<string, SettlementFact>,
): Promise<SettlementFact[]> {
  const found = await sql.query<SettlementFact>(
    `WITH keys AS MATERIALIZED (${rowsBy('$1::text[]) AS t (id)', 'x.order_id = t.id')}
       UNION ${rowsBy('$2::text[]) AS t (id)', 'x.rrn = t.id')}
       UNION ${rowsBy(
         '$3::text[], $4::text[]) AS t (acquirer, id)',
         'x.acquirer = t.acquirer AND coalesce(x.original_transaction_id, x.transaction_id) = t.id',
       )})
     ${ROWS} WHERE s.key IN (SELECT key FROM keys)`,
    [orderIds, rrns, ...transactionsOf(known.values()), date],
  );
  return found.filter((row) => row.kind !== 'fee' && !known.has(row.id));
}

function transactionsOf(rows: Iterable<SettlementFact>): [string[], string[]] {
  const pairs = new Map<string, [string, string]>();
  for (const { acquirer, transactionId, originalTransactionId } of rows) {
    const id = originalTransactionId ?? transactionId;
    pairs.set(`${acquirer}\n${id}`, [acquirer, id]);
  }
  const all = [...pairs.values()];
  return [all.map(([acquirer]) => acquirer), all.map(([, id]) => id)];
}

/** Uses of the day's serials, those of other days with them (kept by serial in ticket_uses). */
async function loadTickets(
  sql: Sql,
  own: readonly PaymentRow[],
): Promise<{ tickets: TicketUse[]; ticketsNoted: Set<string> }> {
  const today = own.filter((row) => row.ticket !== null && row.ticket !== '');
  const uses = today.map((row): TicketUse => {
    const { id: record, device, point, attendant, at, businessDate, amount } = row;
    return {
      record,
      device,
      point,
      attendant,
      serial: row.ticket!,
      at,
      businessDate,
      amount,
      voided: row.voidRecord !== null,
    };
  });
  const elsewhere = await sql.query<TicketUse>(
    `SELECT u.record, d.device_id AS device, p.code AS point, u.attendant, u.serial, u.at, u.business_date AS "businessDate",
            u.amount, EXISTS (SELECT FROM voids v WHERE v.device_no = u.device_no AND v.epoch = u.epoch AND v.seq = u.seq
              AND v.state = 'effective') AS voided
       FROM (SELECT * FROM ticket_uses WHERE serial = ANY($1::text[]) OFFSET 0) u
       JOIN devices d USING (device_no) JOIN points p ON p.id = u.point_id`,
    [[...new Set(uses.map((use) => use.serial))]],
  );
  const known = new Set(uses.map((use) => use.record));
  const tickets = [...uses, ...elsewhere.filter((use) => !known.has(use.record))];
  return { tickets, ticketsNoted: new Set(elsewhere.map((use) => use.record)) };
}

const GAPS = /* sql */ `
SELECT d.device_id AS device, g.epoch, g.from_seq AS "from", g.to_seq AS "to", p.code AS point, j.attendant,
       j.business_date AS "businessDate", g.opened_at AS since
  FROM journal_gaps g JOIN devices d USING (device_no)
  JOIN journal_records j ON j.device_no = g.device_no AND j.epoch = g.epoch AND j.seq = g.to_seq + 1
  JOIN points p ON p.id = j.point_id WHERE j.business_date = $1`;

const INTEGRITY = /* sql */ `
SELECT f.pattern AS kind, d.device_id || '/' || f.epoch || '/' || f.seq AS record, f.key AS hash, d.device_id AS device,
       p.code AS point, j.attendant, coalesce(j.at, f.found_at) AS at, f.business_date AS "businessDate",
       coalesce(j.amount, 0) AS amount
  FROM findings f JOIN devices d USING (device_no) JOIN points p ON p.id = f.point_id
  LEFT JOIN journal_records j ON j.device_no = f.device_no AND j.epoch = f.epoch AND j.seq = f.seq
 WHERE f.business_date = $1 AND f.pattern IN ('record-conflict', 'broken-chain') AND f.cleared_at IS NULL`;

/** Everything the database knows about a business day, as reconciliation wants it. */
export interface LoadedDay {
  facts: DayFacts;
  payments: PaymentRow[];
  /** Records whose ticket stands in ticket_uses already. */
  ticketsNoted: ReadonlySet<string>;
}

export async function loadDayFacts(sql: Sql, date: BusinessDate, rules: RuleBook): Promise<LoadedDay> {
  const payments = await paymentsOf(sql, date);
  const groups = await completeGroups(sql, date, payments);
  const points = await sql.query<{ id: number }>('SELECT id FROM points');
  const days: PointDay[] = points.map(({ id }) => ({ pointId: id, businessDate: date }));
  const shifts = await loadShifts(sql, days);
  const collections = await loadCollections(sql, days);
  const deposits = await loadDeposits(
    sql,
    date,
    {
      shifts,
      collections,
      payments,
      settlements: groups.settlements.filter((row) => !row.announced && settledOn(row) === date),
    },
    rules,
  );
  const payees = await sql.query<{ id: string }>('SELECT id FROM payees');
  // Where nobody registered whose merchant ids are ours, none can be called foreign.
  const ours = payees.length > 0 ? payees.map((payee) => payee.id) : payeesSeen(groups);
  const holidays = await sql.query<{ day: BusinessDate }>('SELECT day FROM holidays WHERE day BETWEEN $1 AND $2', [
    date,
    addDays(date, 60),
  ]);
  const { tickets, ticketsNoted } = await loadTickets(sql, payments);
  const facts: DayFacts = {
    ...groups,
    ...deposits,
    payees: new Set(ours),
    shifts,
    collections,
    tickets,
    ticketRanges: await sql.query<TicketRange>(
      `SELECT prefix, from_no AS "from", to_no AS "to", state, attendant_code AS attendant, issued_on AS "issuedOn",
              closed_on AS "closedOn" FROM ticket_ranges`,
    ),
    gaps: await sql.query<GapFact>(GAPS, [date]),
    integrity: await sql.query<IntegrityFact>(INTEGRITY, [date]),
    holidays: new Set(holidays.map((holiday) => holiday.day)),
  };
  return { facts, payments, ticketsNoted };
}

function payeesSeen(groups: { records: RecordFact[]; settlements: SettlementFact[] }): string[] {
  const seen = [...groups.records.map((record) => record.nmid), ...groups.settlements.map(payeeOf)];
  return seen.filter((id) => id !== null);
}

/** Which day a settlement line counts for in the waterfall: the day the payer paid. */
export function settledOn(row: SettlementFact): BusinessDate {
  return businessDateOf(row.transactionAt);
}
