import { Badge, Group, Text } from '@mantine/core';
import type { ReactElement } from 'react';
import { useMe } from '../../app/session';
import { useCommon } from '../../i18n/i18n';
import { Action } from '../../parts/action';
import { useGet, type Schemas } from '../../parts/api';
import { instantColumn, textColumn, useChoices } from '../../parts/columns';
import { DataTable, type Column } from '../../parts/data-table';
import { Details } from '../../parts/details';
import { useT } from './texts';

type User = Schemas['UserDto'];

const ROLES = ['administrator', 'revenue-officer', 'operator-clerk', 'auditor'] as const;

export function Users(): ReactElement {
  const t = useT();
  const common = useCommon();
  const administrator = useMe().role === 'administrator';
  const columns: Column<User>[] = [
    textColumn('username', t('username'), ({ username }) => username),
    textColumn('displayName', t('displayName'), ({ displayName }) => displayName),
    textColumn('role', t('role'), ({ role }) => common(`role.${role}`)),
    textColumn('operator', t('operator'), ({ operator }) => operator),
    textColumn('totp', t('twoFactor'), ({ totp }) => t(totp ? 'yes' : 'no')),
    {
      id: 'disabledAt',
      header: t('state'),
      cell: ({ disabledAt }) =>
        disabledAt && (
          <Badge color="red.9" variant="filled">
            {t('disabled')}
          </Badge>
        ),
    },
    instantColumn('createdAt', t('created'), ({ createdAt }) => createdAt, { hidden: true }),
    { id: 'actions', header: '', sortable: false, cell: (row) => administrator && <UserActions row={row} /> },
  ];
  return (
    <DataTable
      label={t('users')}
      path="/api/v1/users"
      columns={columns}
      rowKey={({ username }) => username}
      tools={administrator && <AddUser />}
    />
  );
}

function UserActions({ row }: { row: User }): ReactElement {
  const t = useT();
  const me = useMe();
  const params = { username: row.username };
  const button = { size: 'compact-xs' as const, variant: 'default' };
  const off = row.disabledAt !== null;
  return (
    <Group gap={4} wrap="nowrap">
      <Action
        label={t('setPassword')}
        method="POST"
        path="/api/v1/users/{username}/password"
        params={params}
        button={button}
        fields={[{ name: 'password', label: t('newPassword'), type: 'password', required: true }]}
      />
      {row.totp && (
        <Action
          label={t('resetTotp')}
          method="DELETE"
          path="/api/v1/users/{username}/totp"
          params={params}
          button={button}
          dangerous
        />
      )}
      {row.username !== me.username && (
        <Action
          label={t(off ? 'enable' : 'disable')}
          method="PATCH"
          path="/api/v1/users/{username}"
          params={params}
          body={() => ({ disabled: !off })}
          {...(!off && { explanation: t('disableHint') })}
          dangerous={!off}
          button={{ size: 'compact-xs' }}
        />
      )}
    </Group>
  );
}

function AddUser(): ReactElement {
  const t = useT();
  const roles = useChoices('role')(ROLES);
  return (
    <Action
      label={t('addUser')}
      method="POST"
      path="/api/v1/users"
      fields={[
        { name: 'username', label: t('username'), required: true },
        { name: 'displayName', label: t('displayName') },
        { name: 'role', label: t('role'), type: 'choice', required: true, options: roles, initial: 'revenue-officer' },
        { name: 'operator', label: t('operator'), hint: t('operatorHint') },
        { name: 'password', label: t('password'), type: 'password', required: true },
      ]}
    />
  );
}

export function Sessions(): ReactElement {
  const t = useT();
  const columns: Column<Schemas['SessionDto']>[] = [
    textColumn('username', t('username'), ({ username }) => username),
    textColumn('address', t('address'), ({ address }) => address),
    textColumn('userAgent', t('agent'), ({ userAgent }) => userAgent.slice(0, 80)),
    instantColumn('createdAt', t('created'), ({ createdAt }) => createdAt),
    instantColumn('lastSeenAt', t('lastSeen'), ({ lastSeenAt }) => lastSeenAt),
    {
      id: 'actions',
      header: '',
      sortable: false,
      cell: ({ id, current }) =>
        !current && (
          <Action
            label={t('endSession')}
            method="DELETE"
            path="/api/v1/sessions/{id}"
            params={{ id }}
            dangerous
            button={{ size: 'compact-xs' }}
          />
        ),
    },
  ];
  return (
    <DataTable
      label={t('sessions')}
      path="/api/v1/sessions"
      columns={columns}
      rowKey={({ id }) => id}
      filters={[{ id: 'username', label: t('username') }]}
    />
  );
}

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
      ]}
    />
  );
}
