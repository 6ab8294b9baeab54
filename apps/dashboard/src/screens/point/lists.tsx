import { Tabs } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import type { Search } from '../../app/search';
import { useCommon } from '../../i18n/i18n';
import type { Schemas } from '../../parts/api';
import {
  countColumn,
  dayColumn,
  instantColumn,
  moneyColumn,
  textColumn,
  ToDevice,
  ToRecord,
  VEHICLES,
} from '../../parts/columns';
import { DataTable, type Column } from '../../parts/data-table';
import { Instant, Pattern, Severity, State } from '../../parts/figures';
import type { Period } from '../../parts/days';
import { Assignments, Hours, Operators, StreetClasses, Tariffs } from './history';
import { useT } from './texts';

type Point = Schemas['PointDto'];

interface Of {
  readonly code: string;
  readonly period: Period;
}

/** The rows behind the point's figures, one list at a time; which one stands in the address. */
export function Lists({ point, period }: { point: Point; period: Period }): ReactElement {
  const t = useT();
  const { list } = useSearch({ strict: false }) as Search;
  const navigate = useNavigate();
  const of = { code: point.code, period };
  const lists = {
    devices: { label: t('devices'), body: <Devices {...of} /> },
    shifts: { label: t('shifts'), body: <Shifts {...of} /> },
    collections: { label: t('collections'), body: <Collections {...of} /> },
    deposits: { label: t('deposits'), body: <Deposits {...of} /> },
    cases: { label: t('cases'), body: <Cases {...of} /> },
    exceptions: { label: t('exceptions'), body: <Exceptions {...of} /> },
    counts: { label: t('counts'), body: <Counts {...of} /> },
    tariffs: { label: t('tariffs'), body: <Tariffs point={point} /> },
    operators: { label: t('operators'), body: <Operators code={point.code} /> },
    assignments: { label: t('assignments'), body: <Assignments code={point.code} /> },
    hours: { label: t('hours'), body: <Hours code={point.code} /> },
    'street-classes': { label: t('class'), body: <StreetClasses code={point.code} /> },
  };
  const current = list !== undefined && list in lists ? (list as keyof typeof lists) : 'devices';
  const show = (key: string | null) =>
    void navigate({
      to: '.',
      search: (({ from, to }: Search) => ({ from, to, list: key ?? undefined })) as never,
      replace: true,
      resetScroll: false,
    });
  return (
    <Tabs value={current} onChange={show} keepMounted={false} id="lists">
      <Tabs.List className="no-print tabs">
        {Object.entries(lists).map(([key, { label }]) => (
          <Tabs.Tab key={key} value={key} style={{ whiteSpace: 'nowrap' }}>
            {label}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      <Tabs.Panel value={current} pt="md">
        {lists[current].body}
      </Tabs.Panel>
    </Tabs>
  );
}

function Devices({ code }: Of): ReactElement {
  const t = useT();
  type Row = Schemas['DeviceDto'];
  const columns: Column<Row>[] = [
    textColumn('deviceId', t('device'), ({ deviceId }) => deviceId),
    { id: 'presence', header: t('state'), sortable: false, cell: (row) => <State of={row.presence} kind="presence" /> },
    { id: 'lastSeenAt', header: t('seen'), cell: (row) => <Instant at={row.lastSeenAt} relative /> },
    { id: 'lastJournalAt', header: t('lastRecord'), cell: (row) => <Instant at={row.lastJournalAt} relative /> },
    countColumn('missingCount', t('missing'), ({ missingCount }) => missingCount),
  ];
  return (
    <DataTable
      label={t('devices')}
      path="/api/v1/devices"
      query={{ point: code }}
      columns={columns}
      rowKey={({ deviceId }) => deviceId}
      link={({ deviceId }) => `/devices/${encodeURIComponent(deviceId)}`}
    />
  );
}

function Shifts({ code, period }: Of): ReactElement {
  const t = useT();
  type Row = Schemas['ShiftDto'];
  const columns: Column<Row>[] = [
    dayColumn('businessDate', t('date'), ({ businessDate }) => businessDate),
    textColumn('attendant', t('attendant'), ({ attendant }) => attendant),
    textColumn('device', t('device'), ({ device }) => <ToDevice id={device} />),
    instantColumn('openedAt', t('opened'), ({ openedAt }) => openedAt),
    instantColumn('closedAt', t('closed'), ({ closedAt }) => closedAt),
    moneyColumn('terminalAmount', t('recorded'), ({ terminalAmount }) => terminalAmount),
    moneyColumn('countedAmount', t('counted'), ({ countedAmount }) => countedAmount),
    moneyColumn('difference', t('difference'), ({ difference }) => difference),
  ];
  return (
    <DataTable
      label={t('shifts')}
      path="/api/v1/shifts"
      query={{ point: code, ...period }}
      columns={columns}
      rowKey={({ device, shift }) => `${device} ${shift}`}
    />
  );
}

function Collections({ code, period }: Of): ReactElement {
  const t = useT();
  type Row = Schemas['CollectionDto'];
  const columns: Column<Row>[] = [
    dayColumn('businessDate', t('date'), ({ businessDate }) => businessDate),
    textColumn('device', t('device'), ({ device }) => <ToDevice id={device} />),
    textColumn('collector', t('collector'), ({ collector }) => collector),
    moneyColumn('terminalAmount', t('recorded'), ({ terminalAmount }) => terminalAmount),
    moneyColumn('countedAmount', t('counted'), ({ countedAmount }) => countedAmount),
    moneyColumn('difference', t('difference'), ({ difference }) => difference),
    textColumn('record', t('record'), ({ record }) => <ToRecord of={record} />, { sortable: false }),
  ];
  return (
    <DataTable
      label={t('collections')}
      path="/api/v1/collections"
      query={{ point: code, ...period }}
      columns={columns}
      rowKey={({ device, number }) => `${device} ${number}`}
    />
  );
}

function Deposits({ code, period }: Of): ReactElement {
  const t = useT();
  type Row = Schemas['HandOverDto'];
  const columns: Column<Row>[] = [
    textColumn('number', 'TBP', ({ number }) => number),
    dayColumn('businessDate', t('date'), ({ businessDate }) => businessDate),
    textColumn('payer', t('payer'), ({ payer }) => payer),
    moneyColumn('amount', t('amount'), ({ amount }) => amount),
    instantColumn('handedAt', t('handedAt'), ({ handedAt }) => handedAt),
    textColumn('slip', t('slip'), ({ slip }) => slip),
  ];
  return (
    <DataTable
      label={t('deposits')}
      path="/api/v1/deposits"
      query={{ point: code, ...period }}
      columns={columns}
      rowKey={({ number }) => number}
    />
  );
}

function Cases({ code }: Of): ReactElement {
  const t = useT();
  type Row = Schemas['CaseDto'];
  const columns: Column<Row>[] = [
    { id: 'severity', header: t('severity'), cell: ({ severity }) => <Severity of={severity} /> },
    { id: 'pattern', header: t('pattern'), cell: ({ pattern }) => <Pattern of={pattern} /> },
    { id: 'state', header: t('state'), cell: ({ state }) => <State of={state} /> },
    moneyColumn('amount', t('amount'), ({ amount }) => amount),
    { id: 'dueAt', header: t('due'), cell: ({ dueAt }) => <Instant at={dueAt} relative /> },
  ];
  return (
    <DataTable
      label={t('cases')}
      path="/api/v1/cases"
      query={{ point: code }}
      columns={columns}
      rowKey={({ id }) => id}
      link={({ id }) => `/cases/${encodeURIComponent(id)}`}
    />
  );
}

function Exceptions({ code, period }: Of): ReactElement {
  const t = useT();
  type Row = Schemas['ExceptionDto'];
  const columns: Column<Row>[] = [
    { id: 'pattern', header: t('pattern'), cell: ({ pattern }) => <Pattern of={pattern} /> },
    { id: 'state', header: t('state'), cell: ({ state }) => <State of={state} /> },
    dayColumn('businessDate', t('date'), ({ businessDate }) => businessDate),
    moneyColumn('amount', t('amount'), ({ amount }) => amount),
    textColumn('device', t('device'), ({ device }) => <ToDevice id={device} />),
    textColumn('record', t('record'), ({ record }) => <ToRecord of={record} />),
  ];
  return (
    <DataTable
      label={t('exceptions')}
      path="/api/v1/exceptions"
      query={{ point: code, ...period }}
      columns={columns}
      rowKey={({ id }) => id}
    />
  );
}

function Counts({ code, period }: Of): ReactElement {
  const t = useT();
  const common = useCommon();
  type Row = Schemas['FieldCountDto'];
  const told = ({ classes }: Row) =>
    VEHICLES.filter((name) => name in classes)
      .map(
        (name) =>
          `${common(`vehicle.${name}`)} ${(classes as Record<string, { arrivals?: number }>)[name]?.arrivals ?? '–'}`,
      )
      .join(', ');
  const columns: Column<Row>[] = [
    dayColumn('businessDate', t('date'), ({ businessDate }) => businessDate),
    instantColumn('from', t('validFrom'), ({ from }) => from),
    instantColumn('to', t('validTo'), ({ to }) => to),
    textColumn('classes', t('arrivals'), told, { sortable: false }),
    textColumn('team', t('team'), ({ team }) => team),
    textColumn('record', t('record'), ({ record }) => <ToRecord of={record} />, { sortable: false }),
  ];
  return (
    <DataTable
      label={t('counts')}
      path="/api/v1/field-counts"
      query={{ point: code, ...period }}
      columns={columns}
      rowKey={({ id }) => id}
    />
  );
}
