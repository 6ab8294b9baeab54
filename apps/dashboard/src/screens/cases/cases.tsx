import { useCommon } from '../../i18n/i18n';
import type { ReactElement } from 'react';
import type { Schemas } from '../../parts/api';
import { DataTable, type Column } from '../../parts/data-table';
import { Instant, Money, Pattern, Severity, State, useFormat } from '../../parts/figures';
import { PageHeader } from '../../parts/page';
import { useT } from './texts';

type Case = Schemas['CaseDto'];
const SEVERITIES = ['critical', 'major', 'minor', 'warning', 'indeterminate'];
const STATES = ['unresolved', 'open', 'assigned', 'under-review', 'resolved'];

/** The inbox: what is worst and due first stands first. */
export function Cases(): ReactElement {
  const t = useT();
  const word = useCommon();
  const format = useFormat();
  const columns: Column<Case>[] = [
    { id: 'severity', header: t('severity'), cell: (row) => <Severity of={row.severity} /> },
    { id: 'pattern', header: t('pattern'), cell: (row) => <Pattern of={row.pattern} /> },
    { id: 'kind', header: t('kind'), cell: (row) => word(`kind.${row.kind}`) },
    { id: 'subject', header: t('subject'), cell: (row) => row.subject },
    { id: 'point', header: t('point'), cell: (row) => row.point ?? '–' },
    { id: 'amount', header: t('amount'), cell: (row) => <Money amount={row.amount} />, number: true },
    { id: 'recovered', header: t('recovered'), cell: (row) => <Money amount={row.recovered} />, number: true },
    { id: 'findings', header: t('findings'), cell: (row) => format.integer(row.findings), number: true, hidden: true },
    { id: 'state', header: t('state'), cell: (row) => <State of={row.state} /> },
    { id: 'assignee', header: t('assignee'), cell: (row) => row.assignee ?? '–' },
    { id: 'dueAt', header: t('due'), cell: (row) => <Due of={row} /> },
    { id: 'openedAt', header: t('opened'), cell: (row) => <Instant at={row.openedAt} relative />, hidden: true },
  ];
  const choices = (values: readonly string[], group: string) =>
    values.map((value) => ({ value, label: word(`${group}.${value}`) }));
  return (
    <>
      <PageHeader title={t('cases')} />
      <DataTable<Case>
        label={t('cases')}
        path="/api/v1/cases"
        columns={columns}
        rowKey={(row) => row.id}
        link={(row) => `/cases/${encodeURIComponent(row.id)}`}
        everyMs={60_000}
        filters={[
          { id: 'state', label: t('state'), options: choices(STATES, 'state') },
          { id: 'severity', label: t('severity'), options: choices(SEVERITIES, 'severity') },
          { id: 'kind', label: t('kind'), options: choices(['exception', 'suspicion'], 'kind') },
          { id: 'overdue', label: t('due'), options: [{ value: 'true', label: t('overdue') }] },
          { id: 'point', label: t('point') },
          { id: 'assignee', label: t('assignee') },
        ]}
      />
    </>
  );
}

function Due({ of }: { of: Case }): ReactElement {
  if (of.state === 'resolved') return <span>–</span>;
  return (
    <span style={of.overdue ? { color: 'var(--mantine-color-red-text)', fontWeight: 600 } : {}}>
      <Instant at={of.dueAt} relative />
    </span>
  );
}
