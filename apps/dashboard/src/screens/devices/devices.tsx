import { Badge } from '@mantine/core';
import { useSearch } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import type { Search } from '../../app/search';
import { useIsOfficer, useMe } from '../../app/session';
import { texts } from '../../i18n/i18n';
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
import { Instant, Severity, State } from '../../parts/figures';
import { CsvImport } from '../../parts/import';
import { PageHeader, Sections, type Section } from '../../parts/page';
import { BatchCredentials, Credentials } from './credentials';

type Device = Schemas['DeviceDto'];
type Alarm = Schemas['AlarmDto'];
type Finding = Schemas['FindingDto'];
type Quarantined = Schemas['QuarantineDto'];

const useT = texts(
  'devices',
  {
    terminals: 'Terminal',
    alarms: 'Peringatan',
    findings: 'Temuan jurnal',
    quarantine: 'Karantina',
    kind: 'Jenis',
    model: 'Model',
    presence: 'Kehadiran',
    lastSeenAt: 'Terakhir terlihat',
    lastJournalAt: 'Catatan terakhir',
    missing: 'Catatan hilang',
    locked: 'Terkunci',
    revoked: 'Dicabut',
    register: 'Daftarkan terminal',
    batch: 'Impor batch pabrik',
    deviceId: 'Nomor terminal',
    publicKey: 'Kunci publik (bila terminal menandatangani sendiri)',
    'status.active': 'Aktif',
    'status.revoked': 'Dicabut',
    'kind.handheld': 'Genggam',
    'kind.meter': 'Meter',
    openedAt: 'Sejak',
    lastAt: 'Terakhir',
    times: 'Kali',
    acknowledge: 'Akui',
    acknowledged: 'Diakui oleh {{by}}',
    clear: 'Selesai',
    detail: 'Rincian',
    openOnly: 'Hanya yang terbuka',
    foundAt: 'Ditemukan',
    clearedAt: 'Selesai',
    code: 'Kode',
    reasonWhy: 'Alasan',
    at: 'Waktu',
    size: 'Bita',
    outcome: 'Hasil',
    preview: 'Awal isi',
    reprocess: 'Proses ulang',
    reprocessHint: 'Pesan diperiksa lagi seperti baru datang. Catatan yang sah masuk jurnal; yang lain tetap di sini.',
  },
  {
    terminals: 'Terminals',
    alarms: 'Alarms',
    findings: 'Journal findings',
    quarantine: 'Quarantine',
    kind: 'Kind',
    model: 'Model',
    presence: 'Presence',
    lastSeenAt: 'Last seen',
    lastJournalAt: 'Last record',
    missing: 'Missing records',
    locked: 'Locked',
    revoked: 'Revoked',
    register: 'Register a terminal',
    batch: "Import a maker's batch",
    deviceId: 'Terminal id',
    publicKey: 'Public key (if the terminal signs for itself)',
    'status.active': 'Active',
    'status.revoked': 'Revoked',
    'kind.handheld': 'Handheld',
    'kind.meter': 'Meter',
    openedAt: 'Since',
    lastAt: 'Last',
    times: 'Times',
    acknowledge: 'Acknowledge',
    acknowledged: 'Acknowledged by {{by}}',
    clear: 'Clear',
    detail: 'Details',
    openOnly: 'Open only',
    foundAt: 'Found',
    clearedAt: 'Cleared',
    code: 'Code',
    reasonWhy: 'Reason',
    at: 'Time',
    size: 'Bytes',
    outcome: 'Outcome',
    preview: 'How it begins',
    reprocess: 'Process again',
    reprocessHint:
      'The message is looked at as if it had just come. Valid records enter the journal; the rest stays here.',
  },
);

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
        { id: 'point', label: t('point') },
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
          { name: 'point', label: t('point'), required: true },
          { name: 'model', label: t('model') },
          { name: 'publicKey', label: t('publicKey'), type: 'long' },
        ]}
        result={(answer) => <Credentials given={answer as Schemas['CredentialsDto']} />}
      />
    </>
  );
}

function Alarms(): ReactElement {
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
          options: [
            { value: 'true', label: t('yes') },
            { value: 'false', label: t('no') },
          ],
        },
        { id: 'severity', label: t('severity'), options: severities(SEVERITIES) },
        { id: 'deviceId', label: t('device') },
        { id: 'point', label: t('point') },
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

function Findings(): ReactElement {
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
          options: [
            { value: 'true', label: t('yes') },
            { value: 'false', label: t('no') },
          ],
        },
        { id: 'deviceId', label: t('device') },
        { id: 'point', label: t('point') },
      ]}
    />
  );
}

function Quarantine(): ReactElement {
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
        { id: 'deviceId', label: t('device') },
        { id: 'code', label: t('code') },
      ]}
    />
  );
}
