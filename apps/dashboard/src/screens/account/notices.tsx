import { Alert, Badge, Button, Group, List, Text } from '@mantine/core';
import { IconShieldLock } from '@tabler/icons-react';
import type { ReactElement } from 'react';
import { useMe } from '../../app/me';
import { texts } from '../../i18n/i18n';
import { useGet, useSend, type Page, type Schemas } from '../../parts/api';
import { instantColumn, textColumn } from '../../parts/columns';
import { DataTable, type Column } from '../../parts/data-table';
import { Instant } from '../../parts/figures';

type Notice = Schemas['NoticeDto'];

/** So many are told over a page; the account's page has all. */
const TOLD_MAX = 5;

const useT = texts(
  'notices',
  {
    title: 'Perubahan pada akun Anda',
    hint: 'Bila bukan Anda yang melakukannya atau memintanya, ganti kata sandi dan beri tahu administrator.',
    seen: 'Saya sudah tahu',
    more: 'Semua ada di halaman akun.',
    line: '{{what}} oleh {{by}}, alamat {{address}}:',
    you: 'Anda',
    at: 'Waktu',
    what: 'Perubahan',
    by: 'Oleh',
    address: 'Alamat',
    isNew: 'baru',
    'user.password': 'Kata sandi diganti',
    'user.change': 'Peran, operator atau status akun diubah',
    'totp.confirm': 'Autentikator diaktifkan',
    'totp.remove': 'Autentikator dimatikan',
    'totp.recovery-code': 'Kode pemulihan dipakai',
    'session.open': 'Masuk dari alamat baru',
    'session.reuse': 'Sesi diakhiri karena tokennya dipakai dua kali',
  },
  {
    title: 'Changes to your account',
    hint: 'If it was not you who did this or asked for it, change the password and tell an administrator.',
    seen: 'I know of this',
    more: "All are on the account's page.",
    line: '{{what}} by {{by}}, address {{address}}:',
    you: 'you',
    at: 'Time',
    what: 'Change',
    by: 'By',
    address: 'Address',
    isNew: 'new',
    'user.password': 'Password changed',
    'user.change': 'Role, operator or state of the account changed',
    'totp.confirm': 'Authenticator turned on',
    'totp.remove': 'Authenticator turned off',
    'totp.recovery-code': 'Recovery code used',
    'session.open': 'Sign-in from a new address',
    'session.reuse': 'Session ended because its token was used twice',
  },
);

/** What happened to the own credentials since it was last told, over every page until it is marked as seen. */
export function UnseenNotices(): ReactElement | null {
  const t = useT();
  const me = useMe();
  const { data } = useGet<Page<Notice>>('/api/v1/auth/notices', { query: { unseen: true, limit: TOLD_MAX } });
  const seen = useSend('POST', '/api/v1/auth/notices/seen', { quiet: true });
  const newest = data?.rows[0];
  if (!data || !newest) return null;
  return (
    <Alert role="status" mb="md" color="orange" icon={<IconShieldLock aria-hidden />} title={t('title')}>
      <List size="sm">
        {data.rows.map(({ id, at, what, by, address }) => (
          <List.Item key={id}>
            {t('line', { what: t(what), by: by === me.username ? t('you') : by, address: address || '–' })}{' '}
            <Instant at={at} />
          </List.Item>
        ))}
      </List>
      <Text size="sm" my="xs">
        {t('hint')} {data.total > data.rows.length && t('more')}
      </Text>
      <Button
        size="xs"
        variant="default"
        loading={seen.isPending}
        onClick={() => seen.mutate({ body: { upTo: newest.id } })}
      >
        {t('seen')}
      </Button>
    </Alert>
  );
}

export function Notices(): ReactElement {
  const t = useT();
  const columns: Column<Notice>[] = [
    instantColumn('at', t('at'), ({ at }) => at),
    {
      id: 'what',
      header: t('what'),
      cell: ({ what, seen }) => (
        <Group gap="xs">
          {t(what)}
          {!seen && <Badge color="orange.9">{t('isNew')}</Badge>}
        </Group>
      ),
    },
    textColumn('by', t('by'), ({ by }) => by),
    textColumn('address', t('address'), ({ address }) => address),
  ];
  return (
    <DataTable
      label={t('title')}
      path="/api/v1/auth/notices"
      columns={columns}
      rowKey={({ id }) => String(id)}
      exports={false}
    />
  );
}
