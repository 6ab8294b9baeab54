import { Badge } from '@mantine/core';
import { useSearch } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import type { Search } from '../../app/search';
import { useMe } from '../../app/session';
import { Action } from '../../parts/action';
import type { Schemas } from '../../parts/api';
import { countColumn, textColumn, ToPoint } from '../../parts/columns';
import { DataTable, type Column } from '../../parts/data-table';
import { Instant, State } from '../../parts/figures';
import { CsvImport } from '../../parts/import';
import { PageHeader, Sections, type Section } from '../../parts/page';
import { BatchCredentials, Credentials } from './credentials';
import { useT } from './texts';
import { Alarms, Findings, Quarantine } from './troubles';

type Device = Schemas['DeviceDto'];

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
  ];
  return (
    <DataTable
      label={t('terminals')}
      path="/api/v1/devices"
      columns={columns}
      rowKey={({ deviceId }) => deviceId}
      link={({ deviceId }) => `/devices/${encodeURIComponent(deviceId)}`}
      everyMs={30_000}
      filters={[
        { id: 'search', label: t('search'), type: 'search' },
        { id: 'point', label: t('point'), lookup: 'point' },
        {
          id: 'kind',
          label: t('kind'),
          options: (['handheld', 'meter'] as const).map((value) => ({ value, label: t(`kind.${value}`) })),
        },
        {
          id: 'status',
          label: t('state'),
          options: (['active', 'revoked'] as const).map((value) => ({ value, label: t(`status.${value}`) })),
        },
      ]}
      tools={administrator && <Registration />}
    />
  );
}

function Registration(): ReactElement {
  const t = useT();
  const kinds = (['handheld', 'meter'] as const).map((value) => ({ value, label: t(`kind.${value}`) }));
  return (
    <>
      <CsvImport
        label={t('batch')}
        path="/api/v1/devices/batch"
        columns="deviceId,kind,point,model,publicKey"
        preview={false}
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
