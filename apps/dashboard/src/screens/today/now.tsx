import { Anchor, Badge, Group, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useSyncExternalStore, type ReactElement } from 'react';
import { useGet, type Page } from '../../parts/api';
import { SEVERITIES } from '../../parts/columns';
import { Figure, Severity, useFormat } from '../../parts/figures';
import { asks } from './asks';
import { liveNow, watchLive } from './live';
import { useT } from './texts';

/** What stands at this moment. */
export function Now(): ReactElement {
  const t = useT();
  const format = useFormat();
  const { state, live } = useSyncExternalStore(watchLive, liveNow);
  const devices = useGet<Page<unknown>>(...asks.devices()).data?.total;
  const quiet = useGet<Page<unknown>>(...asks.quiet()).data?.total;
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
        hint={<BySeverity counts={state?.openBySeverity ?? {}} />}
      />
      <Figure
        label={t('overdue')}
        value={number(state?.overdueCases)}
        to="/cases"
        search={{ overdue: 'true' }}
        {...(state?.overdueCases ? { tone: 'red' } : {})}
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
        value={number(state?.mismatched)}
        to="/money/exceptions"
        search={{ state: 'mismatched' }}
        hint={`${t('expectedSoon')}: ${number(state?.expected)}`}
      />
    </div>
  );
}

function BySeverity({ counts }: { counts: Readonly<Record<string, number>> }): ReactElement {
  return (
    <Group gap={4} mt={4} mih={20}>
      {SEVERITIES.filter((severity) => counts[severity]).map((severity) => (
        <Anchor
          key={severity}
          component={Link}
          to="/cases"
          search={{ severity, state: 'unresolved' } as never}
          underline="never"
        >
          <Severity of={severity} />{' '}
          <Text span size="xs">
            {counts[severity]}
          </Text>
        </Anchor>
      ))}
    </Group>
  );
}
