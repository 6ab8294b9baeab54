import { Card, Grid, Group, Stack, Table, Text, Title } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import type { ReactElement, ReactNode } from 'react';
import { useGet, type Path, type Query, type Schemas } from '../../parts/api';
import { DataTable, type Column } from '../../parts/data-table';
import { Day, Figure, Instant, Money, Pattern, Severity, State, useFormat } from '../../parts/figures';
import { PageHeader } from '../../parts/page';
import { PeriodPicker, usePeriod, type Period } from '../../parts/period';
import { Answer } from '../../parts/states';
import { ExpectedBand, HeatMap } from './charts';
import { useT } from './texts';

export function Point(): ReactElement {
  const { code } = useParams({ strict: false }) as { code: string };
  const t = useT();
  const period = usePeriod(30);
  const point = useGet<Schemas['PointDto']>('/api/v1/points/{code}', { params: { code } });
  return (
    <>
      <PageHeader title={point.data ? `${point.data.name} (${code})` : code} up={{ to: '/points', label: t('points') }}>
        <PeriodPicker period={period} />
      </PageHeader>
      <Answer of={point} height={600}>
        {(data) => (
          <Stack>
            <Facts point={data} />
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
            <Lists code={code} period={period} />
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
    <Group gap="xl">
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
  const row = answer.data?.rows.find((each) => each.code === code);
  return (
    <div className="grid-figures">
      {(['potential', 'recorded', 'settled', 'deposited', 'unrecorded'] as const).map((key) => (
        <Figure
          key={key}
          label={t(key)}
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
                <Table.Td>{group ? t(`${group}.${key}` as 'method.cash') : label || '–'}</Table.Td>
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

function Arrivals({ of }: { of: Schemas['FieldCountDto'] }): ReactElement {
  const t = useT();
  const counted = Object.entries(of.classes).map(
    ([kind, { arrivals }]) => `${t(`vehicle.${kind}` as 'vehicle.car')} ${arrivals ?? '–'}`,
  );
  return <>{counted.join(', ') || '–'}</>;
}

function Lists({ code, period }: { code: string; period: Period }): ReactElement {
  const t = useT();
  return (
    <>
      <Part<Schemas['DeviceDto']>
        title={t('devices')}
        path="/api/v1/devices"
        query={{ point: code }}
        prefix="dev."
        rowKey={(row) => row.deviceId}
        link={(row) => `/devices/${row.deviceId}`}
        columns={[
          { id: 'deviceId', header: t('device'), cell: (row) => row.deviceId },
          {
            id: 'presence',
            header: t('state'),
            cell: (row) => <State of={row.presence} kind="presence" />,
            sortable: false,
          },
          { id: 'lastJournalAt', header: t('time'), cell: (row) => <Instant at={row.lastJournalAt} relative /> },
          { id: 'missingCount', header: t('missing'), cell: (row) => row.missingCount, number: true },
        ]}
      />
      <Part<Schemas['CaseDto']>
        title={t('cases')}
        path="/api/v1/cases"
        query={{ point: code }}
        prefix="case."
        rowKey={(row) => row.id}
        link={(row) => `/cases/${encodeURIComponent(row.id)}`}
        columns={[
          { id: 'severity', header: t('severity'), cell: (row) => <Severity of={row.severity} /> },
          { id: 'pattern', header: t('pattern'), cell: (row) => <Pattern of={row.pattern} /> },
          { id: 'state', header: t('state'), cell: (row) => <State of={row.state} /> },
          { id: 'amount', header: t('amount'), cell: (row) => <Money amount={row.amount} />, number: true },
          { id: 'dueAt', header: t('due'), cell: (row) => <Instant at={row.dueAt} relative /> },
        ]}
      />
      <Part<Schemas['HandOverDto']>
        title={t('deposits')}
        path="/api/v1/deposits"
        query={{ point: code, ...period }}
        prefix="dep."
        rowKey={(row) => row.number}
        columns={[
          { id: 'number', header: 'TBP', cell: (row) => row.number },
          { id: 'businessDate', header: t('date'), cell: (row) => <Day date={row.businessDate} /> },
          { id: 'amount', header: t('amount'), cell: (row) => <Money amount={row.amount} />, number: true },
          { id: 'slip', header: t('slip'), cell: (row) => row.slip ?? '–' },
        ]}
      />
      <Part<Schemas['FieldCountDto']>
        title={t('counts')}
        path="/api/v1/field-counts"
        query={{ point: code }}
        prefix="count."
        rowKey={(row) => String(row.id)}
        columns={[
          { id: 'businessDate', header: t('date'), cell: (row) => <Day date={row.businessDate} /> },
          { id: 'from', header: t('validFrom'), cell: (row) => <Instant at={row.from} /> },
          { id: 'to', header: t('validTo'), cell: (row) => <Instant at={row.to} /> },
          { id: 'classes', header: t('arrivals'), cell: (row) => <Arrivals of={row} />, sortable: false },
          { id: 'team', header: t('team'), cell: (row) => row.team || '–' },
          { id: 'source', header: t('source'), cell: (row) => row.source },
        ]}
      />
      <Part<Schemas['PointOperatorDto']>
        title={t('operators')}
        path="/api/v1/point-operators"
        query={{ point: code }}
        prefix="op."
        rowKey={(row) => `${row.operator} ${row.validFrom}`}
        columns={[
          { id: 'operator', header: t('operator'), cell: (row) => row.operator },
          { id: 'validFrom', header: t('validFrom'), cell: (row) => row.validFrom },
          { id: 'validTo', header: t('validTo'), cell: (row) => row.validTo ?? '–' },
        ]}
      />
      <Part<Schemas['TariffDto']>
        title={t('tariffs')}
        path="/api/v1/tariffs"
        query={{ point: code }}
        prefix="tariff."
        rowKey={(row) => row.code}
        columns={[
          { id: 'code', header: t('code'), cell: (row) => row.code },
          { id: 'vehicleClass', header: t('class'), cell: (row) => t(`vehicle.${row.vehicleClass}` as 'vehicle.car') },
          { id: 'amount', header: t('amount'), cell: (row) => <Money amount={row.amount} />, number: true },
          { id: 'validFrom', header: t('validFrom'), cell: (row) => <Instant at={row.validFrom} /> },
          { id: 'validTo', header: t('validTo'), cell: (row) => <Instant at={row.validTo} /> },
        ]}
      />
      <Part<Schemas['AssignmentDto']>
        title={t('assignments')}
        path="/api/v1/assignments"
        query={{ point: code }}
        prefix="ass."
        rowKey={(row) => String(row.id)}
        columns={[
          { id: 'attendant', header: t('attendant'), cell: (row) => row.attendant },
          { id: 'validFrom', header: t('validFrom'), cell: (row) => <Instant at={row.validFrom} /> },
          { id: 'validTo', header: t('validTo'), cell: (row) => <Instant at={row.validTo} /> },
        ]}
      />
    </>
  );
}

function Part<Row>({
  title,
  ...table
}: {
  title: string;
  path: Path;
  query: Query;
  prefix: string;
  rowKey: (row: Row) => string;
  link?: (row: Row) => string;
  columns: readonly Column<Row>[];
}): ReactElement {
  return (
    <section>
      <Title order={2} size="h4" mb="xs">
        {title}
      </Title>
      <DataTable<Row> {...table} label={title} />
    </section>
  );
}
