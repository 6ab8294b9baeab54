import {
  Alert,
  Anchor,
  Card,
  FileButton,
  Button,
  Grid,
  Group,
  Stack,
  Table,
  Text,
  Timeline,
  Title,
} from '@mantine/core';
import { Link, useParams } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { useMe } from '../../app/session';
import { useCommon, useLanguage } from '../../i18n/i18n';
import { download, tell, useGet, useSend, type Page, type Schemas } from '../../parts/api';
import { addDays } from '../../parts/format';
import { Day, Figure, Instant, Money, Pattern, Severity, State, useFormat } from '../../parts/figures';
import { PageHeader } from '../../parts/page';
import { Answer, Empty } from '../../parts/states';
import { ExpectedBand } from '../point/charts';
import { Moves } from './moves';
import { useT } from './texts';

type Detail = Schemas['CaseDetailDto'];

export function CaseScreen(): ReactElement {
  const { id } = useParams({ strict: false }) as { id: string };
  const t = useT();
  const word = useCommon();
  const answer = useGet<Detail>('/api/v1/cases/{id}', { params: { id } });
  const title = answer.data ? `${word(`pattern.${answer.data.pattern}`)} · ${answer.data.subject}` : id;
  return (
    <>
      <PageHeader title={title} up={{ to: '/cases', label: t('cases') }} />
      <Answer of={answer} height={600}>
        {(data) => (
          <Stack>
            <Head of={data} />
            <Moves of={data} />
            <Evidence of={data} />
            <Grid>
              <Grid.Col span={{ base: 12, lg: 7 }}>
                <History of={data} />
              </Grid.Col>
              <Grid.Col span={{ base: 12, lg: 5 }}>
                <Attachments of={data} />
              </Grid.Col>
            </Grid>
          </Stack>
        )}
      </Answer>
    </>
  );
}

function Head({ of }: { of: Detail }): ReactElement {
  const t = useT();
  const word = useCommon();
  const format = useFormat();
  const writeOff = of.writeOff as { by: string; amount: number } | null;
  return (
    <Stack gap="xs">
      <Group>
        <Severity of={of.severity} />
        <State of={of.state} />
        {of.outcome && <State of={t(`outcome.${of.outcome}` as 'outcome.explained')} />}
        <Text size="sm">{word(`kind.${of.kind}`)}</Text>
        {of.point && (
          <Anchor component={Link} to={`/points/${encodeURIComponent(of.point)}`} size="sm">
            {of.point}
          </Anchor>
        )}
        <Text size="sm" c="dimmed">
          <Day date={of.from} /> – <Day date={of.to} />
        </Text>
      </Group>
      <Text size="sm" c="dimmed">
        {t('lead')}
      </Text>
      {writeOff && (
        <Alert color="orange">{t('writeOffWaits', { amount: format.rupiah(writeOff.amount), by: writeOff.by })}</Alert>
      )}
      <div className="grid-figures">
        <Figure label={t('atStake')} value={<Money amount={of.amount} />} />
        <Figure label={t('recovered')} value={<Money amount={of.recovered} />} />
        <Figure label={t('outstanding')} value={<Money amount={Math.max(0, of.amount - of.recovered)} />} />
        <Figure label={t('assignee')} value={of.assignee ?? '–'} />
        <Figure
          label={t('due')}
          value={of.state === 'resolved' ? '–' : <Instant at={of.dueAt} relative />}
          {...(of.overdue ? { tone: 'red' } : {})}
        />
      </div>
    </Stack>
  );
}

/** In sentences and pictures, down to the record as the terminal sealed it. */
function Evidence({ of }: { of: Detail }): ReactElement {
  const t = useT();
  return (
    <Card withBorder>
      <Title order={2} size="h4" mb="xs">
        {t('evidence')}
      </Title>
      {of.kind === 'exception' ? <Exceptions of={of} /> : <Suspicions of={of} />}
    </Card>
  );
}

function Exceptions({ of }: { of: Detail }): ReactElement {
  const t = useT();
  const answer = useGet<Page<Schemas['ExceptionDto']>>('/api/v1/exceptions', { query: { caseId: of.id, limit: 200 } });
  return (
    <Answer of={answer} height={160}>
      {({ rows }) =>
        rows.length === 0 ? (
          <Empty />
        ) : (
          <Table.ScrollContainer minWidth={640}>
            <Table>
              <Table.Thead>
                <Table.Tr>
                  {[t('date'), t('pattern'), t('state'), t('amount'), t('record'), t('settlement'), t('note')].map(
                    (head) => (
                      <Table.Th key={head}>{head}</Table.Th>
                    ),
                  )}
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {rows.map((row) => (
                  <Table.Tr key={row.id}>
                    <Table.Td>
                      <Day date={row.businessDate} />
                    </Table.Td>
                    <Table.Td>
                      <Pattern of={row.pattern} />
                    </Table.Td>
                    <Table.Td>
                      <State of={row.state} />
                    </Table.Td>
                    <Table.Td className="number">
                      <Money amount={row.amount} />
                    </Table.Td>
                    <Table.Td>{row.record ? <RecordLink to={row.record} /> : '–'}</Table.Td>
                    <Table.Td>{row.settlement ?? '–'}</Table.Td>
                    <Table.Td>
                      <Text size="xs">
                        {Object.entries(row.details)
                          .map(([key, value]) => `${key}: ${String(value)}`)
                          .join(' · ')}
                      </Text>
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </Table.ScrollContainer>
        )
      }
    </Answer>
  );
}

export function RecordLink({ to }: { to: string }): ReactElement {
  return (
    <Anchor component={Link} to={`/records/${to}`} size="sm">
      {to}
    </Anchor>
  );
}

function Suspicions({ of }: { of: Detail }): ReactElement {
  const t = useT();
  const language = useLanguage();
  const format = useFormat();
  const answer = useGet<Page<Schemas['SuspicionDto']>>('/api/v1/suspicions', { query: { caseId: of.id, limit: 50 } });
  return (
    <Answer of={answer} height={320}>
      {({ rows }) => (
        <Stack>
          {rows.map((row) => {
            const risk = row.rupiahAtRisk as Schemas['RangeDto'];
            return (
              <div key={row.id}>
                <Text fw={500}>{row.explanation[language]}</Text>
                <Text size="sm" c="dimmed">
                  {t('atRisk')}: {format.rupiah(risk.low)} – {format.rupiah(risk.high)} · {t('score')}{' '}
                  {row.score.toFixed(1)} · {[row.attendant, row.device].filter(Boolean).join(' · ')}
                </Text>
              </div>
            );
          })}
          {of.point && (
            <div>
              <Text size="sm" fw={600} mt="xs">
                {t('expectedBand')}
              </Text>
              <ExpectedBand point={of.point} period={{ from: addDays(of.from, -21), to: of.to }} />
            </div>
          )}
        </Stack>
      )}
    </Answer>
  );
}

function History({ of }: { of: Detail }): ReactElement {
  const t = useT();
  const format = useFormat();
  return (
    <Card withBorder>
      <Title order={2} size="h4" mb="sm">
        {t('history')}
      </Title>
      <Timeline bulletSize={14} active={of.history.length}>
        {of.history.toReversed().map(({ number, at, actor, change }) => {
          const { type, text, reason, to, amount, outcome, name } = change as Record<string, unknown>;
          const told = [
            text,
            reason,
            to,
            name,
            outcome && t(`outcome.${String(outcome)}` as 'outcome.explained'),
            typeof amount === 'number' && format.rupiah(amount),
          ];
          return (
            <Timeline.Item key={number} title={t(`change.${String(type)}` as 'change.opened')}>
              <Text size="sm">{told.filter(Boolean).map(String).join(' · ')}</Text>
              <Text size="xs" c="dimmed">
                {actor} · {format.instant(new Date(at).toISOString())}
              </Text>
            </Timeline.Item>
          );
        })}
      </Timeline>
    </Card>
  );
}

function base64(bytes: ArrayBuffer): string {
  let text = '';
  for (const byte of new Uint8Array(bytes)) text += String.fromCharCode(byte);
  return btoa(text);
}

function Attachments({ of }: { of: Detail }): ReactElement {
  const t = useT();
  const me = useMe();
  const format = useFormat();
  const attach = useSend('POST', '/api/v1/cases/{id}/attachments');
  const add = async (file: File | null): Promise<void> => {
    if (!file) return;
    const content = base64(await file.arrayBuffer());
    const body = {
      version: of.version,
      name: file.name,
      contentType: file.type || 'application/octet-stream',
      content,
    };
    attach.mutate({ params: { id: of.id }, body });
  };
  return (
    <Card withBorder>
      <Group justify="space-between" mb="sm">
        <Title order={2} size="h4">
          {t('attachments')}
        </Title>
        {me.role !== 'auditor' && (
          <FileButton onChange={(file) => void add(file)}>
            {(props) => (
              <Button {...props} size="xs" variant="default" loading={attach.isPending}>
                {t('attach')}
              </Button>
            )}
          </FileButton>
        )}
      </Group>
      {of.attachments.length === 0 && <Empty>{t('file')}</Empty>}
      {of.attachments.map(({ sha256, name, bytes, attachedBy }) => (
        <Group key={sha256} justify="space-between">
          <Button
            variant="subtle"
            size="compact-sm"
            onClick={() =>
              void download('/api/v1/cases/{id}/attachments/{sha256}', { params: { id: of.id, sha256 } }, '').catch(
                tell,
              )
            }
          >
            {name}
          </Button>
          <Text size="xs" c="dimmed">
            {format.integer(bytes)} B · {attachedBy}
          </Text>
        </Group>
      ))}
    </Card>
  );
}
