import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import i18next from 'i18next';
import { useEffect, useMemo, useState, type ReactElement } from 'react';
import { OwnPassword } from '../screens/sign-in/own-password';
import { SignIn } from '../screens/sign-in/sign-in';
import { get } from '../parts/api';
import { useCommon } from '../i18n/i18n';
import { MeContext } from './me';
import { queries } from './queries';
import { router } from './router';
import { themeWith } from './theme';
import { session, type Me } from './session';

type Standing = 'out' | 'over' | Me;

/** Asks for a sign-in where there is no session to go on with, and keeps the page when one ends. */
function Gate({ person }: { person: Me | null }): ReactElement {
  const [standing, setStanding] = useState<Standing>(person ?? 'out');
  const [kept, setKept] = useState(person);
  const enter = async (): Promise<void> => {
    const me = await get<Me>('/api/v1/auth/me');
    if (kept && kept.username !== me.username) queries.clear();
    setKept(me);
    setStanding(me);
    void queries.invalidateQueries();
  };
  useEffect(() => {
    session.onOver = () => setStanding((now) => (typeof now === 'object' ? 'over' : now));
    session.unreachable = () => i18next.t('unreachable');
  }, []);
  if (standing === 'out') return <SignIn onEntered={enter} />;
  const me = standing === 'over' ? kept! : standing;
  return (
    <MeContext value={me}>
      {me.passwordDue ? <OwnPassword onChosen={enter} /> : <RouterProvider router={router} />}
      {standing === 'over' && <SignIn onEntered={enter} over username={me.username} />}
    </MeContext>
  );
}

export function App({ person }: { person: Me | null }): ReactElement {
  const close = useCommon()('close');
  const theme = useMemo(() => themeWith(close), [close]);
  return (
    <MantineProvider theme={theme} defaultColorScheme="auto">
      <Notifications position="top-right" />
      <QueryClientProvider client={queries}>
        <Gate person={person} />
      </QueryClientProvider>
    </MantineProvider>
  );
}
