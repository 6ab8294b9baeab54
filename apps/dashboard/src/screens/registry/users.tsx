import { Alert, Badge, Code, Group, Stack, Text } from '@mantine/core';
import type { ReactElement } from 'react';
import { useMe } from '../../app/me';
import { useCommon } from '../../i18n/i18n';
import { Action, type Field } from '../../parts/action';
import type { Schemas } from '../../parts/api';
import { instantColumn, textColumn, useChoices } from '../../parts/columns';
import { DataTable, type Column } from '../../parts/data-table';
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

/** A role, and for an operator's clerk the operator. */
function useRoleFields(row?: User): Field[] {
  const t = useT();
  const options = useChoices('role')(ROLES);
  return [
    { name: 'displayName', label: t('displayName'), initial: row?.displayName ?? '' },
    {
      name: 'role',
      label: t('role'),
      type: 'choice',
      required: true,
      options,
      initial: row?.role ?? 'revenue-officer',
    },
    {
      name: 'operator',
      label: t('operator'),
      lookup: 'operator',
      hint: t('operatorHint'),
      initial: row?.operator ?? '',
    },
  ];
}

/** Nobody but an operator's clerk belongs to an operator. */
function roleOf({ operator, ...rest }: Record<string, unknown>): Record<string, unknown> {
  return { ...rest, operator: rest['role'] === 'operator-clerk' ? operator : null };
}

function UserActions({ row }: { row: User }): ReactElement {
  const t = useT();
  const me = useMe();
  const params = { username: row.username };
  const button = { size: 'compact-xs' as const, variant: 'default' };
  const off = row.disabledAt !== null;
  const roleFields = useRoleFields(row);
  return (
    <Group gap={4} wrap="nowrap">
      <Action
        label={t('edit')}
        to={row.username}
        method="PATCH"
        path="/api/v1/users/{username}"
        params={params}
        explanation={t('roleHint')}
        fields={roleFields}
        body={roleOf}
        button={button}
      />
      <Action
        label={t('setPassword')}
        to={row.username}
        method="POST"
        path="/api/v1/users/{username}/password"
        params={params}
        button={button}
        explanation={t('setPasswordHint')}
        result={(answer) => <GivenPassword username={row.username} answer={answer} />}
      />
      {row.totp && (
        <Action
          label={t('resetTotp')}
          to={row.username}
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
          to={row.username}
          method="PATCH"
          path="/api/v1/users/{username}"
          params={params}
          body={() => ({ disabled: !off })}
          {...(!off && {
            explanation: t('disableHint'),
            undo: { method: 'PATCH', path: '/api/v1/users/{username}', params, body: { disabled: false } },
          })}
          dangerous={!off}
          button={{ size: 'compact-xs' }}
        />
      )}
    </Group>
  );
}

function AddUser(): ReactElement {
  const t = useT();
  const roleFields = useRoleFields();
  return (
    <Action
      label={t('addUser')}
      method="POST"
      path="/api/v1/users"
      fields={[{ name: 'username', label: t('username'), required: true }, ...roleFields]}
      result={(answer) => <GivenPassword username={(answer as Schemas['CreatedUserDto']).username} answer={answer} />}
    />
  );
}

/** A password that the system made, told once to whoever hands it over. */
function GivenPassword({ username, answer }: { username: string; answer: unknown }): ReactElement {
  const t = useT();
  return (
    <Stack>
      <Alert color="orange" title={t('onceOnly')}>
        {t('givenHint')}
      </Alert>
      <Text fw={700}>{username}</Text>
      <Code block fz="lg">
        {(answer as Schemas['TemporaryPasswordDto']).temporaryPassword}
      </Code>
    </Stack>
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
      cell: ({ id, current, username }) =>
        !current && (
          <Action
            label={t('endSession')}
            to={username}
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
