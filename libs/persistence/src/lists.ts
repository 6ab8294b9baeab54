import { FieldError } from '@app/registry';
import type { Database, Sql } from './database.js';

/** What a list shows: a SELECT with named columns, its parameters, and the order (over those columns). */
export interface ListQuery<Row> {
  readonly text: string;
  readonly values: readonly unknown[];
  readonly orderBy: string;
  /**
   * Columns for the order alone, which are not shown: an instant as it is stored, so that an index gives the first page
   * where the text made of it would have to be made and sorted for all rows.
   */
  readonly unseen?: readonly string[];
  /**
   * What is summed over the whole list and shown with every page: columns of whole numbers, or names with an SQL
   * expression over the columns where a row does not count as it stands.
   */
  readonly sums?: readonly string[] | Readonly<Record<string, string>>;
  /**
   * The same count and sums out of a roll-up, for a list of millions: one row with `total` and each name of `sums`. Only
   * where it says exactly what the list itself would.
   */
  readonly totals?: Pick<ListQuery<unknown>, 'text' | 'values'>;
  /** What SQL cannot say of a row, done to each; it must bear a row of nulls, from which exports take the columns. */
  readonly map?: (raw: never) => Row;
}

function shown<Row>(list: ListQuery<Row>, raw: unknown): Row {
  for (const name of list.unseen ?? []) delete (raw as Record<string, unknown>)[name];
  return list.map ? list.map(raw as never) : (raw as Row);
}

/** `limit` rows from row `offset` on. */
export interface PageOptions {
  readonly limit: number;
  readonly offset: number;
}

export interface Page<Row> {
  readonly rows: Row[];
  /** Rows of the whole list. */
  readonly total: number;
  /** Of the whole list, where it has columns to sum. */
  readonly sums?: Readonly<Record<string, number>>;
}

/** Rows fetched at once while a list is read through. */
const BATCH_ROWS = 1_000;

function sumsOf({ sums = [] }: Pick<ListQuery<unknown>, 'sums'>): [name: string, expression: string][] {
  return Array.isArray(sums) ? sums.map((column) => [column, `"${column}"`]) : Object.entries(sums);
}

/** One page of a list, and how many rows there are in all. */
export async function pageOf<Row>(sql: Sql, list: ListQuery<Row>, page: PageOptions): Promise<Page<Row>> {
  const { text, values, orderBy } = list;
  const n = values.length;
  const summed = sumsOf(list).map(([name, of]) => `, coalesce(sum(${of}), 0)::bigint AS "${name}"`);
  const totals = list.totals ?? { text: `SELECT count(*) AS total${summed.join('')} FROM (${text}) AS list`, values };
  const [rows, counted] = await Promise.all([
    sql.query(`SELECT * FROM (${text}) AS list ORDER BY ${orderBy} LIMIT $${n + 1} OFFSET $${n + 2}`, [
      ...values,
      page.limit,
      page.offset,
    ]),
    sql.query<{ total: number } & Record<string, number>>(totals.text, totals.values),
  ]);
  const { total, ...sums } = counted[0]!;
  return { rows: rows.map((raw) => shown(list, raw)), total, ...(list.sums && { sums }) };
}

/**
 * The list in another order: by one of the columns of its SELECT, `-` before the name for descending, its own order
 * after that.
 * @throws FieldError naming the columns when there is none of that name
 */
export async function sortedBy<Row>(sql: Sql, list: ListQuery<Row>, sort: string): Promise<ListQuery<Row>> {
  const name = sort.replace(/^-/, '');
  const { map: _, ...rows } = list;
  const columns = await columnsOf(sql, rows as ListQuery<object>);
  if (!columns.includes(name))
    throw new FieldError('sort', `There is no column ${JSON.stringify(name)}.`, `One of: ${columns.join(', ')}.`);
  const direction = sort.startsWith('-') ? 'DESC' : 'ASC';
  return { ...list, orderBy: `"${name}" ${direction} NULLS LAST, ${list.orderBy}` };
}

/** Names of a list's columns, also where it has no rows. */
export async function columnsOf(sql: Sql, list: ListQuery<object>): Promise<string[]> {
  const [row] = await sql.query<object>(
    `SELECT list.* FROM (SELECT 1) AS one LEFT JOIN (${list.text}) AS list ON false`,
    list.values,
  );
  return Object.keys(shown(list, row!));
}

/** Reads a list through in batches, from one snapshot, at most `rowsMax` rows; waits for `onRows` before it reads on. */
export async function readThrough<Row>(
  database: Database,
  list: ListQuery<Row>,
  rowsMax: number,
  onRows: (rows: Row[]) => Promise<void>,
): Promise<void> {
  await database.transaction(
    async (sql) => {
      await sql.query(
        `DECLARE list NO SCROLL CURSOR FOR SELECT * FROM (${list.text}) AS list ORDER BY ${list.orderBy} LIMIT ${rowsMax}`,
        list.values,
      );
      for (;;) {
        const rows = await sql.query(`FETCH ${BATCH_ROWS} FROM list`);
        if (rows.length > 0) await onRows(rows.map((raw) => shown(list, raw)));
        if (rows.length < BATCH_ROWS) return;
      }
    },
    { readOnly: true },
  );
}

/**
 * Collects the conditions of a list. `{}` in a condition stands for its value, which travels as a parameter;
 * a condition whose value is undefined is left out.
 */
export class Conditions {
  readonly values: unknown[] = [];
  readonly #all: string[] = [];

  add(condition: string, value: unknown): this {
    if (value === undefined) return this;
    this.values.push(value);
    this.#all.push(`(${condition.replaceAll('{}', `$${this.values.length}`)})`);
    return this;
  }

  /** Days from `from` to `to`, both inclusive. */
  period(column: string, { from, to }: { from?: string; to?: string }): this {
    return this.add(`${column} >= {}`, from).add(`${column} <= {}`, to);
  }

  /** `WHERE …`, or TRUE where nothing was asked. */
  get where(): string {
    return `WHERE ${this.#all.join(' AND ') || 'TRUE'}`;
  }
}
