import type { DayNote } from '@app/detection';
import { ConflictError, NotFoundError } from '@app/registry';
import type { Sql } from '../database.js';
import type { WriteTx } from '../writes.js';

/** Stores a day's notes; one that goes on is the same note, and one that an officer closed stays closed. */
export async function storeNotes(sql: Sql, notes: readonly DayNote[], nowMs: number): Promise<void> {
  const newest = new Map(notes.map((note) => [note.id, note]));
  const rows = [...newest.values()].map((note) => ({ ...note, textId: note.text.id, textEn: note.text.en }));
  await sql.query(
    `INSERT INTO detection_notes AS t (id, kind, pattern, point_id, device_no, from_date, to_date, text_id, text_en,
       first_seen_at, last_seen_at)
     SELECT n.id, n.kind, n.pattern, p.id, d.device_no, n.date, n.date, n."textId", n."textEn", $2, $2
       FROM jsonb_to_recordset($1::jsonb) AS n (id text, kind text, pattern text, point text, device text, date date,
         "textId" text, "textEn" text)
       LEFT JOIN points p ON p.code = n.point LEFT JOIN devices d ON d.device_id = n.device ORDER BY n.id
     ON CONFLICT (id) DO UPDATE SET pattern = excluded.pattern, from_date = least(t.from_date, excluded.from_date),
       to_date = greatest(t.to_date, excluded.to_date), text_id = excluded.text_id, text_en = excluded.text_en,
       last_seen_at = excluded.last_seen_at`,
    [JSON.stringify(rows), new Date(nowMs)],
  );
}

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
