import { Alert } from '@mantine/core';
import { useNetwork } from '@mantine/hooks';
import { IconCloudOff } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, type ReactElement } from 'react';
import { useCommon } from '../i18n/i18n';
import { get } from '../parts/api';
import { useApiLost } from './reach';

const AGAIN_MS = 5_000;

/** Says that what is seen may be old, and loads it anew as soon as the API answers again. Over the page: nothing jumps. */
export function Connection(): ReactElement | null {
  const t = useCommon();
  const { online } = useNetwork();
  const lost = useApiLost();
  const client = useQueryClient();
  useEffect(() => {
    if (!lost) return;
    const ask = (): void =>
      void get('/api/v1/about').then(
        () => client.invalidateQueries(),
        () => undefined,
      );
    const timer = setInterval(ask, AGAIN_MS);
    return () => clearInterval(timer);
  }, [lost, client]);
  if (online && !lost) return null;
  return (
    <Alert
      role="status"
      className="connection no-print"
      color="orange.9"
      variant="filled"
      icon={<IconCloudOff aria-hidden />}
    >
      {t(online ? 'unreachable' : 'offline')}
    </Alert>
  );
}
