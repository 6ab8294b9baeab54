import type { ReactNode } from 'react';

export interface Column<Row> {
  /** The API's name of the column: sorting asks for it, and sums come under it. */
  readonly id: string;
  readonly header: string;
  readonly cell: (row: Row) => ReactNode;
  /** Numbers stand right. */
  readonly number?: boolean;
  /** False for a column that the API cannot sort by. */
  readonly sortable?: boolean;
  /** Not shown at first. */
  readonly hidden?: boolean;
}
