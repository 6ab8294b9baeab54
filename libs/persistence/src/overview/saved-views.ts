import { ConflictError, NotFoundError } from '@app/registry';
import type { ListQuery } from '../lists.js';
import { INSTANT } from '../registry/sql-parts.js';
import type { WriteTx } from '../writes.js';

/** A person's own view of a list: its address under a name. */
export interface SavedViewRow {
  id: number;
  screen: string;
  name: string;
  /** What stands behind the `?` of the screen's address. */
  search: string;
  savedAt: string;
}

const VIEWS_MAX = 100;

/** The views that a person has saved. */
export function savedViewsQuery(userId: number, screen: string | undefined): ListQuery<SavedViewRow> {
  return {
    text: `SELECT id, screen, name, search, ${INSTANT('saved_at')} AS "savedAt" FROM saved_views
           WHERE user_id = $1 AND ($2::text IS NULL OR screen = $2)`,
    values: [userId, screen ?? null],
    orderBy: 'screen, name',
  };
}

/** Saves a view; one of the same name is replaced. @throws ConflictError beyond a hundred */
export async function saveView(
  tx: WriteTx,
  userId: number,
  view: { screen: string; name: string; search: string },
): Promise<number> {
  const [count] = await tx.query<{ n: number }>('SELECT count(*) AS n FROM saved_views WHERE user_id = $1', [userId]);
  if (count!.n >= VIEWS_MAX)
    throw new ConflictError(`You have ${VIEWS_MAX} saved views.`, 'Remove one that you no longer need.', 'name');
  const [saved] = await tx.query<{ id: number }>(
    `INSERT INTO saved_views (user_id, screen, name, search) VALUES ($1, $2, $3, $4)
     ON CONFLICT (user_id, screen, name) DO UPDATE SET search = excluded.search, saved_at = now() RETURNING id`,
    [userId, view.screen, view.name, view.search],
  );
  await tx.audit('view.save', `${view.screen}/${view.name}`);
  return saved!.id;
}

/** @throws NotFoundError when it is not there, or somebody else's */
export async function removeView(tx: WriteTx, userId: number, id: number): Promise<void> {
  const [gone] = await tx.query<{ screen: string; name: string }>(
    'DELETE FROM saved_views WHERE id = $1 AND user_id = $2 RETURNING screen, name',
    [id, userId],
  );
  if (!gone) throw new NotFoundError('saved view', String(id));
  await tx.audit('view.remove', `${gone.screen}/${gone.name}`);
}
