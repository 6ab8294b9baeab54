import { Anchor, Badge, Group, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { useGet, type Page } from '../../parts/api';
import { SEVERITIES } from '../../parts/columns';
import { Figure, Severity, useFormat } from '../../parts/figures';
import { useLive } from './live';
import { useT } from './texts';

const useTotal = (path: '/api/v1/cases' | '/api/v1/exceptions' | '/api/v1/devices', query: Record<string, string>) =>
  useGet<Page<unknown>>(path, { query: { ...query, limit: 1 }, everyMs: 60_000 }).data?.total;

/** What stands at this moment. */
export function Now(): ReactElement {
  const t = useT();
  const format = useFormat();
  const { state, live } = useLive();
  const devices = useTotal('/api/v1/devices', { status: 'active' });
  const quiet = useTotal('/api/v1/devices', { status: 'active', presence: 'quiet' });
  const overdue = useTotal('/api/v1/cases', { overdue: 'true' });
  const mismatched = useTotal('/api/v1/exceptions', { state: 'mismatched' });
  const expected = useTotal('/api/v1/exceptions', { state: 'expected' });
  const number = (value: number | undefined) => (value === undefined ? '…' : format.integer(value));
  return (
    <div className="grid-figures">
      <Figure
        label={t('live')}
        value={state ? format.rupiah(state.amount) : '…'}
        to="/points"
        search={state ? { from: state.date, to: state.date, sort: '-recorded' } : {}}
        hint={
          <Group gap={6}>
            <Badge size="xs" color={live ? 'teal.9' : 'gray.7'} variant="filled">
              {t(live ? 'liveOn' : state ? 'liveOff' : 'liveFirst')}
            </Badge>
            {state && t('payments', { count: format.integer(state.count) })}
          </Group>
        }
      />
      <Figure
        label={t('openCases')}
        value={number(state?.openCases)}
        to="/cases"
        search={{ state: 'unresolved' }}
        hint={<BySeverity />}
      />
      <Figure
        label={t('overdue')}
        value={number(overdue)}
        to="/cases"
        search={{ overdue: 'true' }}
        {...(overdue ? { tone: 'red' } : {})}
      />
      <Figure
        label={t('silent')}
        value={number(quiet)}
        to="/devices"
        search={{ status: 'active', presence: 'quiet' }}
        hint={t('ofDevices', { count: number(devices) })}
      />
      <Figure
        label={t('mismatched')}
        value={number(mismatched)}
        to="/money/exceptions"
        search={{ state: 'mismatched' }}
        hint={`${t('expectedSoon')}: ${number(expected)}`}
      />
    </div>
  );
}

function BySeverity(): ReactElement {
  const counts = SEVERITIES.map(
    (severity) => [severity, useTotal('/api/v1/cases', { severity, state: 'unresolved' })] as const,
  );
  return (
    <Group gap={4} mt={4}>
      {counts
        .filter(([, count]) => count)
        .map(([severity, count]) => (
          <Anchor
            key={severity}
            component={Link}
            to="/cases"
            search={{ severity, state: 'unresolved' } as never}
            underline="never"
          >
            <Severity of={severity} />{' '}
            <Text span size="xs">
              {count}
            </Text>
          </Anchor>
        ))}
    </Group>
  );
}
