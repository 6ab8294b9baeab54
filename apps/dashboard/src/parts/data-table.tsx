import { Group, Paper, Stack, Text } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { VisibilityState } from '@tanstack/react-table';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState, type ReactElement, type ReactNode } from 'react';
import type { Search } from '../app/search';
import { useCommon, useLanguage } from '../i18n/i18n';
import { download, get, tell, type Page, type Params, type Path, type Query } from './api';
import type { Column } from './column';
import { integer } from './format';
import { SavedViews } from './saved-views';
import { Filters, Pager, type Change, type Filter } from './table-controls';
import { Rows } from './table-rows';
import { ColumnChoice, Export } from './table-tools';
import { Empty, Failed } from './states';

export type { Column } from './column';
export type { Filter } from './table-controls';

interface Props<Row> {
  readonly path: Path;
  readonly params?: Params;
  /** Parameters that the person cannot change. */
  readonly query?: Query;
  readonly columns: readonly Column<Row>[];
  readonly filters?: readonly Filter[];
  /** Columns that a phone shows at first, as it has no room for all. */
  readonly phone?: readonly string[];
  readonly rowKey: (row: Row) => string;
  /** Where a row leads. */
  readonly link?: (row: Row) => string;
  /** False where the API gives no file. */
  readonly exports?: boolean;
  /** Beside the filters. */
  readonly tools?: ReactNode;
  /** Under the rows, where the list's own sums do not say it. */
  readonly footer?: (page: Page<Row>) => ReactNode;
  /** What an empty list means here. */
  readonly empty?: string;
  /** Before the names of the parameters behind the `?`, where a screen has several tables. */
  readonly prefix?: string;
  readonly pageSize?: number;
  readonly everyMs?: number;
  readonly label: string;
}

const PHONE = '(max-width: 48em)';

/** Rows on paper: what the API gives at once. */
const PRINTED_MAX = 1_000;

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
  const read = (part: Query) => get<Page<Row>>(path, { ...(params && { params }), query: { ...asked, ...part } });
  const page = useQuery({
    queryKey: [path, params ?? {}, { ...asked, limit, offset }],
    queryFn: () => read({ limit, offset }),
    placeholderData: keepPreviousData,
    ...(everyMs !== undefined && { refetchInterval: everyMs }),
  });
  const [visible, setVisible] = useState<VisibilityState>(() =>
    Object.fromEntries(
      columns
        .filter(({ id, hidden }) => hidden || (props.phone && !props.phone.includes(id) && matchMedia(PHONE).matches))
        .map(({ id }) => [id, false]),
    ),
  );
  const [paper, print] = usePaper<Row>();
  const total = page.data?.total ?? 0;
  const file = (format: string) => void download(path, { ...(params && { params }), query: asked }, format).catch(tell);
  return (
    <Stack gap="xs">
      <Group justify="space-between" align="flex-end" className="no-print">
        <Filters filters={filters} values={wanted} change={change} />
        <Group gap="xs">
          {props.tools}
          {prefix === '' && <SavedViews />}
          <ColumnChoice columns={columns} visible={visible} setVisible={setVisible} />
          {props.exports !== false && (
            <Export onFile={file} onPrint={() => void read({ limit: PRINTED_MAX, offset: 0 }).then(print, tell)} />
          )}
        </Group>
      </Group>
      <Paper withBorder style={{ overflow: 'hidden' }}>
        {page.error && !page.data ? (
          <Failed error={page.error} retry={() => void page.refetch()} />
        ) : (
          <Rows
            {...props}
            page={paper ?? page.data}
            visible={visible}
            sort={search.sort}
            onSort={(sort) => change({ sort })}
            printing={paper !== null}
          />
        )}
        {page.data?.rows.length === 0 && (
          <Empty filtered={filtered}>{!filtered && props.empty ? props.empty : undefined}</Empty>
        )}
      </Paper>
      {page.data && footer?.(page.data)}
      <Group justify="space-between" className={paper ? undefined : 'no-print'}>
        <Text size="sm" c="dimmed" role="status" aria-label={label}>
          {page.data ? t('rows', { count: integer(total, language) }) : page.error ? '' : t('loading')}
          {paper && total > PRINTED_MAX && ` · ${t('printedFirst', { count: integer(PRINTED_MAX, language) })}`}
        </Text>
        <span className="no-print">
          <Pager limit={limit} offset={offset} total={total} change={change} />
        </span>
      </Group>
    </Stack>
  );
}

/** Rows that are drawn for the printer alone: all of them, not the page; the browser makes a PDF of them as well. */
function usePaper<Row>(): [Page<Row> | null, (page: Page<Row>) => void] {
  const [paper, setPaper] = useState<Page<Row> | null>(null);
  useEffect(() => {
    if (!paper) return;
    window.print();
    setPaper(null);
  }, [paper]);
  return [paper, setPaper];
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
