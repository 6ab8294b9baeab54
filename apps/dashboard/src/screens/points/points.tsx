import { Card, Group, SegmentedControl, Stack, Table, Text } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { lazy, Suspense, type ReactElement } from 'react';
import type { Search } from '../../app/search';
import { useGet, type Page, type Query, type Schemas } from '../../parts/api';
import { DataTable, type Column, type Filter } from '../../parts/data-table';
import { Instant, Money, useFormat } from '../../parts/figures';
import { PageHeader } from '../../parts/page';
import { PeriodPicker, usePeriod } from '../../parts/period';
import { Answer, Busy } from '../../parts/states';
import { useT } from './texts';

type Point = Schemas['PointOverviewDto'];
const PointMap = lazy(() => import('./map').then(({ PointMap }) => ({ default: PointMap })));
const FILTERS = ['search', 'district', 'street', 'operator', 'streetClass'] as const;

export function Points(): ReactElement {
  const t = useT();
  const period = usePeriod(7);
  const search = useSearch({ strict: false }) as Search;
  const navigate = useNavigate();
  const view = search.view === 'map' ? 'map' : 'table';
  const show = (next: string) =>
    void navigate({ to: '.', search: ((old: Search) => ({ ...old, view: next })) as never, replace: true });
  return (
    <>
      <PageHeader title={t('points')} period={period}>
        <PeriodPicker period={period} />
        <SegmentedControl
          value={view}
          onChange={show}
          data={[
            { value: 'table', label: t('table') },
            { value: 'map', label: t('map') },
          ]}
        />
      </PageHeader>
      {view === 'map' && (
        <Card withBorder p={0} mb="md">
          <Suspense fallback={<Busy />}>
            <PointMap query={{ ...period, ...pick(search) }} />
          </Suspense>
        </Card>
      )}
      <PointTable query={{ ...period }} filters={pick(search)} />
    </>
  );
}

function pick(search: Search): Record<string, string | undefined> {
  return Object.fromEntries(FILTERS.map((id) => [id, search[id]]));
}

function usePointColumns(): Column<Point>[] {
  const t = useT();
  const format = useFormat();
  return [
    { id: 'code', header: t('code'), cell: (row) => <span className="code">{row.code}</span> },
    { id: 'name', header: t('name'), cell: (row) => row.name },
    { id: 'district', header: t('district'), cell: (row) => row.district },
    { id: 'street', header: t('street'), cell: (row) => row.street, hidden: true },
    { id: 'streetClass', header: t('class'), cell: (row) => row.streetClass ?? '–' },
    { id: 'operator', header: t('operator'), cell: (row) => row.operator ?? '–' },
    { id: 'count', header: t('payments'), cell: (row) => format.integer(row.count), number: true },
    { id: 'potential', header: t('potential'), cell: (row) => <Money amount={row.potential} />, number: true },
    { id: 'recorded', header: t('recorded'), cell: (row) => <Money amount={row.recorded} />, number: true },
    {
      id: 'cashRecorded',
      header: t('cash'),
      cell: (row) => <Money amount={row.cashRecorded} />,
      number: true,
      hidden: true,
    },
    { id: 'settled', header: t('settled'), cell: (row) => <Money amount={row.settled} />, number: true },
    { id: 'deposited', header: t('deposited'), cell: (row) => <Money amount={row.deposited} />, number: true },
    { id: 'unrecorded', header: t('unrecorded'), cell: (row) => <Money amount={row.unrecorded} />, number: true },
    { id: 'unsettled', header: t('unsettled'), cell: (row) => <Money amount={row.unsettled} />, number: true },
    { id: 'undeposited', header: t('undeposited'), cell: (row) => <Money amount={row.undeposited} />, number: true },
    { id: 'openCases', header: t('openCases'), cell: (row) => row.openCases, number: true },
    { id: 'lastJournalAt', header: t('lastRecord'), cell: (row) => <Instant at={row.lastJournalAt} relative /> },
  ];
}

/** The districts or streets of the period's income, for a filter. */
function usePlaces(groupBy: 'district' | 'street', query: Query): { value: string; label: string }[] {
  const answer = useGet<Schemas['IncomeDto']>('/api/v1/income', { query: { ...query, groupBy } });
  return (answer.data?.rows ?? [])
    .filter(({ key }) => key)
    .map(({ key, label }) => ({ value: key, label: label || key }));
}

function PointTable({ query, filters: asked }: { query: Query; filters: Query }): ReactElement {
  const t = useT();
  const operators = useGet<Page<Schemas['OperatorDto']>>('/api/v1/operators', { query: { limit: 1000 } });
  const districts = usePlaces('district', query);
  const streets = usePlaces('street', { ...query, ...(asked['district'] && { district: asked['district'] }) });
  const filters: Filter[] = [
    { id: 'search', label: t('search'), type: 'search' },
    { id: 'district', label: t('district'), options: districts },
    { id: 'street', label: t('street'), options: streets },
    {
      id: 'operator',
      label: t('operator'),
      options: (operators.data?.rows ?? []).map(({ code, name }) => ({ value: code, label: name })),
    },
    { id: 'streetClass', label: t('class'), options: ['I', 'II'].map((value) => ({ value, label: value })) },
  ];
  return (
    <DataTable<Point>
      label={t('points')}
      path="/api/v1/points-overview"
      query={query}
      columns={usePointColumns()}
      phone={['name', 'recorded', 'unrecorded']}
      filters={filters}
      rowKey={(row) => row.code}
      link={(row) => `/points/${encodeURIComponent(row.code)}`}
      pageSize={200}
      footer={() => <SumsOf query={{ ...query, ...asked }} />}
    />
  );
}

/** The sum of the filtered rows, all pages together. */
function SumsOf({ query }: { query: Query }): ReactElement {
  const t = useT();
  const format = useFormat();
  const answer = useGet<Schemas['PointOverviewSumsDto']>('/api/v1/points-overview/sums', { query });
  return (
    <Card withBorder p="xs">
      <Answer of={answer} height={56}>
        {(sums) => (
          <Stack gap={4}>
            <Text size="sm" fw={600}>
              {t('sums', { count: format.integer(sums.points) })}
            </Text>
            <Table.ScrollContainer minWidth={640}>
              <Group gap="xl" wrap="nowrap" data-sums>
                {(
                  ['potential', 'recorded', 'settled', 'deposited', 'unrecorded', 'unsettled', 'undeposited'] as const
                ).map((key) => (
                  <Text key={key} size="sm">
                    {t(key)}:{' '}
                    <strong data-sum={key}>
                      <Money amount={sums[key]} />
                    </strong>
                  </Text>
                ))}
              </Group>
            </Table.ScrollContainer>
          </Stack>
        )}
      </Answer>
    </Card>
  );
}
