import { Skeleton, Table, UnstyledButton } from '@mantine/core';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import {
  getCoreRowModel,
  useReactTable,
  type ColumnDef,
  type Row as Item,
  type VisibilityState,
} from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
import { memo, useMemo, useRef, type KeyboardEvent, type ReactElement, type RefObject } from 'react';
import { useCommon } from '../i18n/i18n';
import type { Page } from './api';
import type { Column } from './column';

export interface RowsProps<Row> {
  readonly page: Page<Row> | undefined;
  readonly columns: readonly Column<Row>[];
  readonly visible: VisibilityState;
  readonly rowKey: (row: Row) => string;
  readonly link?: (row: Row) => string;
  readonly label: string;
  readonly sort: string | undefined;
  readonly onSort: (sort: string | undefined) => void;
  /** Paper has no scroll bar: every row is drawn. */
  readonly printing: boolean;
}

const ROW_PX = 41;
/** More rows than this are drawn only as far as they are seen, and some beyond. */
const VIRTUAL_FROM = 100;
const BEYOND = 5;

export function Rows<Row>(props: RowsProps<Row>): ReactElement {
  const { page, columns, visible, sort, onSort, rowKey, link, label, printing } = props;
  const definitions = useMemo(() => columns.map(({ id }): ColumnDef<Row> => ({ id })), [columns]);
  const table = useReactTable({
    data: page?.rows ?? NONE,
    columns: definitions,
    state: { columnVisibility: visible },
    getCoreRowModel: getCoreRowModel(),
    getRowId: rowKey,
    manualSorting: true,
  });
  const scroller = useRef<HTMLDivElement>(null);
  const rows = table.getRowModel().rows;
  const isLong = rows.length > VIRTUAL_FROM && !printing;
  const standing = useMemo(() => columns.filter(({ id }) => visible[id] !== false), [columns, visible]);
  return (
    <div
      ref={scroller}
      style={{ overflow: 'auto', ...(isLong && { maxHeight: '70vh' }) }}
      tabIndex={0}
      role="region"
      aria-label={label}
    >
      <Table stickyHeader={isLong} className={link ? 'rows rows-link' : 'rows'} aria-rowcount={page?.total}>
        <Table.Thead>
          <Table.Tr>
            {standing.map((column) => (
              <Head key={column.id} column={column as Column<unknown>} sort={sort} onSort={onSort} />
            ))}
          </Table.Tr>
        </Table.Thead>
        {page ? (
          <Body rows={rows} columns={standing} link={link} scroller={isLong ? scroller : null} />
        ) : (
          <Placeholder columns={columns.length} />
        )}
        {page?.sums && page.rows.length > 0 && <Sums sums={page.sums} columns={standing} />}
      </Table>
    </div>
  );
}

const NONE: never[] = [];

interface BodyProps<Row> {
  readonly rows: readonly Item<Row>[];
  readonly columns: readonly Column<Row>[];
  readonly link: ((row: Row) => string) | undefined;
  /** What scrolls, where not every row is drawn. */
  readonly scroller: RefObject<HTMLDivElement | null> | null;
}

/** Scrolling draws this again, and of its rows those that come into sight. */
function Body<Row>({ rows, columns, link, scroller }: BodyProps<Row>): ReactElement {
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller?.current ?? null,
    estimateSize: () => ROW_PX,
    overscan: BEYOND,
    enabled: scroller !== null,
    useFlushSync: false,
  });
  const items = virtual.getVirtualItems();
  const shown = scroller ? items.map(({ index }) => rows[index]!) : rows;
  const above = scroller ? (items[0]?.start ?? 0) : 0;
  const below = scroller ? virtual.getTotalSize() - (items.at(-1)?.end ?? 0) : 0;
  return (
    <tbody>
      {above > 0 && <tr style={{ height: above }} aria-hidden />}
      {shown.map((row) => (
        <BodyRow
          key={row.id}
          id={row.id}
          row={row.original}
          columns={columns as readonly Column<unknown>[]}
          link={link as ((row: unknown) => string) | undefined}
        />
      ))}
      {below > 0 && <tr style={{ height: below }} aria-hidden />}
    </tbody>
  );
}

/** One row, in plain elements and only when it changes: there may be thousands. */
const BodyRow = memo(function BodyRow({
  id,
  row,
  columns,
  link,
}: {
  id: string;
  row: unknown;
  columns: readonly Column<unknown>[];
  link: ((row: unknown) => string) | undefined;
}): ReactElement {
  const navigate = useNavigate();
  const open = link && (() => void navigate({ href: link(row) } as never));
  return (
    <tr
      data-row={id}
      {...(open && {
        tabIndex: 0,
        onClick: open,
        onKeyDown: (event: KeyboardEvent) => event.key === 'Enter' && event.target === event.currentTarget && open(),
      })}
    >
      {columns.map((column) => (
        <td key={column.id} data-column={column.id} className={classOf(column)}>
          {column.cell(row)}
        </td>
      ))}
    </tr>
  );
});

/** What all filtered rows, not only those of the page, add up to: each sum under its column, drawn as the column draws. */
function Sums<Row>({ sums, columns }: { sums: Readonly<Record<string, number>>; columns: readonly Column<Row>[] }) {
  const t = useCommon();
  const first = columns.findIndex(({ id }) => id in sums);
  if (first === -1) return null;
  return (
    <Table.Tfoot className="sums" data-sums>
      <Table.Tr>
        {first > 0 && (
          <Table.Th colSpan={first} scope="row">
            {t('sums')}
          </Table.Th>
        )}
        {columns.slice(first).map((column) => (
          <Table.Td key={column.id} className={classOf(column as Column<unknown>)} data-sum={column.id}>
            {column.id in sums && column.cell(sums as Row)}
          </Table.Td>
        ))}
      </Table.Tr>
    </Table.Tfoot>
  );
}

/** Numbers stand right; what can be done with a row stays in sight however wide the table is. */
const classOf = ({ number, header }: Column<unknown>): string | undefined =>
  number ? 'number' : header === '' ? 'row-actions' : undefined;

function Head({
  column,
  sort,
  onSort,
}: {
  column: Column<unknown>;
  sort: string | undefined;
  onSort: (sort: string | undefined) => void;
}): ReactElement {
  const { id, header, sortable = true } = column;
  const direction = sort === id ? 'ascending' : sort === `-${id}` ? 'descending' : undefined;
  const next = direction === undefined ? id : direction === 'ascending' ? `-${id}` : undefined;
  return (
    <Table.Th aria-sort={direction} className={classOf(column)}>
      {sortable && header ? (
        <UnstyledButton fz="sm" fw={700} onClick={() => onSort(next)}>
          {header}
          {direction === 'ascending' && <IconArrowUp size={14} aria-hidden />}
          {direction === 'descending' && <IconArrowDown size={14} aria-hidden />}
        </UnstyledButton>
      ) : (
        header
      )}
    </Table.Th>
  );
}

/** As high as the rows that are coming. */
function Placeholder({ columns }: { columns: number }): ReactElement {
  return (
    <tbody>
      {Array.from({ length: 8 }, (_, n) => (
        <tr key={n} aria-hidden>
          <td colSpan={columns}>
            <Skeleton h={18} />
          </td>
        </tr>
      ))}
    </tbody>
  );
}
