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

type CaseEvent = Schemas['CaseEventDto'];

/** What the system tells many times in a row, without a word to it: shown once with its number. */
const GATHERED = ['finding-joined', 'finding-updated', 'finding-withdrawn'];

/** The events, newest first; those of one kind in a row lie together. */
function gathered(events: readonly CaseEvent[]): CaseEvent[][] {
  const groups: CaseEvent[][] = [];
  for (const event of [...events].reverse()) {
    const { type } = event.change as Change;
    const last = groups.at(-1);
    if (last && GATHERED.includes(type) && (last[0]!.change as Change).type === type) last.push(event);
    else groups.push([event]);
  }
  return groups;
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
        {gathered(item.history).map((events) => (
          <Timeline.Item
            key={events[0]!.number}
            title={<Told change={events[0]!.change as Change} times={events.length} />}
          >
            <What event={events[0]!} />
            <Who event={events[0]!} since={events.at(-1)!} />
          </Timeline.Item>
        ))}
      </Timeline>
    </Card>
  );
}

function Told({ change, times }: { change: Change; times: number }): ReactElement {
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
      {times > 1 && ` (${format.integer(times)}×)`}
    </Text>
  );
}

/** Reasons that the system gives by itself, as they lie in its events. */
const SYSTEM_REASONS = { 'a later look no longer finds it': 'goneAtLook', 'new findings': 'newFindings' } as const;

function What({ event }: { event: CaseEvent }): ReactElement | null {
  const t = useT();
  const { text, reason } = event.change as Change;
  const own = event.actor === 'system' ? SYSTEM_REASONS[reason as keyof typeof SYSTEM_REASONS] : undefined;
  const said = own ? t(own) : (text ?? reason);
  return said ? (
    <Text size="sm" style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
      {said}
    </Text>
  ) : null;
}

function Who({ event, since }: { event: CaseEvent; since: CaseEvent }): ReactElement {
  const t = useT();
  return (
    <Text size="xs" c="dimmed">
      {event.actor === 'system' ? t('system') : event.actor} ·{' '}
      {since.at !== event.at && (
        <>
          <Instant at={new Date(since.at).toISOString()} /> –{' '}
        </>
      )}
      <Instant at={new Date(event.at).toISOString()} />
    </Text>
  );
}
