import { Card, Group, List, Stack, Text, Title } from '@mantine/core';
import { useMemo, type ReactElement } from 'react';
import { useLanguage, type Language } from '../../i18n/i18n';
import { useGet, type Page, type Schemas } from '../../parts/api';
import { Chart } from '../../parts/chart';
import { moneyColumn, instantColumn, textColumn, ToPoint, ToRecord } from '../../parts/columns';
import { DataTable, type Column } from '../../parts/data-table';
import { ExceptionDetails } from '../../parts/exception-details';
import { Money, Pattern, State, useFormat } from '../../parts/figures';
import { addDays } from '../../parts/format';
import { Answer, Empty } from '../../parts/states';
import { ExpectedBand } from '../point/charts';
import type { CaseDetail } from './case-detail';
import { useTerm } from './term-texts';
import { useT } from './texts';

type Suspicion = Schemas['SuspicionDto'];
type Exception = Schemas['ExceptionDto'];

/** A reading of the evidence as the detector words it. */
interface Term {
  readonly kind: string;
  readonly weight: number;
  readonly text: Readonly<Record<Language, string>>;
}

/** Names beside the bars leave room for them on a phone. */
const LABEL = { width: 110, overflow: 'break' };

/** Days before and after the case that its picture shows. */
const DAYS_AROUND = 14;

/** What the case stands on: sentences, pictures, and the rows down to the raw record. */
export function Evidence({ item }: { item: CaseDetail }): ReactElement {
  const t = useT();
  return (
    <Stack>
      <Card withBorder padding="md">
        <Title order={2} size="h4">
          {t('evidence')}
        </Title>
        <Text size="sm" c="dimmed" mb="sm">
          {t('evidenceHint')}
        </Text>
        {item.kind === 'suspicion' ? <Suspicions item={item} /> : <Exceptions item={item} />}
      </Card>
      {item.point && <Band item={item} point={item.point} />}
    </Stack>
  );
}

function Suspicions({ item }: { item: CaseDetail }): ReactElement {
  const t = useT();
  const answer = useGet<Page<Suspicion>>('/api/v1/suspicions', { query: { caseId: item.id, limit: 50 } });
  return (
    <Answer of={answer} height={260}>
      {({ rows }) =>
        rows.length === 0 ? (
          <Empty>{t('notFinding')}</Empty>
        ) : (
          <Stack gap="xl">
            {rows.map((row) => (
              <OneSuspicion key={row.id} row={row} />
            ))}
          </Stack>
        )
      }
    </Answer>
  );
}

function OneSuspicion({ row }: { row: Suspicion }): ReactElement {
  const t = useT();
  const language = useLanguage();
  const format = useFormat();
  const terms = row.evidence as unknown as readonly Term[];
  const { low, mid, high } = row.rupiahAtRisk;
  return (
    <Stack gap="xs">
      <Text fw={600}>
        <Pattern of={row.pattern} /> · {format.day(row.from)} – {format.day(row.to)}
      </Text>
      <Text data-explanation>{row.explanation[language]}</Text>
      <Group gap="lg">
        <Text size="sm">
          {t('atRisk')}: <Money amount={mid} /> ({t('range', { low: format.rupiah(low), high: format.rupiah(high) })})
        </Text>
        <Text size="sm">
          {t('score')}: {format.decimal(row.score, 1)}
        </Text>
      </Group>
      {terms.length > 0 && <Weights terms={terms} />}
      <List size="sm" spacing={4}>
        {terms.map((term, n) => (
          <List.Item key={n}>{term.text?.[language] ?? term.kind}</List.Item>
        ))}
      </List>
    </Stack>
  );
}

function Weights({ terms }: { terms: readonly Term[] }): ReactElement {
  const t = useT();
  const term = useTerm();
  const option = useMemo(() => {
    const wordOf = (kind: string): string => {
      const word = term(`term.${kind}` as 'term.volume');
      return word === `term.${kind}` ? kind : word;
    };
    const sorted = [...terms].sort((a, b) => a.weight - b.weight);
    return {
      grid: { left: 8, right: 24, top: 4, bottom: 4, containLabel: true },
      tooltip: { trigger: 'axis', axisPointer: { type: 'shadow' } },
      xAxis: { type: 'value' },
      yAxis: { type: 'category', data: sorted.map(({ kind }) => wordOf(kind)), axisLabel: LABEL },
      series: [
        {
          type: 'bar',
          data: sorted.map(({ weight }) => ({
            value: Math.round(weight * 10) / 10,
            itemStyle: { color: weight >= 0 ? '#c92a2a' : '#2b8a3e' },
          })),
          label: { show: true, position: 'right' },
        },
      ],
    };
    // The names change with the language, which one of them carries.
  }, [terms, term('term.volume')]);
  return (
    <div>
      <Text size="xs" c="dimmed">
        {t('weights')}
      </Text>
      <Chart option={option} height={40 + terms.length * 28} label={t('weightsLabel')} />
    </div>
  );
}

/** What was expected at the point and what was recorded, around the days of the case. */
function Band({ item, point }: { item: CaseDetail; point: string }): ReactElement {
  const t = useT();
  return (
    <Card withBorder padding="md">
      <Title order={2} size="h4" mb="sm">
        {t('band', { point })}
      </Title>
      <ExpectedBand
        point={point}
        period={{ from: addDays(item.from, -DAYS_AROUND), to: addDays(item.to, DAYS_AROUND) }}
      />
    </Card>
  );
}

function Exceptions({ item }: { item: CaseDetail }): ReactElement {
  const t = useT();
  const columns: Column<Exception>[] = [
    { id: 'pattern', header: t('pattern'), cell: ({ pattern }) => <Pattern of={pattern} /> },
    { id: 'state', header: t('state'), cell: ({ state }) => <State of={state} /> },
    moneyColumn('amount', t('amount'), ({ amount }) => amount),
    instantColumn('at', t('at'), ({ at }) => at),
    textColumn('point', t('point'), ({ point }) => <ToPoint code={point} />),
    textColumn('record', t('record'), ({ record }) => <ToRecord of={record} />),
    textColumn('settlement', t('settlement'), ({ settlement }) => settlement, { hidden: true }),
    { id: 'details', header: t('details'), sortable: false, cell: ({ details }) => <ExceptionDetails of={details} /> },
  ];
  return (
    <DataTable
      label={t('exceptions')}
      path="/api/v1/exceptions"
      query={{ caseId: item.id }}
      columns={columns}
      rowKey={({ id }) => id}
      prefix="e-"
    />
  );
}
