import { Card, Grid, Group, Stack, Table, Text, Title } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import type { ReactElement, ReactNode } from 'react';
import { useMe } from '../../app/me';
import { useGet, type Schemas } from '../../parts/api';
import { Figure, Money, useFormat } from '../../parts/figures';
import { PageHeader } from '../../parts/page';
import type { Period } from '../../parts/days';
import { PeriodPicker, usePeriod } from '../../parts/period';
import { Answer } from '../../parts/states';
import { PointCare } from './care';
import { ExpectedBand, HeatMap } from './charts';
import { Lists } from './lists';
import { useT } from './texts';

export function Point(): ReactElement {
  const { code } = useParams({ strict: false }) as { code: string };
  const t = useT();
  const period = usePeriod(30);
  const point = useGet<Schemas['PointDto']>('/api/v1/points/{code}', { params: { code } });
  return (
    <>
      <PageHeader
        title={point.data ? `${point.data.name} (${code})` : code}
        up={{ to: '/points', label: t('points') }}
        period={period}
      >
        <PeriodPicker period={period} />
      </PageHeader>
      <Answer of={point} height={600}>
        {(data) => (
          <Stack>
            <Facts point={data} />
            <PointCare point={data} />
            <Sums code={code} period={period} />
            <Grid>
              <Half title={t('band')}>
                <ExpectedBand point={code} period={period} />
              </Half>
              <Half title={t('heat')}>
                <HeatMap point={code} period={period} />
              </Half>
              <Half title={t('mix')}>
                <Income code={code} period={period} groupBy="vehicleClass" group="vehicle" />
                <Income code={code} period={period} groupBy="method" group="method" />
              </Half>
              <Half title={t('shiftsOf')}>
                <Income code={code} period={period} groupBy="attendant" />
              </Half>
            </Grid>
            <Lists point={data} period={period} />
          </Stack>
        )}
      </Answer>
    </>
  );
}

function Half({ title, children }: { title: string; children: ReactNode }): ReactElement {
  return (
    <Grid.Col span={{ base: 12, lg: 6 }}>
      <Card withBorder h="100%">
        <Title order={2} size="h4" mb="xs">
          {title}
        </Title>
        {children}
      </Card>
    </Grid.Col>
  );
}

function Facts({ point }: { point: Schemas['PointDto'] }): ReactElement {
  const t = useT();
  const spaces = Object.entries(point.spaces).map(
    ([kind, count]) => `${t(`vehicle.${kind}` as 'vehicle.car')} ${String(count)}`,
  );
  const facts = [
    [t('street'), point.street],
    [t('district'), point.district],
    [t('class'), point.streetClass ?? '–'],
    [t('operator'), point.operatorName ?? '–'],
    [t('spaces'), spaces.join(', ') || '–'],
  ] as const;
  return (
    <Group gap="lg" style={{ rowGap: 4 }}>
      {facts.map(([name, value]) => (
        <Text key={name} size="sm">
          <Text span c="dimmed">
            {name}:{' '}
          </Text>
          {value}
        </Text>
      ))}
    </Group>
  );
}

function Sums({ code, period }: { code: string; period: Period }): ReactElement {
  const t = useT();
  const answer = useGet<{ rows: Schemas['PointOverviewDto'][] }>('/api/v1/points-overview', {
    query: { ...period, search: code, limit: 1000 },
  });
  const city = useMe().role !== 'operator-clerk';
  const row = answer.data?.rows.find((each) => each.code === code);
  const own = { ...period, point: code };
  const potentials = city ? (['/detection/potentials', own] as const) : undefined;
  const here = (list: string) => [`/points/${encodeURIComponent(code)}`, { ...period, list }] as const;
  const target = {
    potential: potentials,
    unrecorded: potentials,
    recorded: here('shifts'),
    settled: ['/money/rows', own] as const,
    deposited: here('deposits'),
  };
  return (
    <div className="grid-figures">
      {(['potential', 'recorded', 'settled', 'deposited', 'unrecorded'] as const).map((key) => (
        <Figure
          key={key}
          label={t(key)}
          {...(target[key] && { to: target[key][0], search: target[key][1] })}
          value={row ? <Money amount={row[key]} /> : '…'}
          {...(key === 'unrecorded' ? { tone: 'orange' } : {})}
        />
      ))}
    </div>
  );
}

/** Income of the period by one dimension, as bars beside the figures. */
function Income({
  code,
  period,
  groupBy,
  group,
}: {
  code: string;
  period: Period;
  groupBy: string;
  group?: string;
}): ReactElement {
  const t = useT();
  const format = useFormat();
  const answer = useGet<Schemas['IncomeDto']>('/api/v1/income', { query: { ...period, point: code, groupBy } });
  return (
    <Answer of={answer} height={140}>
      {({ rows, total }) => (
        <Table mb="sm">
          <Table.Tbody>
            {rows.map(({ key, label, count, amount }) => (
              <Table.Tr key={key}>
                <Table.Td>{group ? t(`${group}.${key}` as 'method.cash') : key ? label : t('without')}</Table.Td>
                <Table.Td w="40%">
                  <div
                    style={{
                      background: '#1098ad',
                      height: 10,
                      borderRadius: 5,
                      width: `${total.amount ? (amount / total.amount) * 100 : 0}%`,
                    }}
                  />
                </Table.Td>
                <Table.Td className="number">{format.integer(count)}</Table.Td>
                <Table.Td className="number">
                  <Money amount={amount} />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </Answer>
  );
}
