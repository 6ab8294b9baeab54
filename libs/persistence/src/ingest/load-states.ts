import { DeviceState, Sequence, type SeqRange } from '@app/journal';
import type { Sql } from '../database.js';

/**
 * Reads what the journal knows of some devices. The version is read first, so a state that is overtaken while it is
 * read claims to be older than it is, and the commit on it is refused.
 */
export async function loadStates(sql: Sql, deviceNos: readonly number[]): Promise<DeviceState[]> {
  await sql.query(
    'INSERT INTO journal_writers (device_no, version) SELECT n, 0 FROM unnest($1::int[]) AS n ON CONFLICT DO NOTHING',
    [deviceNos],
  );
  const writers = await sql.query<{ device_no: number; version: number }>(
    'SELECT device_no, version FROM journal_writers WHERE device_no = ANY($1)',
    [deviceNos],
  );
  const states = new Map(writers.map((row) => [row.device_no, new DeviceState(row.device_no, row.version)]));
  await Promise.all([loadEpochs(sql, deviceNos, states), loadWaitingVoids(sql, deviceNos, states)]);
  return [...states.values()];
}

async function loadEpochs(sql: Sql, deviceNos: readonly number[], states: Map<number, DeviceState>): Promise<void> {
  const [heads, gaps] = await Promise.all([
    sql.query<{ device_no: number; epoch: number; max_seq: number; tail_mac: string }>(
      'SELECT device_no, epoch, max_seq, tail_mac FROM journal_heads WHERE device_no = ANY($1)',
      [deviceNos],
    ),
    sql.query<{ device_no: number; epoch: number; from_seq: number; to_seq: number }>(
      `SELECT device_no, epoch, from_seq, to_seq FROM journal_gaps
       WHERE device_no = ANY($1) ORDER BY device_no, epoch, from_seq`,
      [deviceNos],
    ),
  ]);
  const gapsOf = new Map<string, SeqRange[]>();
  for (const gap of gaps) {
    const key = `${gap.device_no}:${gap.epoch}`;
    const list = gapsOf.get(key) ?? [];
    list.push({ from: gap.from_seq, to: gap.to_seq });
    gapsOf.set(key, list);
  }
  for (const head of heads) {
    states.get(head.device_no)!.epochs.set(head.epoch, {
      sequence: new Sequence(head.max_seq, gapsOf.get(`${head.device_no}:${head.epoch}`)),
      tailSeal: head.tail_mac,
    });
  }
}

interface WaitingRow {
  device_no: number;
  epoch: number;
  seq: number;
  void_epoch: number;
  void_seq: number;
  point_id: number;
  business_date: string;
}

async function loadWaitingVoids(
  sql: Sql,
  deviceNos: readonly number[],
  states: Map<number, DeviceState>,
): Promise<void> {
  const rows = await sql.query<WaitingRow>(
    `SELECT v.device_no, v.epoch, v.seq, v.void_epoch, v.void_seq, r.point_id, r.business_date
     FROM voids v JOIN journal_records r
       ON (r.device_no, r.epoch, r.seq) = (v.device_no, v.void_epoch, v.void_seq)
     WHERE v.device_no = ANY($1) AND v.state = 'waiting'`,
    [deviceNos],
  );
  for (const row of rows) {
    states.get(row.device_no)!.waitingVoids.set(`${row.epoch}:${row.seq}`, {
      voidEpoch: row.void_epoch,
      voidSeq: row.void_seq,
      pointId: row.point_id,
      businessDate: row.business_date,
    });
  }
}
