import { Alert, Button, Center, Modal, Paper, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core';
import { useState, type FormEvent, type ReactElement } from 'react';
import { ApiError, session } from '../../app/session';
import { setLanguage, texts, useLanguage } from '../../i18n/i18n';

const useT = texts(
  'sign-in',
  {
    title: 'Masuk ke eparking',
    sub: 'Retribusi parkir tepi jalan umum',
    username: 'Nama pengguna',
    password: 'Kata sandi',
    totp: 'Kode autentikator atau kode pemulihan',
    signIn: 'Masuk',
    other: 'English',
  },
  {
    title: 'Sign in to eparking',
    sub: 'On-street parking retribution',
    username: 'User name',
    password: 'Password',
    totp: "The authenticator's code, or a recovery code",
    signIn: 'Sign in',
    other: 'Bahasa Indonesia',
  },
);

interface Props {
  readonly onEntered: () => Promise<void>;
  /** A session that was going on has ended: the page stays behind the form. */
  readonly over?: boolean;
  readonly username?: string;
}

export function SignIn({ onEntered, over = false, username: known = '' }: Props): ReactElement {
  const t = useT();
  const language = useLanguage();
  const [username, setUsername] = useState(known);
  const [password, setPassword] = useState('');
  const [totp, setTotp] = useState('');
  const [asksCode, setAsksCode] = useState(false);
  const [refusal, setRefusal] = useState('');
  const [busy, setBusy] = useState(false);
  const enter = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    setRefusal('');
    try {
      await session.signIn(username, password, totp || undefined);
      await onEntered();
    } catch (error) {
      if (error instanceof ApiError && error.code === 'totp-required' && !asksCode) setAsksCode(true);
      else setRefusal((error as Error).message);
    } finally {
      setBusy(false);
    }
  };
  const form = (
    <form onSubmit={(event) => void enter(event)}>
      <Stack>
        {over && <Text c="dimmed">{t('sessionOverHint')}</Text>}
        {refusal && (
          <Alert color="red" role="alert">
            {refusal}
          </Alert>
        )}
        <TextInput
          label={t('username')}
          autoComplete="username"
          required
          data-autofocus={!known}
          value={username}
          onChange={(event) => setUsername(event.currentTarget.value)}
        />
        <PasswordInput
          label={t('password')}
          autoComplete="current-password"
          required
          data-autofocus={!!known}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        {asksCode && (
          <TextInput
            label={t('totp')}
            inputMode="numeric"
            autoComplete="one-time-code"
            required
            autoFocus
            value={totp}
            onChange={(event) => setTotp(event.currentTarget.value)}
          />
        )}
        <Button type="submit" loading={busy}>
          {t('signIn')}
        </Button>
      </Stack>
    </form>
  );
  if (over)
    return (
      <Modal opened onClose={() => undefined} withCloseButton={false} title={t('sessionOver')}>
        {form}
      </Modal>
    );
  return (
    <Center component="main" mih="100vh" p="md">
      <Paper withBorder p="xl" w="100%" maw={400}>
        <img src="/icon.svg" alt="" width={40} height={40} />
        <Title order={1} size="h2" mt="sm">
          {t('title')}
        </Title>
        <Text c="dimmed" mb="lg">
          {t('sub')}
        </Text>
        {form}
        <Button mt="md" variant="subtle" size="compact-sm" onClick={() => setLanguage(language === 'id' ? 'en' : 'id')}>
          {t('other')}
        </Button>
      </Paper>
    </Center>
  );
}
