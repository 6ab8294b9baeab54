import { Anchor, Badge, Card, Grid, Group, Stack, Table, Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useMemo, type ReactElement } from 'react';
import { useCommon } from '../../i18n/i18n';
import { useGet, type Page, type Schemas } from '../../parts/api';
import { Chart } from '../../parts/chart';
import { Figure, Instant, Money, Pattern, Severity, useFormat } from '../../parts/figures';
import { PageHeader } from '../../parts/page';
import { PeriodPicker, usePeriod, type Period } from '../../parts/period';
import { Answer, Empty } from '../../parts/states';
import { useLive } from './live';
import { useT } from './texts';

type Waterfall = Schemas['WaterfallDto'];
type Sums = Waterfall['total'];
const SEVERITIES = ['critical', 'major', 'minor', 'warning', 'indeterminate'] as const;

export function Today(): ReactElement {
  const t = useT();
  const period = usePeriod(7);
  return (
    <>
      <PageHeader title={t('today')}>
        <PeriodPicker period={period} />
      </PageHeader>
      <Stack gap="lg">
        <Now />
        <Road period={period} />
        <Targets year={period.to.slice(0, 4)} />
        <Grid>
          <Grid.Col span={{ base: 12, lg: 6 }}>
            <DueNext />
          </Grid.Col>
          <Grid.Col span={{ base: 12, lg: 6 }}>
            <LargestGaps period={period} />
          </Grid.Col>
        </Grid>
      </Stack>
    </>
  );
}

const useTotal = (path: '/api/v1/cases' | '/api/v1/exceptions' | '/api/v1/devices', query: Record<string, string>) =>
  useGet<Page<unknown>>(path, { query: { ...query, limit: 1 }, everyMs: 60_000 }).data?.total;

/** What stands at this moment. */
function Now(): ReactElement {
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

/** Potential, recorded, settled, deposited, and the three gaps between. */
function Road({ period }: { period: Period }): ReactElement {
  const t = useT();
  const format = useFormat();
  const answer = useGet<Waterfall>('/api/v1/waterfall', { query: { ...period, groupBy: 'day' }, everyMs: 60_000 });
  const search = { from: period.from, to: period.to };
  const share = (part: number, whole: number | null) => (whole ? format.percent(part / whole) : '–');
  return (
    <Card withBorder padding="md">
      <Title order={2} size="h4">
        {t('road')}
      </Title>
      <Text size="sm" c="dimmed" mb="sm">
        {t('roadHint')}
      </Text>
      <Answer of={answer} height={420}>
        {({ total, rows }) => (
          <Stack>
            <div className="grid-figures">
              <Figure
                label={t('potential')}
                value={<Money amount={total.potential} short />}
                to="/points"
                search={{ ...search, sort: '-potential' }}
                hint={
                  total.potential === null
                    ? t('noPotential')
                    : t('covered', { share: share(total.potentialPointDays, total.pointDays) })
                }
              />
              <Figure
                label={t('recorded')}
                value={<Money amount={total.recorded} short />}
                to="/points"
                search={{ ...search, sort: '-recorded' }}
                hint={
                  // Of days without a potential nothing can be said: a share of the others' would mislead.
                  total.potential === null || total.potentialPointDays < total.pointDays
                    ? ''
                    : t('ofPotential', { share: share(total.recorded, total.potential) })
                }
              />
              <Figure
                label={t('settled')}
                value={<Money amount={total.settled} short />}
                to="/points"
                search={{ ...search, sort: '-settled' }}
                hint={t('ofRecorded', { share: share(total.settled, total.recorded) })}
              />
              <Figure
                label={t('deposited')}
                value={<Money amount={total.deposited} short />}
                to="/points"
                search={{ ...search, sort: '-deposited' }}
                hint={t('ofSettled', { share: share(total.deposited, total.settled) })}
              />
            </div>
            <div className="grid-figures">
              <Figure
                label={t('unrecorded')}
                value={<Money amount={total.unrecorded} short />}
                to="/points"
                search={{ ...search, sort: '-unrecorded' }}
                tone="orange"
              />
              <Figure
                label={t('unsettled')}
                value={<Money amount={total.unsettled} short />}
                to="/points"
                search={{ ...search, sort: '-unsettled' }}
                tone="orange"
              />
              <Figure
                label={t('undeposited')}
                value={<Money amount={total.undeposited} short />}
                to="/points"
                search={{ ...search, sort: '-undeposited' }}
                tone="orange"
              />
            </div>
            <Bars total={total} rows={rows} />
          </Stack>
        )}
      </Answer>
    </Card>
  );
}

/** What the year was to bring, by the source of the target, against what came in of it. */
function Targets({ year }: { year: string }): ReactElement {
  const t = useT();
  const format = useFormat();
  const answer = useGet<Schemas['RealisationDto']>('/api/v1/targets/realisation', { query: { year } });
  return (
    <Answer of={answer} height={90}>
      {({ rows }) => {
        const whole = rows.find(({ month }) => month === null);
        const share = (bp: number | null) => (bp === null ? '–' : format.percent(bp / 10_000));
        if (!whole || whole.targets.length === 0)
          return (
            <div className="grid-figures">
              <Figure label={t('target', { year })} value="–" to="/money/targets" hint={t('noTarget')} />
            </div>
          );
        return (
          <div className="grid-figures">
            {whole.targets.map(({ source, amount, recordedBp, depositedBp }) => (
              <Figure
                key={source}
                label={`${t('target', { year })} (${source})`}
                value={<Money amount={amount} short />}
                to="/money/targets"
                search={{ year }}
                hint={t('ofTarget', { recorded: share(recordedBp), deposited: share(depositedBp) })}
              />
            ))}
          </div>
        );
      }}
    </Answer>
  );
}

function Bars({ rows }: { total: Sums; rows: Waterfall['rows'] }): ReactElement {
  const t = useT();
  const format = useFormat();
  const option = useMemo(
    () => ({
      grid: { left: 8, right: 8, top: 36, bottom: 8, containLabel: true },
      legend: { top: 0 },
      tooltip: {
        trigger: 'axis',
        valueFormatter: (value: number | null) => (value === null ? '–' : format.rupiah(value)),
      },
      xAxis: { type: 'category', data: rows.map(({ key }) => format.day(key)) },
      yAxis: { type: 'value', axisLabel: { formatter: (value: number) => format.shortRupiah(value) } },
      color: ['#868e96', '#0b7285', '#1098ad', '#2b8a3e'],
      series: (['potential', 'recorded', 'settled', 'deposited'] as const).map((key) => ({
        name: t(key),
        type: key === 'potential' ? 'line' : 'bar',
        symbolSize: 6,
        data: rows.map((row) => row[key]),
      })),
    }),
    // The texts and formats change with the language, which the rows' labels carry.
    [rows, t('recorded')],
  );
  if (rows.length === 0) return <Empty />;
  return <Chart option={option} height={240} label={t('byDay')} />;
}

function DueNext(): ReactElement {
  const t = useT();
  const answer = useGet<Page<Schemas['CaseDto']>>('/api/v1/cases', {
    query: { limit: 8, sort: 'dueAt', state: 'unresolved' },
    everyMs: 60_000,
  });
  return (
    <Card withBorder padding="md" h="100%">
      <Title order={2} size="h4" mb="xs">
        {t('dueNext')}
      </Title>
      <Answer of={answer} height={280}>
        {({ rows }) =>
          rows.length === 0 ? (
            <Empty>{t('noDue')}</Empty>
          ) : (
            <Table.ScrollContainer minWidth={420}>
              <Table>
                <Table.Tbody>
                  {rows.map((row) => (
                    <Table.Tr key={row.id}>
                      <Table.Td>
                        <Severity of={row.severity} />
                      </Table.Td>
                      <Table.Td>
                        <Anchor component={Link} to={`/cases/${encodeURIComponent(row.id)}`}>
                          <Pattern of={row.pattern} />
                        </Anchor>
                        <Text size="xs" c="dimmed">
                          {row.subject}
                        </Text>
                      </Table.Td>
                      <Table.Td className="number">
                        <Money amount={row.amount} />
                      </Table.Td>
                      <Table.Td>
                        <Instant at={row.dueAt} relative />
                      </Table.Td>
                    </Table.Tr>
                  ))}
                </Table.Tbody>
              </Table>
            </Table.ScrollContainer>
          )
        }
      </Answer>
    </Card>
  );
}

function LargestGaps({ period }: { period: Period }): ReactElement {
  const t = useT();
  const common = useCommon();
  const answer = useGet<Page<Schemas['PointOverviewDto']>>('/api/v1/points-overview', {
    query: { ...period, limit: 8, sort: '-unrecorded' },
  });
  return (
    <Card withBorder padding="md" h="100%">
      <Title order={2} size="h4" mb="xs">
        {t('topLeaks')}
      </Title>
      <Answer of={answer} height={280}>
        {({ rows }) => {
          const leaking = rows.filter(({ unrecorded }) => (unrecorded ?? 0) > 0);
          if (leaking.length === 0) return <Empty>{t('noPotential')}</Empty>;
          return (
            <Table>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>{common('point')}</Table.Th>
                  <Table.Th className="number">{t('gap')}</Table.Th>
                  <Table.Th className="number">{common('recorded')}</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {leaking.map((row) => (
                  <Table.Tr key={row.code}>
                    <Table.Td>
                      <Anchor component={Link} to={`/points/${encodeURIComponent(row.code)}`}>
                        {row.name}
                      </Anchor>
                      <Text size="xs" c="dimmed">
                        {row.code} · {row.district}
                      </Text>
                    </Table.Td>
                    <Table.Td className="number">
                      <Money amount={row.unrecorded} />
                    </Table.Td>
                    <Table.Td className="number">
                      <Money amount={row.recorded} />
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          );
        }}
      </Answer>
    </Card>
  );
}
