import { Badge } from '@mantine/core';
import type { ReactElement } from 'react';
import { useIsOfficer } from '../../app/session';
import { Action } from '../../parts/action';
import type { Schemas } from '../../parts/api';
import { instantColumn, textColumn, ToPoint } from '../../parts/columns';
import { DataTable, type Column } from '../../parts/data-table';
import { useT } from './texts';

type Attendant = Schemas['AttendantDto'];
type Assignment = Schemas['AssignmentDto'];

export function Attendants(): ReactElement {
  const t = useT();
  const officer = useIsOfficer();
  const columns: Column<Attendant>[] = [
    textColumn('code', t('code'), ({ code }) => code),
    textColumn('name', t('name'), ({ name }) => name),
    textColumn('badgeNumber', t('badge'), ({ badgeNumber }) => badgeNumber),
    textColumn('operator', t('operator'), ({ operator }) => operator),
    textColumn('points', t('points'), ({ points }) => points.join(', '), { sortable: false }),
    {
      id: 'status',
      header: t('state'),
      cell: ({ status }) => (
        <Badge variant="filled" color={status === 'active' ? 'teal.9' : 'red.9'}>
          {t(`status.${status}`)}
        </Badge>
      ),
    },
    { id: 'actions', header: '', sortable: false, cell: (row) => officer && <AttendantActions row={row} /> },
  ];
  return (
    <DataTable
      label={t('attendants')}
      path="/api/v1/attendants"
      columns={columns}
      rowKey={({ code }) => code}
      filters={[
        { id: 'search', label: t('search'), type: 'search' },
        { id: 'operator', label: t('operator') },
        { id: 'point', label: t('point') },
        {
          id: 'status',
          label: t('state'),
          options: (['active', 'withdrawn'] as const).map((value) => ({ value, label: t(`status.${value}`) })),
        },
      ]}
      tools={
        officer && (
          <Action
            label={t('addAttendant')}
            method="POST"
            path="/api/v1/attendants"
            fields={[
              { name: 'code', label: t('code'), required: true },
              { name: 'name', label: t('name'), required: true },
              { name: 'badgeNumber', label: t('badge'), required: true },
              { name: 'operator', label: t('operator') },
            ]}
          />
        )
      }
    />
  );
}

function AttendantActions({ row }: { row: Attendant }): ReactElement {
  const t = useT();
  const withdrawn = row.status === 'withdrawn';
  return (
    <Action
      label={t(withdrawn ? 'giveBack' : 'withdraw')}
      method="PATCH"
      path="/api/v1/attendants/{code}"
      params={{ code: row.code }}
      body={() => ({ status: withdrawn ? 'active' : 'withdrawn' })}
      {...(!withdrawn && { explanation: t('withdrawHint') })}
      dangerous={!withdrawn}
      button={{ size: 'compact-xs' }}
    />
  );
}

export function Assignments(): ReactElement {
  const t = useT();
  const officer = useIsOfficer();
  const columns: Column<Assignment>[] = [
    textColumn('attendant', t('attendant'), ({ attendant, attendantName }) => `${attendantName} (${attendant})`),
    textColumn('point', t('point'), ({ point, pointName }) => (
      <>
        <ToPoint code={point} /> {pointName}
      </>
    )),
    textColumn('assignmentOrder', t('order'), ({ assignmentOrder }) => assignmentOrder),
    instantColumn('validFrom', t('validFrom'), ({ validFrom }) => validFrom),
    instantColumn('validTo', t('validTo'), ({ validTo }) => validTo),
    {
      id: 'actions',
      header: '',
      sortable: false,
      cell: (row) =>
        officer &&
        !row.validTo && (
          <Action
            label={t('end')}
            method="POST"
            path="/api/v1/assignments/{id}/end"
            params={{ id: row.id }}
            dangerous
            button={{ size: 'compact-xs' }}
            fields={[{ name: 'validTo', label: t('moment'), type: 'datetime', required: true }]}
          />
        ),
    },
  ];
  return (
    <DataTable
      label={t('assignments')}
      path="/api/v1/assignments"
      columns={columns}
      rowKey={({ id }) => String(id)}
      filters={[
        { id: 'attendant', label: t('attendant') },
        { id: 'point', label: t('point') },
      ]}
      tools={
        officer && (
          <Action
            label={t('addAssignment')}
            method="POST"
            path="/api/v1/assignments"
            fields={[
              { name: 'attendant', label: t('attendant'), required: true },
              { name: 'point', label: t('point'), required: true },
              { name: 'assignmentOrder', label: t('order') },
              { name: 'validFrom', label: t('validFrom'), type: 'datetime', required: true },
              { name: 'validTo', label: t('validTo'), type: 'datetime', hint: t('validToHint') },
            ]}
          />
        )
      }
    />
  );
}
