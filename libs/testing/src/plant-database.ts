import { businessDateOf, type BusinessDate, type Rupiah } from '@app/kernel';
import {
  enterCreditNote,
  ensureJournalPartitions,
  takeBankEntries,
  takeHandOver,
  takeSettlementRows,
  write,
  writeSlip,
  type Database,
  type WriteTx,
} from '@app/persistence';
import { canonicalJson } from '@app/protocol';
import { countedOf, defaultRules, type DepositFact, type ShiftFact, type SlipFact } from '@app/reconciliation';
import { settlementHash } from '@app/settlement';
import { OURS } from './plant-world.js';
import type { PlantedWorld } from './plant-exceptions.js';

/** Ids of the world with a letter at the end become numbers far off, as the journal wants them. */
export function journalId(id: string): string {
  const [, base, letters] = /^(.*?)([bv]*)$/.exec(id)!;
  const offset = { '': 0, b: 10_000_000, v: 20_000_000, bv: 30_000_000 }[letters!]!;
  const [device, epoch, seq] = base!.split('/');
  return `${device}/${epoch}/${Number(seq) + offset}`;
}

interface Row {
  id: string;
  point: string;
  type: string;
  at: number;
  businessDate: BusinessDate;
  body: Record<string, unknown>;
}

const ACTOR = { username: 'planter', address: '' };

/** Writes a planted world as terminals, acquirers, bank and treasurer would have brought it about, through the stores. */
export async function plantIntoDatabase(database: Database, world: PlantedWorld, nowMs: number): Promise<void> {
  await plantRegistry(database, world);
  await insertRecords(database, journalOf(world));
  await plantJournalFaults(database, world);
  await write(database, ACTOR, async (tx) => {
    await plantSettlements(tx, world, nowMs);
    await plantDeposits(tx, world, nowMs);
    await tx.audit('test.plant', 'world');
  });
}

async function plantRegistry(database: Database, { all, days }: PlantedWorld): Promise<void> {
  const shifts = [...all.shifts];
  const points = [...new Set(shifts.map((shift) => shift.point))];
  const devices = new Map(shifts.map(({ device, point }) => [device, { device, point, kind: 'handheld' }]));
  for (const { device, point } of all.collections) devices.set(device, { device, point, kind: 'meter' });
  const list = [...devices.values()];
  const operators = [...new Set([...all.operatorDays].map((day) => day.operator))];
  await database.query('INSERT INTO points (code, name) SELECT p, p FROM unnest($1::text[]) AS p', [points]);
  await database.query(
    `WITH added AS (INSERT INTO devices (device_id, kind) SELECT * FROM unnest($1::text[], $2::text[]) RETURNING device_no, device_id)
     INSERT INTO device_assignments (device_no, point_id, valid_from)
     SELECT a.device_no, p.id, '-infinity' FROM added a JOIN unnest($1::text[], $3::text[]) AS w (device, point) ON w.device = a.device_id
       JOIN points p ON p.code = w.point`,
    [list.map((d) => d.device), list.map((d) => d.kind), list.map((d) => d.point)],
  );
  await database.query(`INSERT INTO operators (code, name) SELECT o, o FROM unnest($1::text[]) AS o`, [operators]);
  await database.query(
    `INSERT INTO operator_contracts (number, operator_code, city_share_bp, attendant_share_bp, operator_share_bp,
       daily_minimum_deposit, valid_from, valid_to)
     SELECT 'PKS-' || o, o, 4000, 2000, 4000, 500000, $2::date, $3::date + 1 FROM unnest($1::text[]) AS o`,
    [operators, days[0], days.at(-1)],
  );
  await database.query(
    `INSERT INTO acquirers (code, name, channel, adapter) VALUES ('dana', 'DANA', 'qris', 'dana'), ('card-flazz', 'Flazz', 'card', 'synthetic-card')`,
  );
  await database.query(`INSERT INTO payees (id, acquirer_code) VALUES ($1, 'dana')`, [OURS]);
  await database.query(`INSERT INTO bank_accounts (account, kind) VALUES ('col', 'collecting'), ('rkud', 'treasury')`);
  await database.query(
    `INSERT INTO attendants (code, name, badge_number) SELECT a, a, a FROM unnest($1::text[]) AS a`,
    [[...new Set(shifts.map((shift) => shift.attendant))]],
  );
  await database.query(
    `INSERT INTO ticket_ranges (prefix, from_no, to_no, state, attendant_code, issued_on, closed_on)
     SELECT prefix, "from", "to", state, attendant, "issuedOn", "closedOn" FROM jsonb_to_recordset($1::jsonb)
       AS r (prefix text, "from" bigint, "to" bigint, state text, attendant text, "issuedOn" date, "closedOn" date)`,
    [JSON.stringify(all.ticketRanges)],
  );
}

/** Every record of the world; shift and void records get numbers of their own. */
function journalOf({ all }: PlantedWorld): Row[] {
  const shiftOf = new Map([...all.shifts].map((shift) => [`${shift.device} ${shift.businessDate}`, shift]));
  const within = (device: string, date: BusinessDate): { shift: string } => ({
    shift: shiftOf.get(`${device} ${date}`)?.shift ?? '',
  });
  const rows: Row[] = [];
  for (const record of all.records) {
    const { id, point, at, businessDate, amount, attendant, channel, orderId, rrn, nmid, trace, device } = record;
    const qris = { ...(orderId && { orderId }), ...(rrn && { rrn }), ...(nmid && { nmid }) };
    const paid = channel === 'qris' ? { qris } : { card: { issuer: 'flazz', trace } };
    const body = {
      vehicleClass: 'car',
      amount,
      method: channel,
      tariff: 'T',
      attendant,
      ...within(device, businessDate),
    };
    rows.push({ id: journalId(id), point, type: 'payment', at, businessDate, body: { ...body, ...paid } });
    if (record.voided) {
      const voids = Number(journalId(id).split('/')[2]);
      const voided = {
        id: journalId(record.voided.record),
        at: record.voided.at,
        businessDate: businessDateOf(record.voided.at),
      };
      rows.push({ ...voided, point, type: 'void', body: { voids, reason: 'test' } });
    }
  }
  for (const use of all.tickets) {
    const { record, point, at, businessDate, amount, attendant, serial: ticket, device } = use;
    const body = {
      vehicleClass: 'car',
      amount,
      method: 'cash',
      tariff: 'T',
      attendant,
      ticket,
      ...within(device, businessDate),
    };
    rows.push({ id: record, point, type: 'payment', at, businessDate, body });
  }
  let seq = 50_000_000;
  for (const { device, point, shift, attendant, businessDate, openedAt, closedAt, float, declared } of all.shifts) {
    const open = { id: `${device}/1/${++seq}`, point, type: 'shift-open', at: openedAt, businessDate };
    rows.push({ ...open, body: { shift, attendant, float } });
    if (closedAt === null) continue;
    const close = { id: `${device}/1/${++seq}`, point, type: 'shift-close', at: closedAt, businessDate };
    rows.push({ ...close, body: { shift, attendant, cashDeclared: declared } });
  }
  for (const { record, point, at, businessDate, collector, number, registerCash, cashCounted } of all.collections)
    rows.push({
      id: record,
      point,
      type: 'collection',
      at,
      businessDate,
      body: { number, collector, registerCash, cashCounted },
    });
  for (const { device, to, point, since, businessDate } of all.gaps)
    rows.push({ id: `${device}/1/${to + 1}`, point, type: 'boot', at: since, businessDate, body: {} });
  for (const { record, point, at, businessDate, amount } of all.integrity)
    rows.push({ id: record, point, type: 'boot', at, businessDate, body: { amount } });
  return rows;
}

async function insertRecords(database: Database, rows: readonly Row[]): Promise<void> {
  await ensureJournalPartitions(database, Math.min(...rows.map((row) => row.at)), 6);
  for (let i = 0; i < rows.length; i += 5_000) {
    const batch = rows.slice(i, i + 5_000).map(({ id, ...row }) => {
      const [device, epoch, seq] = id.split('/');
      const record = canonicalJson({ epoch: Number(epoch), seq: Number(seq), body: row.body });
      return { device, epoch: Number(epoch), seq: Number(seq), ...row, record };
    });
    await database.query(
      `WITH given AS MATERIALIZED (
         SELECT g.*, d.device_no, p.id AS point_id, g.body #>> '{qris,orderId}' AS order_id
           FROM jsonb_to_recordset($1::jsonb) AS g (device text, epoch bigint, seq bigint, point text, type text, at bigint,
             "businessDate" date, body jsonb, record text) JOIN devices d ON d.device_id = g.device JOIN points p ON p.code = g.point
       ), records AS (
         INSERT INTO journal_records (device_no, epoch, seq, received_at, at, business_date, point_id, type, vehicle_class,
           method, amount, attendant, shift, record)
         SELECT device_no, epoch, seq, to_timestamp(at / 1000.0), to_timestamp(at / 1000.0), "businessDate", point_id, type,
           body ->> 'vehicleClass', body ->> 'method', (body ->> 'amount')::bigint, body ->> 'attendant', body ->> 'shift',
           record FROM given
       ), opened AS (
         INSERT INTO shifts (device_no, shift, attendant, opened_at, point_id)
         SELECT device_no, body ->> 'shift', body ->> 'attendant', to_timestamp(at / 1000.0), point_id FROM given
          WHERE type = 'shift-open'
       )
       INSERT INTO voids (device_no, epoch, seq, void_epoch, void_seq, state, decided_at)
       SELECT device_no, epoch, (body ->> 'voids')::bigint, epoch, seq, 'effective', now() FROM given WHERE type = 'void'`,
      [JSON.stringify(batch)],
    );
  }
  await database.query(
    `INSERT INTO income_days (business_date, point_id, vehicle_class, method, attendant, count, amount)
     SELECT j.business_date, j.point_id, j.vehicle_class, j.method, j.attendant, count(*), sum(j.amount) FROM journal_records j
      WHERE j.type = 'payment' AND NOT EXISTS (SELECT FROM voids v WHERE (v.device_no, v.epoch, v.seq) = (j.device_no, j.epoch, j.seq))
      GROUP BY 1, 2, 3, 4, 5`,
  );
}

async function plantJournalFaults(database: Database, { all }: PlantedWorld): Promise<void> {
  await database.query(
    `INSERT INTO journal_gaps (device_no, epoch, from_seq, to_seq, opened_at)
     SELECT d.device_no, g.epoch, g."from", g."to", to_timestamp(g.since / 1000.0) FROM jsonb_to_recordset($1::jsonb)
       AS g (device text, epoch bigint, "from" bigint, "to" bigint, since bigint) JOIN devices d ON d.device_id = g.device`,
    [JSON.stringify(all.gaps)],
  );
  await database.query(
    `INSERT INTO findings (key, pattern, device_no, epoch, seq, point_id, business_date, found_at)
     SELECT f.kind || f.record, f.kind, d.device_no, 1, split_part(f.record, '/', 3)::bigint, p.id, f."businessDate", now()
       FROM jsonb_to_recordset($1::jsonb) AS f (kind text, record text, device text, point text, "businessDate" date)
       JOIN devices d ON d.device_id = f.device JOIN points p ON p.code = f.point`,
    [JSON.stringify(all.integrity)],
  );
}

async function plantSettlements(tx: WriteTx, { all, credits }: PlantedWorld, nowMs: number): Promise<void> {
  const orders = new Map(all.settlements.flatMap((row) => (row.orderId === null ? [] : [[row.orderId, row] as const])));
  await tx.query(
    `INSERT INTO qris_orders (order_id, device_no, request_id, point_id, acquirer_code, vehicle_class, amount, created_at,
       expires_at, state)
     SELECT o."orderId", d.device_no, o."orderId", p.id, 'dana', 'car', o.amount, to_timestamp(o."transactionAt" / 1000.0),
       to_timestamp(o."transactionAt" / 1000.0), 'paid' FROM jsonb_to_recordset($1::jsonb)
       AS o ("orderId" text, device text, point text, amount bigint, "transactionAt" bigint)
       JOIN devices d ON d.device_id = o.device JOIN points p ON p.code = o.point`,
    [JSON.stringify([...orders.values()])],
  );
  const [file] = await tx.query<{ id: number }>(
    `INSERT INTO settlement_files (sha256, adapter, name, size, state, received_at, received_by)
     VALUES ('\\x00', 'canonical', 'planted.csv', 0, 'imported', now(), 'test') RETURNING id`,
  );
  const rows = all.settlements.map((fact, i) => {
    const { id: key, channel: _channel, point: _point, device: _device, ...row } = fact;
    return { line: i + 2, key, hash: settlementHash(row), row };
  });
  await takeSettlementRows(tx, file!.id, rows, nowMs);
  const entries = credits.map(({ id, acquirer, ...entry }) => ({
    entry: { ...entry, entryId: id.split('/').slice(1).join('/'), description: acquirer ?? '' },
    line: null,
  }));
  await takeBankEntries(tx, file!.id, entries, 'test', nowMs);
}

/** Cash that was counted over must be handed in too; meters' cash and the operators' daily sum take the same road. */
async function plantDeposits(tx: WriteTx, { all }: PlantedWorld, nowMs: number): Promise<void> {
  const over = new Map<string, Rupiah>();
  for (const shift of all.shifts) over.set(`${shift.attendant} ${shift.businessDate}`, surplusOf(shift));
  const slips = new Map([...all.slips].map((slip) => [slip.slip, { ...slip }]));
  const deposits: DepositFact[] = [];
  for (const deposit of all.deposits) {
    const more = over.get(`${deposit.payer.id} ${deposit.businessDate}`) ?? 0;
    deposits.push({ ...deposit, amount: deposit.amount + more });
    const slip = slips.get(deposit.slip!)!;
    slip.amount += more;
    if (slip.credit) slip.credit = { ...slip.credit, amount: slip.credit.amount + more };
  }
  const clean = (deposit: Omit<DepositFact, 'slip' | 'treasurer'>): void => {
    const slip = `STS-${deposit.number}`;
    deposits.push({ ...deposit, slip, treasurer: 'bp-1' });
    const credit = { id: `bank/${slip}`, amount: deposit.amount, at: deposit.handedAt };
    const { businessDate, amount, handedAt: writtenAt } = deposit;
    slips.set(slip, { slip, treasurer: 'bp-1', businessDate, writtenAt, amount, credit });
  };
  for (const { record, point, collector, businessDate, at, cashCounted } of all.collections)
    if (cashCounted > 0)
      clean({
        number: `TBP-${record}`,
        payer: { kind: 'collector', id: collector },
        point,
        businessDate,
        amount: cashCounted,
        handedAt: at,
      });
  for (const { operator, businessDate, deposited } of all.operatorDays)
    clean({
      number: `TBP-${operator}-${businessDate}`,
      payer: { kind: 'operator', id: operator },
      point: null,
      businessDate,
      amount: deposited,
      handedAt: Date.parse(`${businessDate}T05:00:00Z`),
    });
  for (const deposit of deposits) await bringIn(tx, deposit, slips.get(deposit.slip!)!, nowMs);
}

function surplusOf(shift: ShiftFact): Rupiah {
  return shift.declared === null ? 0 : Math.max(0, countedOf(shift, defaultRules.cash) - shift.recordedCash);
}

async function bringIn(tx: WriteTx, deposit: DepositFact, slip: SlipFact, nowMs: number): Promise<void> {
  const { number, payer, point, businessDate, amount, handedAt, treasurer } = deposit;
  const receiver = { kind: 'treasurer', id: treasurer } as const;
  await takeHandOver(tx, { number, point, payer, receiver, businessDate, amount, handedAt }, nowMs);
  const from = { kind: 'treasurer', treasurer: slip.treasurer } as const;
  const { slip: name, writtenAt, credit } = slip;
  const paper = { number: name, from, businessDate: slip.businessDate, amount: slip.amount, writtenAt };
  await writeSlip(tx, { ...paper, handOvers: [number], batches: [] }, nowMs);
  if (!credit) return;
  const valueDate = businessDateOf(credit.at);
  const entry = { account: 'rkud', entryId: name, direction: 'credit', valueDate, amount: credit.amount } as const;
  await enterCreditNote(tx, { ...entry, reference: name, description: '' }, name, nowMs);
}
