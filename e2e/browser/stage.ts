import type { City, KnownPoint } from './city.js';
import type { Visitor, VisitorOptions } from './visitor.js';

/** What the tests of one city share. */
export interface Stage {
  readonly city: () => City;
  /** Somebody who has signed in. */
  readonly visit: (username: string, options?: VisitOptions) => Promise<Visitor>;
}

export interface VisitOptions extends Omit<VisitorOptions, 'origin'> {
  readonly path?: string;
}

export interface CaseRow {
  readonly id: string;
  readonly amount: number;
  readonly point: string | null;
  readonly state: string;
}

/** The case of payments that were recorded and never settled, at a point. */
export async function leakAt({ admin }: City, { code }: KnownPoint): Promise<CaseRow> {
  const query = '/cases?kind=exception&pattern=recorded-not-settled&limit=1000';
  const { rows } = (await admin.get(query)) as { rows: CaseRow[] };
  return rows.find(({ point }) => point === code)!;
}
