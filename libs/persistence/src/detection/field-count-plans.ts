import type { BusinessDate } from '@app/kernel';
import { ConflictError, FieldError, NotFoundError } from '@app/registry';
import { Conditions, type ListQuery } from '../lists.js';
import { pointIdOfField } from '../registry/points.js';
import { INSTANT } from '../registry/sql-parts.js';
import type { WriteTx } from '../writes.js';

export interface FieldCountPlanRow {
  id: number;
  point: string;
  pointName: string;
  date: BusinessDate;
  /** Hours of the day, `toHour` exclusive. */
  fromHour: number;
  toHour: number;
  people: number;
  team: string;
  /** Why this point: the planner's words, or the officer's. */
  reason: string;
  state: 'planned' | 'counted' | 'missed' | 'cancelled';
  /** Counts that were entered for it. */
  counts: number;
  createdBy: string;
  createdAt: string;
}

export interface FieldCountPlanFilter {
  from?: BusinessDate;
  to?: BusinessDate;
  point?: string;
  state?: string;
}

/** Plans, the newest day first. */
export function fieldCountPlansQuery(filter: FieldCountPlanFilter): ListQuery<FieldCountPlanRow> {
  const conditions = new Conditions()
    .add('date >= {}', filter.from)
    .add('date <= {}', filter.to)
    .add('point = {}', filter.point)
    .add('state = {}', filter.state);
  return {
    text: `SELECT * FROM (SELECT g.id, p.code AS point, p.name AS "pointName", g.planned_on AS date, g.from_hour AS "fromHour",
        g.to_hour AS "toHour", g.people, g.team, g.reason, CASE WHEN g.cancelled_at IS NOT NULL THEN 'cancelled'
          WHEN c.counts > 0 THEN 'counted' WHEN g.planned_on < (now() AT TIME ZONE 'Asia/Jakarta')::date THEN 'missed'
          ELSE 'planned' END AS state, c.counts, g.created_by AS "createdBy", ${INSTANT('g.created_at')} AS "createdAt"
      FROM field_count_plans g JOIN points p ON p.id = g.point_id
      CROSS JOIN LATERAL (SELECT count(*) AS counts FROM current_field_counts f WHERE f.plan_id = g.id) c) plans
      ${conditions.where}`,
    values: conditions.values,
    orderBy: 'date DESC, "fromHour", id',
  };
}

export interface NewFieldCountPlan {
  point: string;
  date: BusinessDate;
  fromHour: number;
  toHour: number;
  people: number;
  team?: string;
  reason?: string;
}

/** @returns its id. @throws FieldError, ConflictError when the point has a plan for that hour */
export async function planFieldCount(tx: WriteTx, plan: NewFieldCountPlan, today: BusinessDate): Promise<number> {
  if (plan.toHour <= plan.fromHour) throw new FieldError('toHour', 'toHour must lie after fromHour.');
  if (plan.date < today) throw new FieldError('date', `${plan.date} is past.`, 'Plan for today or later.');
  const pointId = await pointIdOfField(tx, 'point', plan.point);
  const [made] = await tx.query<{ id: number }>(
    `INSERT INTO field_count_plans (point_id, planned_on, from_hour, to_hour, people, team, reason, created_by)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
     ON CONFLICT (point_id, planned_on, from_hour) WHERE cancelled_at IS NULL DO NOTHING RETURNING id`,
    [
      pointId,
      plan.date,
      plan.fromHour,
      plan.toHour,
      plan.people,
      plan.team ?? '',
      plan.reason ?? '',
      tx.actor.username,
    ],
  );
  if (!made)
    throw new ConflictError(
      `${plan.point} has a plan for ${plan.date}, ${plan.fromHour}:00 already.`,
      'Cancel that one, or choose another hour.',
      'fromHour',
    );
  await tx.audit('field-count-plan.create', String(made.id), plan);
  return made.id;
}

/** @throws NotFoundError, ConflictError when it is cancelled */
export async function cancelFieldCountPlan(tx: WriteTx, id: number, nowMs: number): Promise<void> {
  const [known] = await tx.query<{ cancelled: boolean }>(
    'SELECT cancelled_at IS NOT NULL AS cancelled FROM field_count_plans WHERE id = $1 FOR UPDATE',
    [id],
  );
  if (!known) throw new NotFoundError('field count plan', String(id));
  if (known.cancelled) throw new ConflictError(`Plan ${id} is cancelled already.`, 'Make a new plan.');
  await tx.query('UPDATE field_count_plans SET cancelled_at = $2, cancelled_by = $3 WHERE id = $1', [
    id,
    new Date(nowMs),
    tx.actor.username,
  ]);
  await tx.audit('field-count-plan.cancel', String(id));
}
