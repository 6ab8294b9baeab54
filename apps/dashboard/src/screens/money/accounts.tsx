import { Badge, Text } from '@mantine/core';
import type { ReactElement } from 'react';
import { useIsOfficer } from '../../app/me';
import { texts } from '../../i18n/i18n';
import { Action, type Field } from '../../parts/action';
import type { Schemas } from '../../parts/api';
import { codeColumn, textColumn } from '../../parts/columns';
import { DataTable, type Column } from '../../parts/data-table';

type Account = Schemas['BankAccountDto'];

const useT = texts(
  'money-accounts',
  {
    accounts: 'Rekening',
    hint: 'Uang di rekening kas umum daerah (RKUD) sudah final. Daftarkan RKUD sebelum rekening korannya yang pertama datang: rekening yang tidak terdaftar dianggap penampung, dan yang sudah bermutasi tidak dapat berganti jenis.',
    account: 'Nomor rekening',
    kind: 'Jenis',
    treasury: 'RKUD (kas daerah)',
    collecting: 'Penampung',
    add: 'Daftarkan rekening',
    none: 'Belum ada rekening.',
  },
  {
    accounts: 'Accounts',
    hint: 'Money on the treasury account (RKUD) is final. Register it before its first statement comes: an account nobody registered is taken for a collecting one, and one with entries keeps its kind.',
    account: 'Account number',
    kind: 'Kind',
    treasury: 'Treasury (RKUD)',
    collecting: 'Collecting',
    add: 'Register an account',
    none: 'No accounts yet.',
  },
);

export function Accounts(): ReactElement {
  const t = useT();
  const officer = useIsOfficer();
  const columns: Column<Account>[] = [
    codeColumn('account', t('account'), ({ account }) => account),
    {
      id: 'kind',
      header: t('kind'),
      cell: ({ kind }) => (
        <Badge miw="max-content" variant="outline" color={kind === 'treasury' ? 'teal' : 'gray'}>
          {t(kind)}
        </Badge>
      ),
    },
    textColumn('name', t('name'), ({ name }) => name),
    { id: 'actions', header: '', sortable: false, cell: (row) => officer && <Save row={row} /> },
  ];
  return (
    <>
      <Text size="sm" c="dimmed" mb="xs">
        {t('hint')}
      </Text>
      <DataTable
        label={t('accounts')}
        path="/api/v1/bank-accounts"
        columns={columns}
        rowKey={({ account }) => account}
        empty={t('none')}
        tools={officer && <Save />}
      />
    </>
  );
}

/** Registers an account, or names the given one anew. */
function Save({ row }: { row?: Account }): ReactElement {
  const t = useT();
  const kinds = (['treasury', 'collecting'] as const).map((value) => ({ value, label: t(value) }));
  const account: Field = { name: 'account', label: t('account'), required: true };
  const rest: Field[] = [
    {
      name: 'kind',
      label: t('kind'),
      type: 'choice',
      required: true,
      options: kinds,
      initial: row?.kind ?? 'collecting',
    },
    { name: 'name', label: t('name'), initial: row?.name ?? '' },
  ];
  return (
    <Action
      label={t(row ? 'edit' : 'add')}
      {...(row && { to: row.account })}
      method="POST"
      path="/api/v1/bank-accounts"
      fields={row ? rest : [account, ...rest]}
      body={(values) => ({ name: '', ...(row && { account: row.account }), ...values })}
      {...(row && { button: { size: 'compact-xs', variant: 'default' } })}
    />
  );
}
