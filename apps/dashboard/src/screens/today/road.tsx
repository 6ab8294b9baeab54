import { Card, Stack, Text, Title } from '@mantine/core';
import { useMemo, type ReactElement } from 'react';
import { useGet, type Schemas } from '../../parts/api';
import { Chart } from '../../parts/chart';
import { Figure, Money, useFormat } from '../../parts/figures';
import type { Period } from '../../parts/days';
import { Answer, Empty } from '../../parts/states';
import { asks } from './asks';
import { useT } from './texts';

type Waterfall = Schemas['WaterfallDto'];

/** Potential, recorded, settled, deposited, and the three gaps between. */
export function Road({ period }: { period: Period }): ReactElement {
  const t = useT();
  const format = useFormat();
  const answer = useGet<Waterfall>(...asks.waterfall(period));
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
            <Bars rows={rows} />
          </Stack>
        )}
      </Answer>
    </Card>
  );
}

function Bars({ rows }: { rows: Waterfall['rows'] }): ReactElement {
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
