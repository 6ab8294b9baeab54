import { Text } from '@mantine/core';
import type { ReactElement } from 'react';
import { useGet, type Schemas } from '../../parts/api';
import { instantColumn, textColumn } from '../../parts/columns';
import { DataTable, type Column } from '../../parts/data-table';
import { Details } from '../../parts/details';
import { useT } from './texts';

export function AuditLog(): ReactElement {
  const t = useT();
  const head = useGet<Schemas['AuditHeadDto']>('/api/v1/audit-log/head');
  const columns: Column<Schemas['AuditDto']>[] = [
    instantColumn('at', t('time'), ({ at }) => at),
    textColumn('actor', t('actor'), ({ actor }) => actor),
    textColumn('action', t('action'), ({ action }) => action),
    textColumn('subject', t('subject'), ({ subject }) => subject),
    {
      id: 'detail',
      header: t('detail'),
      sortable: false,
      cell: ({ detail }) => <Details of={detail} />,
    },
    textColumn('address', t('address'), ({ address }) => address, { hidden: true }),
  ];
  return (
    <DataTable
      label={t('audit')}
      path="/api/v1/audit-log"
      columns={columns}
      rowKey={({ id }) => String(id)}
      filters={[
        { id: 'actor', label: t('actor') },
        { id: 'action', label: t('action') },
        { id: 'subject', label: t('subject') },
        { id: 'from', label: t('from'), type: 'date' },
        { id: 'to', label: t('to'), type: 'date' },
      ]}
      footer={() =>
        head.data && (
          <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
            {t('head', { n: head.data.n, hash: head.data.hash })}
          </Text>
        )
      }
    />
  );
}

export function AccessLog(): ReactElement {
  const t = useT();
  const columns: Column<Schemas['AccessDto']>[] = [
    instantColumn('at', t('time'), ({ at }) => at),
    textColumn('actor', t('actor'), ({ actor }) => actor),
    textColumn('what', t('what'), ({ what }) => what),
    textColumn('subject', t('subject'), ({ subject }) => subject),
    textColumn('address', t('address'), ({ address }) => address, { hidden: true }),
  ];
  return (
    <DataTable
      label={t('access')}
      path="/api/v1/access-log"
      columns={columns}
      rowKey={({ id }) => String(id)}
      filters={[
        { id: 'actor', label: t('actor') },
        { id: 'what', label: t('what') },
        { id: 'subject', label: t('subject') },
        { id: 'from', label: t('from'), type: 'date' },
        { id: 'to', label: t('to'), type: 'date' },
      ]}
    />
  );
}
