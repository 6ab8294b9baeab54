import { Button, Card, Group, Select, Stack, Table, Text, Title } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo, type ReactElement } from 'react';
import type { Search } from '../../app/search';
import { useIsOfficer } from '../../app/me';
import { Action } from '../../parts/action';
import { download, tell, useGet, type Schemas } from '../../parts/api';
import { Chart } from '../../parts/chart';
import { instantColumn, moneyColumn, textColumn } from '../../parts/columns';
import { DataTable, type Column } from '../../parts/data-table';
import { Figure, Money, useFormat } from '../../parts/figures';
import { jakartaToday } from '../../parts/format';
import { Answer } from '../../parts/states';
import { useT } from './target-texts';

type Target = Schemas['TargetDto'];
type Row = Schemas['RealisationRowDto'];

const REALISATION = '/api/v1/targets/realisation';
const CAME_IN = ['recorded', 'settled', 'deposited'] as const;
const WHOLE_BP = 10_000;
const YEARS_AROUND = 3;

const padded = (month: number): string => String(month).padStart(2, '0');

/** What a year and its months were to bring, by the source of each target, against what came in. */
export function Targets(): ReactElement {
  const t = useT();
  const search = useSearch({ strict: false }) as Search;
  const navigate = useNavigate();
  const now = Number(jakartaToday().slice(0, 4));
  const year = /^20\d\d$/.test(search.year ?? '') ? search.year! : String(now);
  const years = new Set([
    year,
    ...Array.from({ length: 2 * YEARS_AROUND + 1 }, (_, n) => String(now + YEARS_AROUND - n)),
  ]);
  const answer = useGet<Schemas['RealisationDto']>(REALISATION, { query: { year } });
  const file = (kind: string) => void download(REALISATION, { query: { year } }, kind).catch(tell);
  return (
    <Stack>
      <Group align="flex-end" justify="space-between" className="no-print">
        <Select
          label={t('year')}
          w={120}
          data={[...years].sort().reverse()}
          value={year}
          allowDeselect={false}
          onChange={(value) => void navigate({ to: '.', search: { year: value } as never, replace: true })}
        />
        <Group gap="xs">
          {(['csv', 'xlsx'] as const).map((kind) => (
            <Button key={kind} size="sm" variant="default" onClick={() => file(kind)}>
              {kind.toUpperCase()}
            </Button>
          ))}
          <Button size="sm" variant="default" onClick={() => window.print()}>
            PDF
          </Button>
        </Group>
      </Group>
      <Answer of={answer} height={520}>
        {({ rows }) => (
          <>
            <Year rows={rows} year={year} />
            <Months rows={rows} year={year} />
          </>
        )}
      </Answer>
      <Revisions year={year} />
    </Stack>
  );
}

function Year({ rows, year }: { rows: readonly Row[]; year: string }): ReactElement {
  const t = useT();
  const format = useFormat();
  const whole = rows.find(({ month }) => month === null);
  const search = { from: `${year}-01-01`, to: `${year}-12-31` };
  const share = (bp: number | null) => (bp === null ? '–' : format.percent(bp / WHOLE_BP));
  return (
    <div className="grid-figures">
      {CAME_IN.map((key) => (
        <Figure
          key={key}
          label={t(key)}
          value={<Money amount={whole?.[key]} />}
          to="/points"
          search={{ ...search, sort: `-${key}` }}
          hint={whole?.targets.map((target) => (
            <div key={target.source}>{t('ofTarget', { share: share(target[`${key}Bp`]), source: target.source })}</div>
          ))}
        />
      ))}
      {whole?.targets.map(({ source, amount, revision }) => (
        <Figure key={source} label={source} value={<Money amount={amount} />} hint={`${t('revision')} ${revision}`} />
      ))}
    </div>
  );
}

function Months({ rows, year }: { rows: readonly Row[]; year: string }): ReactElement {
  const t = useT();
  const format = useFormat();
  const months = rows.filter(({ month }) => month !== null);
  const sources = [...new Set(months.flatMap(({ targets }) => targets.map(({ source }) => source)))];
  const wanted = (row: Row, source: string) => row.targets.find((each) => each.source === source);
  const nameOf = (row: Row) => format.month(`${year}-${padded(row.month!)}`);
  const option = useMemo(
    () => ({
      grid: { left: 8, right: 8, top: 36, bottom: 8, containLabel: true },
      legend: { top: 0 },
      tooltip: {
        trigger: 'axis',
        valueFormatter: (value?: number | null) => (value === undefined || value === null ? '–' : format.rupiah(value)),
      },
      xAxis: { type: 'category', data: months.map(nameOf) },
      yAxis: { type: 'value', axisLabel: { formatter: (value: number) => format.shortRupiah(value) } },
      color: ['#0b7285', '#1098ad', '#2b8a3e', '#e8590c', '#862e9c', '#5c940d'],
      series: [
        ...CAME_IN.map((key) => ({ name: t(key), type: 'bar', data: months.map((row) => row[key]) })),
        ...sources.map((source) => ({
          name: source,
          type: 'line',
          step: 'middle',
          data: months.map((row) => wanted(row, source)?.amount ?? null),
        })),
      ],
    }),
    // The texts and formats change with the language, which the names carry.
    [rows, t('recorded')],
  );
  return (
    <Card withBorder padding="md">
      <Title order={2} size="h4" mb="xs">
        {t('months')}
      </Title>
      <Chart option={option} height={260} label={t('chartLabel', { year })} />
      <Table.ScrollContainer minWidth={640} role="region" aria-label={t('months')}>
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('month')}</Table.Th>
              {[...CAME_IN.map((key) => t(key)), ...sources].map((header) => (
                <Table.Th key={header} className="number">
                  {header}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {months.map((row) => (
              <Table.Tr key={row.month}>
                <Table.Td>{nameOf(row)}</Table.Td>
                {CAME_IN.map((key) => (
                  <Table.Td key={key} className="number">
                    <Money amount={row[key]} />
                  </Table.Td>
                ))}
                {sources.map((source) => (
                  <Table.Td key={source} className="number">
                    <Reached target={wanted(row, source)} />
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Card>
  );
}

/** A month's target and how much of it was recorded. */
function Reached({ target }: { target: Schemas['TargetRealisedDto'] | undefined }): ReactElement {
  const format = useFormat();
  if (!target) return <span>–</span>;
  const { amount, recordedBp } = target;
  return (
    <>
      <Money amount={amount} />
      {recordedBp !== null && (
        <Text size="xs" c="dimmed">
          {format.percent(recordedBp / WHOLE_BP)}
        </Text>
      )}
    </>
  );
}

function Revisions({ year }: { year: string }): ReactElement {
  const t = useT();
  const format = useFormat();
  const officer = useIsOfficer();
  const period = ({ year: of, month }: Target) =>
    month === null ? t('wholeYear', { year: of }) : format.month(`${of}-${padded(month)}`);
  const columns: Column<Target>[] = [
    textColumn('month', t('period'), period),
    textColumn('source', t('source'), ({ source }) => source),
    textColumn('revision', t('revision'), ({ revision, newest }) =>
      newest ? String(revision) : t('replaced', { revision }),
    ),
    moneyColumn('amount', t('target'), ({ amount }) => amount),
    textColumn('note', t('note'), ({ note }) => note),
    textColumn('enteredBy', t('enteredBy'), ({ enteredBy }) => enteredBy),
    instantColumn('enteredAt', t('enteredAt'), ({ enteredAt }) => enteredAt),
    {
      id: 'actions',
      header: '',
      sortable: false,
      cell: (row) => officer && row.newest && <Revise row={row} period={period(row)} />,
    },
  ];
  return (
    <Card withBorder padding="md">
      <Title order={2} size="h4" mb="xs">
        {t('targets')}
      </Title>
      <Text size="sm" c="dimmed" mb="xs">
        {t('targetsHint')}
      </Text>
      <DataTable
        label={t('targets')}
        path="/api/v1/targets"
        query={{ year }}
        columns={columns}
        rowKey={({ id }) => String(id)}
        prefix="t-"
        empty={t('noTargets')}
        tools={officer && <Enter year={year} />}
        filters={[
          { id: 'source', label: t('source') },
          { id: 'newest', label: t('revision'), options: [{ value: 'true', label: t('newestOnly') }] },
        ]}
      />
    </Card>
  );
}

function Enter({ year }: { year: string }): ReactElement {
  const t = useT();
  const format = useFormat();
  const months = Array.from({ length: 12 }, (_, n) => ({
    value: String(n + 1),
    label: format.month(`${year}-${padded(n + 1)}`),
  }));
  return (
    <Action
      label={t('enter')}
      method="POST"
      path="/api/v1/targets"
      fields={[
        { name: 'month', label: t('month'), type: 'choice', options: months, hint: t('monthHint', { year }) },
        { name: 'source', label: t('source'), required: true, hint: t('sourceHint') },
        { name: 'amount', label: `${t('target')} (Rp)`, type: 'number', required: true },
        { name: 'note', label: t('note'), type: 'long' },
      ]}
      body={({ month, ...rest }) => ({
        ...rest,
        year: Number(year),
        month: month === undefined ? null : Number(month),
      })}
    />
  );
}

function Revise({ row, period }: { row: Target; period: string }): ReactElement {
  const t = useT();
  return (
    <Action
      label={t('revise')}
      title={`${t('revise')}: ${row.source}, ${period}`}
      explanation={t('reviseHint')}
      method="POST"
      path="/api/v1/targets"
      button={{ size: 'compact-xs', variant: 'default' }}
      fields={[
        { name: 'amount', label: `${t('target')} (Rp)`, type: 'number', required: true, initial: String(row.amount) },
        { name: 'note', label: t('note'), type: 'long', required: true },
      ]}
      body={(values) => ({ ...values, year: row.year, month: row.month, source: row.source })}
    />
  );
}
