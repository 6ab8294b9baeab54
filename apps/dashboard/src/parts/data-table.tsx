import { Button, Checkbox, Group, Menu, Paper, Skeleton, Stack, Table, Text, UnstyledButton } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconColumns, IconDownload } from '@tabler/icons-react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import {
  flexRender,
  getCoreRowModel,
  useReactTable,
  type ColumnDef,
  type VisibilityState,
} from '@tanstack/react-table';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef, useState, type KeyboardEvent, type ReactElement, type ReactNode } from 'react';
import type { Search } from '../app/search';
import { useCommon, useLanguage } from '../i18n/i18n';
import { download, get, tell, type Page, type Params, type Path, type Query } from './api';
import { integer } from './format';
import { Filters, Pager, type Change, type Filter } from './table-controls';
import { Empty, Failed } from './states';

export type { Filter } from './table-controls';

export interface Column<Row> {
  /** The API's name of the column: sorting asks for it. */
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

interface Props<Row> {
  readonly path: Path;
  readonly params?: Params;
  /** Parameters that the person cannot change. */
  readonly query?: Query;
  readonly columns: readonly Column<Row>[];
  readonly filters?: readonly Filter[];
  readonly rowKey: (row: Row) => string;
  /** Where a row leads. */
  readonly link?: (row: Row) => string;
  /** False where the API gives no file. */
  readonly exports?: boolean;
  /** Beside the filters. */
  readonly tools?: ReactNode;
  /** Under the rows: sums of all filtered rows. */
  readonly footer?: (page: Page<Row>) => ReactNode;
  /** Before the names of the parameters behind the `?`, where a screen has several tables. */
  readonly prefix?: string;
  readonly pageSize?: number;
  readonly everyMs?: number;
  readonly label: string;
}

const ROW_PX = 41;
/** More rows than this are drawn only as far as they are seen. */
const VIRTUAL_FROM = 100;

/** A list of the API: filtered, sorted and paged there; its state is in the address, so it can be passed on. */
export function DataTable<Row>(props: Props<Row>): ReactElement {
  const { path, params, query, columns, filters = [], prefix = '', pageSize = 50, everyMs, footer, label } = props;
  const language = useLanguage();
  const t = useCommon();
  const [search, change] = useTableSearch(prefix);
  const limit = Number(search.limit ?? pageSize);
  const offset = Number(search.offset ?? 0);
  const wanted = Object.fromEntries(filters.map(({ id }) => [id, search[id]]));
  const filtered = Object.values(wanted).some(Boolean);
  const asked: Query = { ...query, ...wanted, sort: search.sort };
  const page = useQuery({
    queryKey: [path, params ?? {}, { ...asked, limit, offset }],
    queryFn: () => get<Page<Row>>(path, { ...(params && { params }), query: { ...asked, limit, offset } }),
    placeholderData: keepPreviousData,
    ...(everyMs !== undefined && { refetchInterval: everyMs }),
  });
  const [visible, setVisible] = useState<VisibilityState>(() =>
    Object.fromEntries(columns.filter(({ hidden }) => hidden).map(({ id }) => [id, false])),
  );
  const total = page.data?.total ?? 0;
  return (
    <Stack gap="xs">
      <Group justify="space-between" align="flex-end" className="no-print">
        <Filters filters={filters} values={wanted} change={change} />
        <Group gap="xs">
          {props.tools}
          <Tools {...props} asked={asked} visible={visible} setVisible={setVisible} />
        </Group>
      </Group>
      <Paper withBorder style={{ overflow: 'hidden' }}>
        {page.error && !page.data ? (
          <Failed error={page.error} retry={() => void page.refetch()} />
        ) : (
          <Rows
            {...props}
            page={page.data}
            visible={visible}
            setVisible={setVisible}
            sort={search.sort}
            change={change}
          />
        )}
        {page.data?.rows.length === 0 && <Empty filtered={filtered} />}
      </Paper>
      {page.data && footer?.(page.data)}
      <Group justify="space-between" className="no-print">
        <Text size="sm" c="dimmed" role="status" aria-label={label}>
          {page.data ? t('rows', { count: integer(total, language) }) : page.error ? '' : t('loading')}
        </Text>
        <Pager limit={limit} offset={offset} total={total} change={change} />
      </Group>
    </Stack>
  );
}

/** The part of the address that belongs to one table. A change of a filter goes back to the first page. */
function useTableSearch(prefix: string): [Search, Change] {
  const all = useSearch({ strict: false }) as Search;
  const navigate = useNavigate();
  const own = Object.fromEntries(
    Object.entries(all)
      .filter(([key]) => key.startsWith(prefix))
      .map(([key, value]) => [key.slice(prefix.length), value]),
  );
  const change: Change = (values) => {
    const next = 'offset' in values ? values : { offset: undefined, ...values };
    const named = Object.fromEntries(Object.entries(next).map(([key, value]) => [prefix + key, value || undefined]));
    void navigate({
      to: '.',
      search: ((old: Search) => ({ ...old, ...named })) as never,
      replace: true,
      resetScroll: false,
    });
  };
  return [own, change];
}

function Tools<Row>({
  path,
  params,
  columns,
  exports = true,
  asked,
  visible,
  setVisible,
}: Props<Row> & {
  asked: Query;
  visible: VisibilityState;
  setVisible: (state: VisibilityState) => void;
}): ReactElement {
  const t = useCommon();
  const file = (format: string) => void download(path, { ...(params && { params }), query: asked }, format).catch(tell);
  return (
    <>
      <Menu closeOnItemClick={false}>
        <Menu.Target>
          <Button size="sm" variant="default" leftSection={<IconColumns size={16} aria-hidden />}>
            {t('columns')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {columns.map(({ id, header }) => (
            <Menu.Item key={id} component="div">
              <Checkbox
                label={header || id}
                checked={visible[id] !== false}
                onChange={(event) => setVisible({ ...visible, [id]: event.currentTarget.checked })}
              />
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      {exports && (
        <Menu>
          <Menu.Target>
            <Button size="sm" variant="default" leftSection={<IconDownload size={16} aria-hidden />}>
              {t('export')}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={() => file('csv')}>CSV</Menu.Item>
            <Menu.Item onClick={() => file('xlsx')}>XLSX</Menu.Item>
            <Menu.Item onClick={() => window.print()}>PDF</Menu.Item>
          </Menu.Dropdown>
        </Menu>
      )}
    </>
  );
}

interface RowsProps<Row> extends Props<Row> {
  readonly page: Page<Row> | undefined;
  readonly visible: VisibilityState;
  readonly setVisible: (state: VisibilityState) => void;
  readonly sort: string | undefined;
  readonly change: Change;
}

function Rows<Row>({ page, columns, visible, sort, change, rowKey, link, label }: RowsProps<Row>): ReactElement {
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
  const isLong = rows.length > VIRTUAL_FROM;
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
  const open = (row: Row) => (link ? () => void navigate({ to: link(row) }) : undefined);
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
            {table
              .getLeafHeaders()
              .filter((header) => header.column.getIsVisible())
              .map(({ id, column }) => (
                <Head
                  key={id}
                  column={columns.find((each) => each.id === column.id) as Column<unknown>}
                  sort={sort}
                  onSort={(next) => change({ sort: next })}
                />
              ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {above > 0 && <tr style={{ height: above }} aria-hidden />}
          {!page && <Placeholder columns={columns.length} />}
          {shown.map((row) => (
            <Table.Tr
              key={row.id}
              {...(link && {
                tabIndex: 0,
                onClick: open(row.original),
                onKeyDown: (event: KeyboardEvent) =>
                  event.key === 'Enter' && event.target === event.currentTarget && open(row.original)?.(),
              })}
            >
              {row.getVisibleCells().map((cell) => (
                <Table.Td key={cell.id} className={classes.get(cell.column.id)}>
                  {flexRender(cell.column.columnDef.cell, cell.getContext())}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
          {below > 0 && <tr style={{ height: below }} aria-hidden />}
        </Table.Tbody>
      </Table>
    </div>
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
