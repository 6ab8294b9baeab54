import type { DayNote } from '@app/detection';
import { ConflictError, NotFoundError } from '@app/registry';
import type { Sql } from '../database.js';
import type { WriteTx } from '../writes.js';

/** So many days without it end a cause; what comes after them is told anew. */
const QUIET_DAYS = 3;

/**
 * Stores a day's notes, one for each cause as long as it lasts: a terminal that fails again within three days is one
 * ticket. One that an officer closed stays closed; what comes on a later day is a new one.
 */
export async function storeNotes(sql: Sql, notes: readonly DayNote[], nowMs: number): Promise<void> {
  const newest = new Map(notes.map((note) => [note.id, note]));
  const rows = [...newest.values()].map((note) => ({ ...note, textId: note.text.id, textEn: note.text.en }));
  await sql.query(STORE, [JSON.stringify(rows), new Date(nowMs), QUIET_DAYS]);
}

/* A holiday's note is of its day: the next day is another feast. */
const STORE = /* sql */ `
WITH told AS (
  SELECT n.*, p.id AS point_id, d.device_no
    FROM jsonb_to_recordset($1::jsonb) AS n (id text, kind text, pattern text, point text, device text, date date,
      "textId" text, "textEn" text)
    LEFT JOIN points p ON p.code = n.point LEFT JOIN devices d ON d.device_id = n.device)
INSERT INTO detection_notes AS t (id, kind, pattern, point_id, device_no, from_date, to_date, text_id, text_en,
  first_seen_at, last_seen_at)
SELECT coalesce((SELECT o.id FROM detection_notes o
    WHERE n.pattern <> 'holiday' AND o.pattern = n.pattern AND o.point_id IS NOT DISTINCT FROM n.point_id
      AND o.device_no IS NOT DISTINCT FROM n.device_no
      AND n.date BETWEEN o.from_date - $3::int AND o.to_date + $3::int AND (o.closed_at IS NULL OR n.date <= o.to_date)
    ORDER BY o.to_date DESC, o.id LIMIT 1), n.id) AS own,
  n.kind, n.pattern, n.point_id, n.device_no, n.date, n.date, n."textId", n."textEn", $2, $2
  FROM told n ORDER BY own
ON CONFLICT (id) DO UPDATE SET pattern = excluded.pattern, from_date = least(t.from_date, excluded.from_date),
  to_date = greatest(t.to_date, excluded.to_date), text_id = excluded.text_id, text_en = excluded.text_en,
  last_seen_at = excluded.last_seen_at`;

/** An officer says that the cause of a note is gone. @throws NotFoundError, ConflictError when it is closed */
export async function closeDetectionNote(tx: WriteTx, id: string, nowMs: number): Promise<void> {
  const [note] = await tx.query<{ closed: boolean }>(
    'SELECT closed_at IS NOT NULL AS closed FROM detection_notes WHERE id = $1 FOR UPDATE',
    [id],
  );
  if (!note) throw new NotFoundError('note', id);
  if (note.closed) throw new ConflictError('This note is closed already.', 'Read the list again.');
  await tx.query('UPDATE detection_notes SET closed_at = $2, closed_by = $3 WHERE id = $1', [
    id,
    new Date(nowMs),
    tx.actor.username,
  ]);
  await tx.audit('detection-note.close', id);
}
