import { Skeleton, Table, UnstyledButton } from '@mantine/core';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import {
  flexRender,
  getCoreRowModel,
  useReactTable,
  type ColumnDef,
  type VisibilityState,
} from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef, type KeyboardEvent, type ReactElement } from 'react';
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
/** More rows than this are drawn only as far as they are seen. */
const VIRTUAL_FROM = 100;

export function Rows<Row>(props: RowsProps<Row>): ReactElement {
  const { page, columns, visible, sort, onSort, rowKey, link, label, printing } = props;
  const definitions: ColumnDef<Row>[] = columns.map((column) => ({
    id: column.id,
    header: column.header,
    cell: ({ row }) => column.cell(row.original),
  }));
  const table = useReactTable({
    data: page?.rows ?? [],
    columns: definitions,
    state: { columnVisibility: visible },
    getCoreRowModel: getCoreRowModel(),
    getRowId: rowKey,
    manualSorting: true,
  });
  const scroller = useRef<HTMLDivElement>(null);
  const rows = table.getRowModel().rows;
  const isLong = rows.length > VIRTUAL_FROM && !printing;
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: 20,
    enabled: isLong,
  });
  const items = virtual.getVirtualItems();
  const shown = isLong ? items.map(({ index }) => rows[index]!) : rows;
  const above = isLong ? (items[0]?.start ?? 0) : 0;
  const below = isLong ? virtual.getTotalSize() - (items.at(-1)?.end ?? 0) : 0;
  const navigate = useNavigate();
  const classes = new Map(columns.map((column) => [column.id, classOf(column as Column<unknown>)]));
  const open = (row: Row) => (link ? () => void navigate({ href: link(row) } as never) : undefined);
  const standing = columns.filter(({ id }) => visible[id] !== false);
  return (
    <div
      ref={scroller}
      style={{ overflow: 'auto', ...(isLong && { maxHeight: '70vh' }) }}
      tabIndex={0}
      role="region"
      aria-label={label}
    >
      <Table
        highlightOnHover={!!link}
        stickyHeader={isLong}
        className={link ? 'rows-link' : ''}
        aria-rowcount={page?.total}
      >
        <Table.Thead>
          <Table.Tr>
            {standing.map((column) => (
              <Head key={column.id} column={column as Column<unknown>} sort={sort} onSort={onSort} />
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {above > 0 && <tr style={{ height: above }} aria-hidden />}
          {!page && <Placeholder columns={columns.length} />}
          {shown.map((row) => (
            <Table.Tr
              key={row.id}
              data-row={row.id}
              {...(link && {
                tabIndex: 0,
                onClick: open(row.original),
                onKeyDown: (event: KeyboardEvent) =>
                  event.key === 'Enter' && event.target === event.currentTarget && open(row.original)?.(),
              })}
            >
              {row.getVisibleCells().map((cell) => (
                <Table.Td key={cell.id} data-column={cell.column.id} className={classes.get(cell.column.id)}>
                  {flexRender(cell.column.columnDef.cell, cell.getContext())}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
          {below > 0 && <tr style={{ height: below }} aria-hidden />}
        </Table.Tbody>
        {page?.sums && page.rows.length > 0 && <Sums sums={page.sums} columns={standing} />}
      </Table>
    </div>
  );
}

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
    <>
      {Array.from({ length: 8 }, (_, n) => (
        <Table.Tr key={n} aria-hidden>
          <Table.Td colSpan={columns}>
            <Skeleton h={18} />
          </Table.Td>
        </Table.Tr>
      ))}
    </>
  );
}
