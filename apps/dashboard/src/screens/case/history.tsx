import { Card, Text, Timeline, Title } from '@mantine/core';
import type { ReactElement } from 'react';
import { useCommon } from '../../i18n/i18n';
import type { Schemas } from '../../parts/api';
import { Instant, useFormat } from '../../parts/figures';
import type { CaseDetail } from './case-detail';
import { useT } from './texts';

/** A change of docs/CASES.md: its type and what belongs to it. */
interface Change {
  readonly type: string;
  readonly amount?: number;
  readonly severity?: string;
  readonly outcome?: string;
  readonly text?: string;
  readonly reason?: string;
  readonly [more: string]: unknown;
}

/** Everything that was done about the case, the newest first. */
export function History({ item }: { item: CaseDetail }): ReactElement {
  const t = useT();
  return (
    <Card withBorder padding="md">
      <Title order={2} size="h4" mb="sm">
        {t('history')}
      </Title>
      <Timeline bulletSize={14} lineWidth={2} active={item.history.length}>
        {[...item.history].reverse().map((event) => (
          <Timeline.Item key={event.number} title={<Told change={event.change as Change} />}>
            <What change={event.change as Change} />
            <Who event={event} />
          </Timeline.Item>
        ))}
      </Timeline>
    </Card>
  );
}

function Told({ change }: { change: Change }): ReactElement {
  const t = useT();
  const common = useCommon();
  const format = useFormat();
  const values: Record<string, string> = Object.fromEntries(
    Object.entries(change).flatMap(([key, value]) => (typeof value === 'string' ? [[key, value]] : [])),
  );
  if (change.amount !== undefined) values['amount'] = format.rupiah(change.amount);
  if (change.severity) values['severity'] = common(`severity.${change.severity}`);
  if (change.outcome) values['outcome'] = t(`outcome.${change.outcome}` as 'outcome.explained');
  return (
    <Text size="sm" fw={600}>
      {t(`event.${change.type}` as 'event.opened', values)}
    </Text>
  );
}

function What({ change }: { change: Change }): ReactElement | null {
  const said = change.text ?? change.reason;
  return said ? (
    <Text size="sm" style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
      {said}
    </Text>
  ) : null;
}

function Who({ event }: { event: Schemas['CaseEventDto'] }): ReactElement {
  const t = useT();
  return (
    <Text size="xs" c="dimmed">
      {event.actor === 'system' ? t('system') : event.actor} · <Instant at={new Date(event.at).toISOString()} />
    </Text>
  );
}
