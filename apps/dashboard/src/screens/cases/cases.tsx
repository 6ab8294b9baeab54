import { Badge, SegmentedControl, Text } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import type { Search } from '../../app/search';
import { useMe } from '../../app/me';
import { texts } from '../../i18n/i18n';
import type { Schemas } from '../../parts/api';
import {
  countColumn,
  instantColumn,
  moneyColumn,
  SEVERITIES,
  textColumn,
  ToPoint,
  useChoices,
  Word,
} from '../../parts/columns';
import { DataTable, type Column, type Filter } from '../../parts/data-table';
import { Instant, Pattern, Severity, State } from '../../parts/figures';
import { PageHeader } from '../../parts/page';

type Case = Schemas['CaseDto'];

const useT = texts(
  'cases',
  {
    subject: 'Tentang',
    recovered: 'Dipulihkan',
    findings: 'Temuan',
    escalations: 'Eskalasi',
    openedAt: 'Dibuka',
    assignee: 'Penanggung jawab',
    overdue: 'Lewat tenggat',
    kind: 'Jenis',
    everything: 'Semua',
    mine: 'Milik saya',
    amount: 'Nilai dipersoalkan',
    list: 'Daftar kasus',
    inbox: 'Tampilan',
  },
  {
    subject: 'About',
    recovered: 'Recovered',
    findings: 'Findings',
    escalations: 'Escalations',
    openedAt: 'Opened',
    assignee: 'Assignee',
    overdue: 'Past due',
    kind: 'Kind',
    everything: 'All',
    mine: 'Mine',
    amount: 'At stake',
    list: 'List of cases',
    inbox: 'View',
  },
);

/** The inbox: unresolved first, the worst first. */
export function Cases(): ReactElement {
  const t = useT();
  return (
    <>
      <PageHeader title={t('cases')}>
        <Inbox />
      </PageHeader>
      <DataTable
        label={t('list')}
        path="/api/v1/cases"
        columns={useColumns()}
        phone={['severity', 'pattern', 'amount']}
        filters={useFilters()}
        rowKey={({ id }) => id}
        link={({ id }) => `/cases/${id}`}
        everyMs={60_000}
      />
    </>
  );
}

/** The three views that are asked for most; each is an address. */
function Inbox(): ReactElement {
  const t = useT();
  const me = useMe();
  const navigate = useNavigate();
  const search = useSearch({ strict: false }) as Search;
  const value = search.assignee === me.username ? 'mine' : search.overdue === 'true' ? 'overdue' : 'everything';
  const views: Record<string, Search> = {
    everything: {},
    mine: { assignee: me.username },
    overdue: { overdue: 'true' },
  };
  return (
    <SegmentedControl
      aria-label={t('inbox')}
      value={value}
      onChange={(key) => void navigate({ to: '/cases', search: views[key] as never })}
      data={(['everything', 'mine', 'overdue'] as const).map((key) => ({ value: key, label: t(key) }))}
    />
  );
}

function useColumns(): Column<Case>[] {
  const t = useT();
  return [
    { id: 'severity', header: t('severity'), cell: ({ severity }) => <Severity of={severity} /> },
    {
      id: 'pattern',
      header: t('pattern'),
      cell: ({ pattern, kind }) => (
        <>
          <Text size="sm" fw={600}>
            <Pattern of={pattern} />
          </Text>
          <Text size="xs" c="dimmed">
            <Word group="kind" of={kind} />
          </Text>
        </>
      ),
    },
    textColumn('subject', t('subject'), ({ subject }) => subject),
    textColumn('point', t('point'), ({ point }) => <ToPoint code={point} />),
    moneyColumn('amount', t('amount'), ({ amount }) => amount),
    moneyColumn('recovered', t('recovered'), ({ recovered }) => recovered),
    { id: 'state', header: t('state'), cell: ({ state }) => <State of={state} /> },
    textColumn('assignee', t('assignee'), ({ assignee }) => assignee),
    { id: 'dueAt', header: t('due'), cell: (row) => <Due row={row} /> },
    instantColumn('openedAt', t('openedAt'), ({ openedAt }) => openedAt, { hidden: true }),
    countColumn('escalations', t('escalations'), ({ escalations }) => escalations),
    countColumn('findings', t('findings'), ({ findings }) => findings, { hidden: true }),
  ];
}

function Due({ row }: { row: Case }): ReactElement {
  const t = useT();
  if (row.state === 'resolved') return <Instant at={row.resolvedAt} />;
  return (
    <>
      <Instant at={row.dueAt} relative />{' '}
      {row.overdue && (
        <Badge size="xs" color="red.9" variant="filled">
          {t('overdue')}
        </Badge>
      )}
    </>
  );
}

function useFilters(): Filter[] {
  const t = useT();
  const states = useChoices('state');
  const severities = useChoices('severity');
  const kinds = useChoices('kind');
  return [
    { id: 'state', label: t('state'), options: states(['open', 'assigned', 'under-review', 'resolved']) },
    { id: 'severity', label: t('severity'), options: severities(SEVERITIES) },
    { id: 'kind', label: t('kind'), options: kinds(['exception', 'suspicion']) },
    { id: 'point', label: t('point'), lookup: 'point' },
    { id: 'assignee', label: t('assignee') },
    { id: 'overdue', label: t('overdue'), options: [{ value: 'true', label: t('overdue') }] },
  ];
}
