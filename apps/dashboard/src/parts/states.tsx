import { Alert, Button, Center, Loader, Skeleton, Stack, Text, Title } from '@mantine/core';
import { IconAlertTriangle, IconLock, IconMoodEmpty } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactElement, ReactNode } from 'react';
import { ApiError } from '../app/session';
import { useCommon } from '../i18n/i18n';

/** The whole page waits. */
export function Busy(): ReactElement {
  const t = useCommon();
  return (
    <Center mih="60vh" role="status" aria-label={t('loading')}>
      <Loader />
    </Center>
  );
}

export function Empty({ children, filtered = false }: { children?: ReactNode; filtered?: boolean }): ReactElement {
  const t = useCommon();
  return (
    <Center mih={140}>
      <Stack align="center" gap={4}>
        <IconMoodEmpty aria-hidden stroke={1.2} size={36} opacity={0.5} />
        <Text c="dimmed">{children ?? t(filtered ? 'emptyFiltered' : 'empty')}</Text>
      </Stack>
    </Center>
  );
}

export function Failed({ error, retry }: { error: Error; retry?: () => void }): ReactElement {
  const t = useCommon();
  if (error instanceof ApiError && error.status === 403) return <NoRight />;
  return (
    <Alert color="red" variant="light" icon={<IconAlertTriangle aria-hidden />} title={t('failed')} role="alert">
      <Text size="sm">{error.message}</Text>
      {error instanceof ApiError && error.remedy && <Text size="sm">{error.remedy}</Text>}
      {retry && (
        <Button mt="sm" size="xs" variant="default" onClick={retry}>
          {t('retry')}
        </Button>
      )}
    </Alert>
  );
}

export function NoRight(): ReactElement {
  const t = useCommon();
  return (
    <Center mih="40vh">
      <Stack align="center" gap="xs">
        <IconLock aria-hidden size={40} stroke={1.2} />
        <Title order={2} size="h3">
          {t('noRight')}
        </Title>
        <Text c="dimmed">{t('noRightHint')}</Text>
      </Stack>
    </Center>
  );
}

export function NotFound(): ReactElement {
  const t = useCommon();
  return (
    <Center mih="40vh">
      <Stack align="center">
        <Title order={2} size="h3">
          {t('notFound')}
        </Title>
        <Button component={Link} to="/" variant="light">
          {t('goToday')}
        </Button>
      </Stack>
    </Center>
  );
}

/** A screen that broke while it was drawn. */
export function ScreenFailed({ error, reset }: { error: unknown; reset: () => void }): ReactElement {
  return <Failed error={error instanceof Error ? error : new Error(String(error))} retry={reset} />;
}

/**
 * What a question to the API has come to: a placeholder of the given height while it waits, the refusal, or the
 * children with the answer. Nothing jumps when the answer comes.
 */
export function Answer<T>({
  of,
  height,
  children,
}: {
  of: UseQueryResult<T, Error>;
  height: number;
  children: (data: T) => ReactNode;
}): ReactNode {
  if (of.data !== undefined) return children(of.data);
  if (of.error) return <Failed error={of.error} retry={() => void of.refetch()} />;
  return <Skeleton h={height} aria-hidden />;
}
