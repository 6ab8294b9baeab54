import { Alert, Button, Center, Paper, PasswordInput, Stack, Text, Title } from '@mantine/core';
import { useState, type ReactElement } from 'react';
import { leave } from '../../app/leave';
import { ApiError } from '../../app/session';
import { texts } from '../../i18n/i18n';
import { useSend } from '../../parts/api';

const useT = texts(
  'own-password',
  {
    title: 'Pilih kata sandi Anda sendiri',
    hint: 'Kata sandi sekarang diberikan oleh orang lain, yang juga mengetahuinya. Yang baru sedikitnya 12 karakter; beberapa kata yang tidak saling berkaitan mudah diingat.',
    given: 'Kata sandi yang diberikan',
    own: 'Kata sandi baru',
    go: 'Ganti kata sandi',
  },
  {
    title: 'Choose your own password',
    hint: 'Somebody else gave you the present one, and knows it. The new one has at least 12 characters; a few words that have nothing to do with each other are easy to keep in mind.',
    given: 'The password that was given',
    own: 'New password',
    go: 'Change the password',
  },
);

/** Before anything else: a password that nobody else knows. */
export function OwnPassword({ onChosen }: { readonly onChosen: () => Promise<void> }): ReactElement {
  const t = useT();
  const [oldPassword, setOld] = useState('');
  const [newPassword, setNew] = useState('');
  const change = useSend('POST', '/api/v1/auth/password', { quiet: true });
  const refusal = change.error;
  const field = refusal instanceof ApiError ? refusal.field : undefined;
  const told = refusal && [refusal.message, (refusal as ApiError).remedy].filter(Boolean).join(' ');
  const input = (name: string, label: string, value: string, set: (text: string) => void): ReactElement => (
    <PasswordInput
      label={label}
      autoComplete={name === 'newPassword' ? 'new-password' : 'current-password'}
      required
      value={value}
      error={field === name ? told : undefined}
      onChange={(event) => set(event.currentTarget.value)}
    />
  );
  return (
    <Center component="main" mih="100vh" p="md">
      <Paper withBorder p="xl" w="100%" maw={440}>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            change.mutate({ body: { oldPassword, newPassword } }, { onSuccess: () => void onChosen() });
          }}
        >
          <Stack>
            <Title order={1} size="h2">
              {t('title')}
            </Title>
            <Text size="sm">{t('hint')}</Text>
            {refusal && field === undefined && (
              <Alert color="red" role="alert">
                {told}
              </Alert>
            )}
            {input('oldPassword', t('given'), oldPassword, setOld)}
            {input('newPassword', t('own'), newPassword, setNew)}
            <Button type="submit" loading={change.isPending}>
              {t('go')}
            </Button>
            <Button variant="subtle" onClick={() => void leave()}>
              {t('signOut')}
            </Button>
          </Stack>
        </form>
      </Paper>
    </Center>
  );
}
