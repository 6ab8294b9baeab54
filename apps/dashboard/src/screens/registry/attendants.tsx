import { Badge, Group } from '@mantine/core';
import type { ReactElement } from 'react';
import { useIsOfficer } from '../../app/me';
import { Action } from '../../parts/action';
import type { Schemas } from '../../parts/api';
import { textColumn, ToPoint } from '../../parts/columns';
import { DataTable, type Column } from '../../parts/data-table';
import { End, useValidity, useValidityColumns } from './effective';
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
        { id: 'operator', label: t('operator'), lookup: 'operator' },
        { id: 'point', label: t('point'), lookup: 'point' },
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
              { name: 'operator', label: t('operator'), lookup: 'operator' },
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
  const path = '/api/v1/attendants/{code}';
  const params = { code: row.code };
  return (
    <Group gap={4} wrap="nowrap">
      <Action
        label={t('edit')}
        to={`${row.name} (${row.code})`}
        method="PATCH"
        path={path}
        params={params}
        button={{ size: 'compact-xs', variant: 'default' }}
        fields={[
          { name: 'name', label: t('name'), initial: row.name },
          { name: 'badgeNumber', label: t('badge'), initial: row.badgeNumber },
          { name: 'operator', label: t('operator'), lookup: 'operator', initial: row.operator ?? '' },
        ]}
      />
      <Action
        label={t(withdrawn ? 'giveBack' : 'withdraw')}
        to={`${row.name} (${row.code})`}
        method="PATCH"
        path={path}
        params={params}
        body={() => ({ status: withdrawn ? 'active' : 'withdrawn' })}
        {...(!withdrawn && {
          explanation: t('withdrawHint'),
          undo: { method: 'PATCH', path, params, body: { status: 'active' } },
        })}
        dangerous={!withdrawn}
        button={{ size: 'compact-xs' }}
      />
    </Group>
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
    ...useValidityColumns<Assignment>('datetime'),
    {
      id: 'actions',
      header: '',
      sortable: false,
      cell: (row) =>
        officer &&
        !row.validTo && (
          <End
            path="/api/v1/assignments/{id}/end"
            params={{ id: row.id }}
            grain="datetime"
            to={`${row.attendantName}, ${row.point}`}
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
        { id: 'attendant', label: t('attendant'), lookup: 'attendant' },
        { id: 'point', label: t('point'), lookup: 'point' },
      ]}
      tools={
        officer && (
          <Action
            label={t('addAssignment')}
            method="POST"
            path="/api/v1/assignments"
            fields={[
              { name: 'attendant', label: t('attendant'), lookup: 'attendant', required: true },
              { name: 'point', label: t('point'), lookup: 'point', required: true },
              { name: 'assignmentOrder', label: t('order') },
              ...useValidity('datetime'),
            ]}
          />
        )
      }
    />
  );
}
