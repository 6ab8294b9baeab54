import { Badge, Text } from '@mantine/core';
import { useSearch } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import type { Search } from '../../app/search';
import { useMe } from '../../app/me';
import { Action } from '../../parts/action';
import type { Schemas } from '../../parts/api';
import { countColumn, textColumn, ToPoint, useChoices } from '../../parts/columns';
import { DataTable, type Column, type Filter } from '../../parts/data-table';
import { yesOrNo } from '../../parts/field';
import { BATTERY_LOW_PERCENT, Instant, State, useFormat } from '../../parts/figures';
import { CsvImport } from '../../parts/import';
import { PageHeader, Sections, type Section } from '../../parts/page';
import { BatchCredentials, Credentials } from './credentials';
import { useT } from './texts';
import { Alarms, Findings, Quarantine } from './troubles';

type Device = Schemas['DeviceDto'];

const PRESENCES = ['online', 'silent', 'late', 'offline', 'never'] as const;
const KINDS = ['handheld', 'meter'] as const;
const STATUSES = ['active', 'revoked'] as const;
const CHARGES = ['20', '50'] as const;

export function Devices(): ReactElement {
  const t = useT();
  const { tab } = useSearch({ strict: false }) as Search;
  const sections: Section[] = [
    { key: 'terminals', label: t('terminals'), body: () => <Terminals /> },
    { key: 'alarms', label: t('alarms'), body: () => <Alarms /> },
    {
      key: 'findings',
      label: t('findings'),
      roles: ['administrator', 'revenue-officer', 'auditor'],
      body: () => <Findings />,
    },
    {
      key: 'quarantine',
      label: t('quarantine'),
      roles: ['administrator', 'revenue-officer', 'auditor'],
      body: () => <Quarantine />,
    },
  ];
  return (
    <>
      <PageHeader title={t('devices')} />
      <Sections base="/devices" inSearch {...(tab && { tab })} sections={sections} />
    </>
  );
}

function Terminals(): ReactElement {
  const t = useT();
  const format = useFormat();
  const presences = useChoices('presence');
  const administrator = useMe().role === 'administrator';
  const columns: Column<Device>[] = [
    textColumn('deviceId', t('device'), ({ deviceId }) => deviceId),
    {
      id: 'presence',
      header: t('presence'),
      sortable: false,
      cell: ({ presence, locked, status }) => (
        <>
          <State of={presence} kind="presence" />{' '}
          {locked && (
            <Badge color="orange.9" variant="filled">
              {t('locked')}
            </Badge>
          )}{' '}
          {status === 'revoked' && (
            <Badge color="red.9" variant="filled">
              {t('revoked')}
            </Badge>
          )}
        </>
      ),
    },
    textColumn('point', t('point'), ({ point }) => <ToPoint code={point} />),
    textColumn('kind', t('kind'), ({ kind }) => t(`kind.${kind}`)),
    textColumn('model', t('model'), ({ model }) => model, { hidden: true }),
    { id: 'lastSeenAt', header: t('lastSeenAt'), cell: ({ lastSeenAt }) => <Instant at={lastSeenAt} relative /> },
    {
      id: 'lastJournalAt',
      header: t('lastJournalAt'),
      cell: ({ lastJournalAt }) => <Instant at={lastJournalAt} relative />,
    },
    countColumn('missingCount', t('missing'), ({ missingCount }) => missingCount),
    countColumn('queued', t('queued'), ({ queued }) => queued),
    {
      id: 'battery',
      header: t('battery'),
      number: true,
      cell: ({ battery }) =>
        battery === null ? (
          '–'
        ) : (
          <Text span inherit {...(battery < BATTERY_LOW_PERCENT && { c: 'red' })}>
            {format.percent(battery / 100)}
          </Text>
        ),
    },
    textColumn('firmware', t('firmware'), ({ firmware }) => firmware),
  ];
  const filters: Filter[] = [
    { id: 'search', label: t('search'), type: 'search' },
    { id: 'presence', label: t('presence'), options: [{ value: 'quiet', label: t('quiet') }, ...presences(PRESENCES)] },
    { id: 'point', label: t('point'), lookup: 'point' },
    { id: 'kind', label: t('kind'), options: KINDS.map((value) => ({ value, label: t(`kind.${value}`) })) },
    { id: 'status', label: t('state'), options: STATUSES.map((value) => ({ value, label: t(`status.${value}`) })) },
    { id: 'missing', label: t('missing'), options: yesOrNo(t) },
    { id: 'queued', label: t('queued'), options: yesOrNo(t) },
    { id: 'batteryBelow', label: t('battery'), options: CHARGES.map((value) => ({ value, label: `< ${value} %` })) },
    { id: 'firmware', label: t('firmware') },
  ];
  return (
    <DataTable
      label={t('terminals')}
      path="/api/v1/devices"
      columns={columns}
      phone={['deviceId', 'presence', 'lastSeenAt']}
      rowKey={({ deviceId }) => deviceId}
      link={({ deviceId }) => `/devices/${encodeURIComponent(deviceId)}`}
      everyMs={30_000}
      filters={filters}
      tools={administrator && <Registration />}
    />
  );
}

function Registration(): ReactElement {
  const t = useT();
  const kinds = KINDS.map((value) => ({ value, label: t(`kind.${value}`) }));
  return (
    <>
      <CsvImport
        label={t('batch')}
        path="/api/v1/devices/batch"
        columns="deviceId,kind,point,model,publicKey"
        result={(answer) => <BatchCredentials given={(answer as Schemas['BatchDto']).devices} />}
      />
      <Action
        label={t('register')}
        method="POST"
        path="/api/v1/devices"
        query={{ qr: 'svg' }}
        fields={[
          { name: 'deviceId', label: t('deviceId'), required: true },
          { name: 'kind', label: t('kind'), type: 'choice', required: true, options: kinds, initial: 'handheld' },
          { name: 'point', label: t('point'), lookup: 'point', required: true },
          { name: 'model', label: t('model') },
          { name: 'publicKey', label: t('publicKey'), type: 'long' },
        ]}
        result={(answer) => <Credentials given={answer as Schemas['CredentialsDto']} />}
      />
    </>
  );
}
