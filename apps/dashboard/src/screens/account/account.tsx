import { Alert, Button, Card, Code, List, Modal, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useState, type ReactElement } from 'react';
import { useMe } from '../../app/me';
import { texts, useCommon } from '../../i18n/i18n';
import { Action } from '../../parts/action';
import { useGet, useSend, type Schemas } from '../../parts/api';
import { instantColumn, textColumn } from '../../parts/columns';
import { DataTable, type Column } from '../../parts/data-table';
import { PageHeader } from '../../parts/page';
import { Notices } from './notices';

type Me = Schemas['MeDto'];

const useT = texts(
  'account',
  {
    signedIn: 'Masuk sebagai {{name}}, {{role}}',
    changePassword: 'Ganti kata sandi',
    oldPassword: 'Kata sandi sekarang',
    newPassword: 'Kata sandi baru',
    totp: 'Verifikasi dua langkah',
    totpOn: 'Aktif. Sisa kode pemulihan: {{left}}.',
    totpOff: 'Belum aktif. Kode dari aplikasi autentikator melindungi akun ini bila kata sandinya bocor.',
    totpDue: 'Peran ini wajib memakai autentikator. Aktifkan sekarang.',
    enrol: 'Aktifkan autentikator',
    remove: 'Matikan autentikator',
    scan: 'Pindai kode ini dengan aplikasi autentikator, lalu masukkan kode enam angkanya.',
    byHand: 'Atau masukkan rahasia ini dengan tangan:',
    code: 'Kode',
    codeOrRecovery: 'Kode autentikator atau pemulihan',
    qr: 'Kode QR untuk aplikasi autentikator',
    recovery: 'Kode pemulihan: simpan di tempat aman, masing-masing berlaku sekali. Hanya ditampilkan sekarang.',
    sessions: 'Sesi saya',
    notices: 'Perubahan pada akun saya',
    address: 'Alamat',
    agent: 'Peramban',
    began: 'Mulai',
    lastSeen: 'Terakhir',
    thisOne: 'sesi ini',
    endSession: 'Akhiri',
  },
  {
    signedIn: 'Signed in as {{name}}, {{role}}',
    changePassword: 'Change the password',
    oldPassword: 'Present password',
    newPassword: 'New password',
    totp: 'Two-step verification',
    totpOn: 'On. Recovery codes left: {{left}}.',
    totpOff: 'Off. A code of an authenticator app protects this account when its password leaks.',
    totpDue: 'This role must use an authenticator. Turn it on now.',
    enrol: 'Turn the authenticator on',
    remove: 'Turn the authenticator off',
    scan: 'Scan this code with the authenticator app, then enter its six digits.',
    byHand: 'Or enter this secret by hand:',
    code: 'Code',
    codeOrRecovery: 'Code of the authenticator, or a recovery code',
    qr: 'QR code for the authenticator app',
    recovery: 'Recovery codes: keep them in a safe place, each works once. They are shown only now.',
    sessions: 'My sessions',
    notices: 'Changes to my account',
    address: 'Address',
    agent: 'Browser',
    began: 'Began',
    lastSeen: 'Last seen',
    thisOne: 'this one',
    endSession: 'End',
  },
);

/** One's own password, authenticator and sessions. */
export function Account(): ReactElement {
  const t = useT();
  const me = useMe();
  const role = useCommon()(`role.${me.role}`);
  const fields = [
    { name: 'oldPassword', label: t('oldPassword'), type: 'password', required: true },
    { name: 'newPassword', label: t('newPassword'), type: 'password', required: true },
  ] as const;
  return (
    <>
      <PageHeader title={t('account')}>
        <Action
          label={t('changePassword')}
          method="POST"
          path="/api/v1/auth/password"
          fields={fields}
          button={{ variant: 'light' }}
        />
      </PageHeader>
      <Stack>
        <Text>{t('signedIn', { name: me.displayName || me.username, role })}</Text>
        <Authenticator />
        <Card withBorder padding="md">
          <Title order={2} size="h4" mb="xs">
            {t('sessions')}
          </Title>
          <Sessions />
        </Card>
        <Card withBorder padding="md">
          <Title order={2} size="h4" mb="xs">
            {t('notices')}
          </Title>
          <Notices />
        </Card>
      </Stack>
    </>
  );
}

function Authenticator(): ReactElement {
  const t = useT();
  const { data: me } = useGet<Me>('/api/v1/auth/me');
  return (
    <Card withBorder padding="md">
      <Title order={2} size="h4" mb="xs">
        {t('totp')}
      </Title>
      <Stack align="flex-start" gap="xs">
        {me?.totpDue && <Alert color="orange">{t('totpDue')}</Alert>}
        <Text size="sm">{me && (me.totp ? t('totpOn', { left: me.recoveryCodesLeft }) : t('totpOff'))}</Text>
        {me?.totp === false && <Enrolment />}
        {me?.totp && (
          <Action
            label={t('remove')}
            method="POST"
            path="/api/v1/auth/totp/remove"
            dangerous
            fields={[
              { name: 'password', label: t('oldPassword'), type: 'password', required: true },
              { name: 'totp', label: t('codeOrRecovery'), required: true },
            ]}
          />
        )}
      </Stack>
    </Card>
  );
}

/** Password, then the code to scan, then the first code, then the recovery codes. */
function Enrolment(): ReactElement {
  const t = useT();
  const [opened, { open, close }] = useDisclosure();
  const [text, setText] = useState('');
  const offer = useSend<Schemas['TotpOfferDto']>('POST', '/api/v1/auth/totp/enrol', { quiet: true });
  const confirm = useSend<Schemas['RecoveryCodesDto']>('POST', '/api/v1/auth/totp/confirm', { quiet: true });
  const refusal = (confirm.error ?? offer.error)?.message;
  const next = (): void => {
    if (offer.data) confirm.mutate({ body: { code: text } });
    else offer.mutate({ body: { password: text } }, { onSuccess: () => setText('') });
  };
  return (
    <>
      <Button aria-haspopup="dialog" onClick={open}>
        {t('enrol')}
      </Button>
      <Modal opened={opened} onClose={close} title={t('enrol')}>
        {confirm.data ? (
          <Stack>
            <Alert color="orange">{t('recovery')}</Alert>
            <List>
              {confirm.data.recoveryCodes.map((code) => (
                <List.Item key={code}>
                  <Code>{code}</Code>
                </List.Item>
              ))}
            </List>
          </Stack>
        ) : (
          <form
            onSubmit={(event) => {
              event.preventDefault();
              next();
            }}
          >
            <Stack>
              {refusal && (
                <Alert color="red" role="alert">
                  {refusal}
                </Alert>
              )}
              {offer.data && <Offered offer={offer.data} />}
              {offer.data ? (
                <TextInput
                  label={t('code')}
                  inputMode="numeric"
                  autoComplete="one-time-code"
                  required
                  value={text}
                  onChange={(event) => setText(event.currentTarget.value)}
                />
              ) : (
                <PasswordInput
                  label={t('oldPassword')}
                  autoComplete="current-password"
                  required
                  value={text}
                  onChange={(event) => setText(event.currentTarget.value)}
                />
              )}
              <Button type="submit" loading={offer.isPending || confirm.isPending}>
                {t('next')}
              </Button>
            </Stack>
          </form>
        )}
      </Modal>
    </>
  );
}

function Offered({ offer }: { offer: Schemas['TotpOfferDto'] }): ReactElement {
  const t = useT();
  return (
    <>
      <Text size="sm">{t('scan')}</Text>
      <img
        alt={t('qr')}
        width={200}
        height={200}
        style={{ background: '#fff' }}
        src={`data:image/svg+xml,${encodeURIComponent(offer.qrSvg)}`}
      />
      <Text size="sm">
        {t('byHand')} <Code>{offer.secret}</Code>
      </Text>
    </>
  );
}

function Sessions(): ReactElement {
  const t = useT();
  const columns: Column<Schemas['SessionDto']>[] = [
    textColumn('address', t('address'), ({ address }) => address),
    textColumn('userAgent', t('agent'), ({ userAgent }) => userAgent.slice(0, 80)),
    instantColumn('createdAt', t('began'), ({ createdAt }) => createdAt),
    instantColumn('lastSeenAt', t('lastSeen'), ({ lastSeenAt }) => lastSeenAt),
    {
      id: 'actions',
      header: '',
      sortable: false,
      cell: ({ id, current }) =>
        current ? (
          t('thisOne')
        ) : (
          <Action
            label={t('endSession')}
            method="DELETE"
            path="/api/v1/auth/sessions/{id}"
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
      path="/api/v1/auth/sessions"
      columns={columns}
      rowKey={({ id }) => id}
      exports={false}
    />
  );
}
