import { Grid, Group, Stack, Text } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { useGet } from '../../parts/api';
import { Figure, Instant, Money, Severity, State, useFormat } from '../../parts/figures';
import { Word, ToPoint } from '../../parts/columns';
import { PageHeader } from '../../parts/page';
import { Answer } from '../../parts/states';
import { useCommon } from '../../i18n/i18n';
import { Attachments } from './attachments';
import { Evidence } from './evidence';
import { History } from './history';
import { Moves } from './moves';
import { outstandingOf, type CaseDetail } from './case-detail';
import { useT } from './texts';

export function CaseScreen(): ReactElement {
  const { id } = useParams({ strict: false }) as { id: string };
  const answer = useGet<CaseDetail>('/api/v1/cases/{id}', { params: { id }, everyMs: 60_000 });
  return (
    <Answer of={answer} height={600}>
      {(item) => (
        <Stack gap="md">
          <Header item={item} />
          <Facts item={item} />
          <Moves item={item} />
          <Grid>
            <Grid.Col span={{ base: 12, lg: 8 }}>
              <Evidence item={item} />
            </Grid.Col>
            <Grid.Col span={{ base: 12, lg: 4 }}>
              <Stack>
                <History item={item} />
                <Attachments item={item} />
              </Stack>
            </Grid.Col>
          </Grid>
        </Stack>
      )}
    </Answer>
  );
}

function Header({ item }: { item: CaseDetail }): ReactElement {
  const t = useT();
  const common = useCommon();
  const word = common(`pattern.${item.pattern}`);
  return (
    <div>
      <PageHeader
        title={`${word === `pattern.${item.pattern}` ? item.pattern : word} · ${item.subject}`}
        up={{ to: '/cases', label: t('cases') }}
      />
      <Group gap="xs">
        <Severity of={item.severity} />
        <State of={item.state} />
        <Text size="sm" c="dimmed">
          <Word group="kind" of={item.kind} /> · {t('episode', { episode: item.episode })}
        </Text>
      </Group>
    </div>
  );
}

function Facts({ item }: { item: CaseDetail }): ReactElement {
  const t = useT();
  const format = useFormat();
  return (
    <div className="grid-figures">
      <Figure
        label={t('atStake')}
        value={<Money amount={item.amount} />}
        hint={`${format.day(item.from)} – ${format.day(item.to)}`}
      />
      <Figure label={t('recovered')} value={<Money amount={item.recovered} />} />
      <Figure
        label={t('outstanding')}
        value={<Money amount={outstandingOf(item)} />}
        {...(item.state !== 'resolved' && { tone: 'orange' })}
      />
      <Figure label={t('assignee')} value={item.assignee ?? t('nobody')} hint={<ToPoint code={item.point} />} />
      <Figure
        label={t('due')}
        value={<Instant at={item.resolvedAt ?? item.dueAt} relative />}
        hint={<Instant at={item.resolvedAt ?? item.dueAt} />}
        {...(item.overdue && item.state !== 'resolved' && { tone: 'red' })}
      />
    </div>
  );
}
