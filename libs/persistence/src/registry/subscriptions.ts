import { ConflictError, FieldError, NotFoundError, type Sealer } from '@app/registry';
import { Conditions, type ListQuery } from '../lists.js';
import type { WriteTx } from '../writes.js';

export interface SubscriptionRow {
  id: number;
  /** The beginning of the plate's keyed hash: tells two apart, reveals neither. */
  plateMark: string;
  vehicleClass: string;
  validFrom: string;
  validTo: string;
}

export interface SubscriptionFilter {
  /** Keyed hash of a plate. */
  plateHash?: Buffer;
  on?: string;
}

/** Subscriptions; plates are kept as keyed hashes only. */
export function subscriptionsQuery(filter: SubscriptionFilter): ListQuery<SubscriptionRow> {
  const conditions = new Conditions()
    .add('plate_hash = {}', filter.plateHash)
    .add('daterange(valid_from, valid_to) @> {}::date', filter.on);
  return {
    text: `SELECT id, left(encode(plate_hash, 'hex'), 12) AS "plateMark", vehicle_class AS "vehicleClass",
      valid_from AS "validFrom", valid_to AS "validTo" FROM subscriptions ${conditions.where}`,
    values: conditions.values,
    orderBy: 'id',
  };
}

export interface NewSubscription {
  plate: string;
  vehicleClass: string;
  validFrom: string;
  /** Exclusive. */
  validTo: string;
}

/** @returns its id. @throws ConflictError when the plate has one in this time, FieldError */
export async function createSubscription(tx: WriteTx, sealer: Sealer, subscription: NewSubscription): Promise<number> {
  const { plate, vehicleClass, validFrom, validTo } = subscription;
  if (validTo <= validFrom) throw new FieldError('validTo', 'validTo must lie after validFrom.');
  const hash = sealer.plateHash(plate);
  await tx.query('LOCK TABLE subscriptions IN SHARE ROW EXCLUSIVE MODE');
  const [other] = await tx.query<{ validFrom: string; validTo: string }>(
    `SELECT valid_from AS "validFrom", valid_to AS "validTo" FROM subscriptions
     WHERE plate_hash = $1 AND daterange(valid_from, valid_to) && daterange($2::date, $3::date)`,
    [hash, validFrom, validTo],
  );
  if (other)
    throw new ConflictError(
      `This plate has a subscription from ${other.validFrom} to ${other.validTo}.`,
      `Begin at ${other.validTo} or later.`,
      'validFrom',
    );
  const [created] = await tx.query<{ id: number }>(
    'INSERT INTO subscriptions (plate_hash, vehicle_class, valid_from, valid_to) VALUES ($1, $2, $3, $4) RETURNING id',
    [hash, vehicleClass, validFrom, validTo],
  );
  await tx.audit('subscription.create', String(created!.id), { vehicleClass, validFrom, validTo });
  return created!.id;
}

/** @throws NotFoundError */
export async function endSubscription(tx: WriteTx, id: number, validTo: string): Promise<void> {
  const [row] = await tx.query<{ validFrom: string }>(
    'SELECT valid_from AS "validFrom" FROM subscriptions WHERE id = $1 FOR UPDATE',
    [id],
  );
  if (!row) throw new NotFoundError('subscription', String(id));
  if (validTo <= row.validFrom)
    throw new ConflictError(`This subscription begins only at ${row.validFrom}.`, 'Choose a later end.', 'validTo');
  await tx.query('UPDATE subscriptions SET valid_to = $2 WHERE id = $1', [id, validTo]);
  await tx.audit('subscription.end', String(id), { validTo });
}
