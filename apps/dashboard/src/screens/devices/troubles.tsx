import type { ReactElement } from 'react';
import { useIsOfficer } from '../../app/me';
import { Action } from '../../parts/action';
import type { Schemas } from '../../parts/api';
import {
  countColumn,
  instantColumn,
  SEVERITIES,
  textColumn,
  ToDevice,
  ToPoint,
  useChoices,
  Word,
} from '../../parts/columns';
import { DataTable, type Column } from '../../parts/data-table';
import { Details } from '../../parts/details';
import { yesOrNo } from '../../parts/field';
import { Instant, Severity } from '../../parts/figures';
import { useT } from './texts';

type Alarm = Schemas['AlarmDto'];
type Finding = Schemas['FindingDto'];
type Quarantined = Schemas['QuarantineDto'];

export function Alarms(): ReactElement {
  const t = useT();
  const officer = useIsOfficer();
  const severities = useChoices('severity');
  const columns: Column<Alarm>[] = [
    { id: 'severity', header: t('severity'), cell: ({ severity }) => <Severity of={severity} /> },
    textColumn('kind', t('kind'), ({ kind }) => <Word group="alarm" of={kind} />),
    textColumn('deviceId', t('device'), ({ deviceId }) => <ToDevice id={deviceId} />),
    textColumn('point', t('point'), ({ point }) => <ToPoint code={point} />),
    instantColumn('openedAt', t('openedAt'), ({ openedAt }) => openedAt),
    instantColumn('lastAt', t('lastAt'), ({ lastAt }) => lastAt),
    countColumn('times', t('times'), ({ times }) => times),
    {
      id: 'detail',
      header: t('detail'),
      sortable: false,
      cell: ({ detail }) => <Details of={detail} />,
    },
    {
      id: 'actions',
      header: '',
      sortable: false,
      cell: (row) =>
        row.clearedAt ? <Instant at={row.clearedAt} /> : officer ? <AlarmActions row={row} /> : row.acknowledgedBy,
    },
  ];
  return (
    <DataTable
      label={t('alarms')}
      path="/api/v1/alarms"
      columns={columns}
      rowKey={({ id }) => String(id)}
      everyMs={30_000}
      filters={[
        {
          id: 'open',
          label: t('openOnly'),
          options: yesOrNo(t),
        },
        { id: 'severity', label: t('severity'), options: severities(SEVERITIES) },
        { id: 'deviceId', label: t('device'), lookup: 'device' },
        { id: 'point', label: t('point'), lookup: 'point' },
      ]}
    />
  );
}

function AlarmActions({ row }: { row: Alarm }): ReactElement {
  const t = useT();
  const button = { size: 'compact-xs' as const, variant: 'default' };
  const params = { id: row.id };
  return (
    <>
      {row.acknowledgedBy ? (
        t('acknowledged', { by: row.acknowledgedBy })
      ) : (
        <Action
          label={t('acknowledge')}
          method="POST"
          path="/api/v1/alarms/{id}/acknowledge"
          params={params}
          button={button}
        />
      )}{' '}
      <Action label={t('clear')} method="POST" path="/api/v1/alarms/{id}/clear" params={params} button={button} />
    </>
  );
}

export function Findings(): ReactElement {
  const t = useT();
  const columns: Column<Finding>[] = [
    textColumn('pattern', t('pattern'), ({ pattern }) => <Word group="pattern" of={pattern} />),
    textColumn('deviceId', t('device'), ({ deviceId }) => <ToDevice id={deviceId} />),
    textColumn('point', t('point'), ({ point }) => <ToPoint code={point} />),
    instantColumn('foundAt', t('foundAt'), ({ foundAt }) => foundAt),
    instantColumn('clearedAt', t('clearedAt'), ({ clearedAt }) => clearedAt),
    {
      id: 'detail',
      header: t('detail'),
      sortable: false,
      cell: ({ detail }) => <Details of={detail} />,
    },
  ];
  return (
    <DataTable
      label={t('findings')}
      path="/api/v1/findings"
      columns={columns}
      rowKey={({ id }) => String(id)}
      filters={[
        {
          id: 'open',
          label: t('openOnly'),
          options: yesOrNo(t),
        },
        { id: 'deviceId', label: t('device'), lookup: 'device' },
        { id: 'point', label: t('point'), lookup: 'point' },
      ]}
    />
  );
}

export function Quarantine(): ReactElement {
  const t = useT();
  const officer = useIsOfficer();
  const columns: Column<Quarantined>[] = [
    instantColumn('lastAt', t('at'), ({ lastAt }) => lastAt),
    textColumn('deviceId', t('device'), ({ deviceId }) => <ToDevice id={deviceId} />),
    textColumn('code', t('code'), ({ code }) => code),
    textColumn('reason', t('reasonWhy'), ({ reason }) => reason, { sortable: false }),
    countColumn('size', t('size'), ({ size }) => size),
    countColumn('times', t('times'), ({ times }) => times),
    textColumn('preview', t('preview'), ({ preview }) => preview.slice(0, 60), { sortable: false, hidden: true }),
    textColumn('outcome', t('outcome'), ({ outcome }) => outcome),
    {
      id: 'actions',
      header: '',
      sortable: false,
      cell: (row) =>
        officer && !row.reprocessedAt ? (
          <Action
            label={t('reprocess')}
            method="POST"
            path="/api/v1/quarantine/{id}/reprocess"
            params={{ id: row.id }}
            explanation={t('reprocessHint')}
            button={{ size: 'compact-xs', variant: 'default' }}
          />
        ) : null,
    },
  ];
  return (
    <DataTable
      label={t('quarantine')}
      path="/api/v1/quarantine"
      columns={columns}
      rowKey={({ id }) => String(id)}
      filters={[
        { id: 'deviceId', label: t('device'), lookup: 'device' },
        { id: 'code', label: t('code') },
      ]}
    />
  );
}
