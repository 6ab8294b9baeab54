import { ConflictError, NotFoundError } from '@app/registry';
import type { WriteTx } from '../writes.js';

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
