import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { useEffect, useMemo, useState, type ReactElement } from 'react';
import { OwnPassword } from '../screens/sign-in/own-password';
import { SignIn } from '../screens/sign-in/sign-in';
import { get } from '../parts/api';
import { Busy } from '../parts/states';
import { useCommon } from '../i18n/i18n';
import { router } from './router';
import { themeWith } from './theme';
import { MeContext, session, type Me, ApiError } from './session';

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      // A refusal is not mended by asking again; a broken network may be.
      retry: (failures, error) => !(error instanceof ApiError && error.status < 500) && failures < 2,
    },
  },
});

type Standing = 'looking' | 'out' | 'over' | Me;

/** Looks whether a session can be gone on with, asks for a sign-in otherwise, and keeps the page when one ends. */
function Gate(): ReactElement {
  const [standing, setStanding] = useState<Standing>('looking');
  const [kept, setKept] = useState<Me | null>(null);
  const enter = async (): Promise<void> => {
    const me = await get<Me>('/api/v1/auth/me');
    if (kept && kept.username !== me.username) queries.clear();
    setKept(me);
    setStanding(me);
    void queries.invalidateQueries();
  };
  useEffect(() => {
    // The screen comes while it is asked who is there.
    void router.load();
    session.onOver = () => setStanding((now) => (typeof now === 'object' ? 'over' : now));
    void session.refresh().then((going) => (going ? enter() : setStanding('out')));
    // Once, at the opening of the page.
  }, []);
  if (standing === 'looking') return <Busy />;
  if (standing === 'out') return <SignIn onEntered={enter} />;
  const me = standing === 'over' ? kept! : standing;
  return (
    <MeContext value={me}>
      {me.passwordDue ? <OwnPassword onChosen={enter} /> : <RouterProvider router={router} />}
      {standing === 'over' && <SignIn onEntered={enter} over username={me.username} />}
    </MeContext>
  );
}

export function App(): ReactElement {
  const close = useCommon()('close');
  const theme = useMemo(() => themeWith(close), [close]);
  return (
    <MantineProvider theme={theme} defaultColorScheme="auto">
      <Notifications position="top-right" />
      <QueryClientProvider client={queries}>
        <Gate />
      </QueryClientProvider>
    </MantineProvider>
  );
}
