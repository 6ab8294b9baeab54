import type { ReactElement } from 'react';
import { useIsOfficer, useMe } from '../../app/me';
import { Action } from '../../parts/action';
import type { Schemas } from '../../parts/api';
import {
  countColumn,
  dayColumn,
  instantColumn,
  moneyColumn,
  textColumn,
  ToPoint,
  ToRecord,
  Word,
} from '../../parts/columns';
import { DataTable, type Column } from '../../parts/data-table';
import { Details } from '../../parts/details';
import { JournalExport } from './journal-export';
import { useT } from './texts';

interface Of {
  readonly params: { readonly deviceId: string };
}

export function Gaps({ params }: Of): ReactElement {
  const t = useT();
  const officer = useIsOfficer();
  type Gap = Schemas['GapDto'];
  const columns: Column<Gap>[] = [
    countColumn('epoch', t('epoch'), ({ epoch }) => epoch),
    countColumn('from', t('from'), ({ from }) => from),
    countColumn('to', t('toSeq'), ({ to }) => to),
    instantColumn('openedAt', t('openedAt'), ({ openedAt }) => openedAt),
    countColumn('asks', t('asks'), ({ asks }) => asks),
    {
      id: 'actions',
      header: '',
      sortable: false,
      cell: ({ epoch, from, to }) =>
        officer && (
          <Action
            label={t('resend')}
            method="POST"
            path="/api/v1/devices/{deviceId}/resend"
            params={params}
            body={() => ({ epoch, from, to })}
            button={{ size: 'compact-xs', variant: 'default' }}
          />
        ),
    },
  ];
  return (
    <DataTable
      label={t('gaps')}
      path="/api/v1/devices/{deviceId}/gaps"
      params={params}
      columns={columns}
      rowKey={(row) => `${row.epoch}/${row.from}`}
      prefix="g-"
    />
  );
}

export function Journal({ params }: Of): ReactElement {
  const t = useT();
  const { role } = useMe();
  type Row = Schemas['JournalRowDto'];
  const columns: Column<Row>[] = [
    textColumn('seq', t('seq'), ({ epoch, seq }) => (
      <ToRecord of={`${encodeURIComponent(params.deviceId)}/${epoch}/${seq}`} />
    )),
    textColumn('type', t('type'), ({ type, voided }) => (voided ? <s>{`${type} (${t('voided')})`}</s> : type)),
    instantColumn('at', t('at'), ({ at }) => at),
    dayColumn('businessDate', t('date'), ({ businessDate }) => businessDate, { hidden: true }),
    textColumn('vehicleClass', t('class'), ({ vehicleClass }) => <Word group="vehicle" of={vehicleClass} />),
    textColumn('method', t('method'), ({ method }) => <Word group="method" of={method} />),
    moneyColumn('amount', t('amount'), ({ amount }) => amount),
    textColumn('attendant', t('attendant'), ({ attendant }) => attendant),
    textColumn('flags', t('flags'), ({ flags }) => flags.join(', '), { sortable: false }),
  ];
  return (
    <DataTable
      label={t('journal')}
      path="/api/v1/devices/{deviceId}/journal"
      params={params}
      columns={columns}
      rowKey={(row) => `${row.epoch}/${row.seq}`}
      prefix="j-"
      tools={role !== 'operator-clerk' && <JournalExport params={params} />}
      filters={[
        { id: 'type', label: t('type') },
        { id: 'from', label: t('fromDay'), type: 'date' },
        { id: 'to', label: t('to'), type: 'date' },
        { id: 'flag', label: t('flags') },
      ]}
    />
  );
}

export function Commands({ params }: Of): ReactElement {
  const t = useT();
  type Row = Schemas['CommandDto'];
  const columns: Column<Row>[] = [
    textColumn('name', t('name'), ({ name }) => name),
    { id: 'args', header: '', sortable: false, cell: ({ args }) => <Details of={args} /> },
    instantColumn('createdAt', t('createdAt'), ({ createdAt }) => createdAt),
    textColumn('createdBy', t('createdBy'), ({ createdBy }) => createdBy),
    textColumn('ok', t('answer'), ({ answeredAt, ok, code }) => (answeredAt ? (ok ? t('ok') : code) : t('waiting')), {
      sortable: false,
    }),
  ];
  return (
    <DataTable
      label={t('commands')}
      path="/api/v1/devices/{deviceId}/commands"
      params={params}
      columns={columns}
      rowKey={({ id }) => id}
      prefix="c-"
    />
  );
}

export function Assignments({ params }: Of): ReactElement {
  const t = useT();
  type Row = Schemas['DeviceAssignmentDto'];
  const columns: Column<Row>[] = [
    textColumn('point', t('point'), ({ point, pointName }) => (
      <>
        <ToPoint code={point} /> {pointName}
      </>
    )),
    instantColumn('validFrom', t('validFrom'), ({ validFrom }) => validFrom),
    instantColumn('validTo', t('validTo'), ({ validTo }) => validTo),
  ];
  return (
    <DataTable
      label={t('assignments')}
      path="/api/v1/devices/{deviceId}/assignments"
      params={params}
      columns={columns}
      rowKey={({ id }) => String(id)}
      prefix="a-"
    />
  );
}
