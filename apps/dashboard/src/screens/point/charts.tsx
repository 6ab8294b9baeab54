import { useNavigate } from '@tanstack/react-router';
import { useCallback, useMemo, type ReactElement } from 'react';
import type { Search } from '../../app/search';
import { useGet, type Page, type Schemas } from '../../parts/api';
import { Chart } from '../../parts/chart';
import { useFormat } from '../../parts/figures';
import type { Period } from '../../parts/days';
import { Answer, Empty } from '../../parts/states';
import { useT } from './texts';

const HOURS = Array.from({ length: 24 }, (_, hour) => String(hour).padStart(2, '0'));

const DAY = /^\d{4}-\d\d-\d\d$/;

/** Narrows the page to the day that was chosen in a picture: the lists below then have its rows. */
function useToDay(): (name: string) => void {
  const navigate = useNavigate();
  return useCallback(
    (day) => {
      if (!DAY.test(day)) return;
      const narrowed = (old: Search): Search => ({ ...old, from: day, to: day, offset: undefined });
      void navigate({ to: '.', search: narrowed as never, resetScroll: false });
    },
    [navigate],
  );
}

/** A field of days and hours, the darker the more money. */
export function HeatMap({ point, period }: { point: string; period: Period }): ReactElement {
  const t = useT();
  const format = useFormat();
  const answer = useGet<Schemas['HourDto'][]>('/api/v1/income/hours', { query: { point, ...period } });
  const rows = answer.data;
  const toDay = useToDay();
  const option = useMemo(() => {
    const days = [...new Set(rows?.map(({ date }) => date))];
    const most = Math.max(1, ...(rows ?? []).map(({ amount }) => amount));
    return {
      grid: { left: 8, right: 8, top: 8, bottom: 48, containLabel: true },
      tooltip: {
        formatter: ({ value: [hour, day, amount] }: { value: [number, number, number] }) =>
          `${format.day(days[day]!)} ${HOURS[hour]}:00 · ${format.rupiah(amount)}`,
      },
      xAxis: { type: 'category', data: HOURS },
      yAxis: { type: 'category', data: days.map(format.day), inverse: true },
      visualMap: {
        ...{
          min: 0,
          max: most,
          text: [format.shortRupiah(most), format.rupiah(0)],
          calculable: false,
          orient: 'horizontal',
          bottom: 0,
        },
        ...{
          left: 'center',
          inRange: { color: ['#e3fafc', '#66d9e8', '#0b7285', '#073b47'] },
          formatter: (value: number) => format.shortRupiah(value),
        },
      },
      series: [
        {
          type: 'heatmap',
          data:
            rows?.map(({ date, hour, amount }) => ({ name: date, value: [hour, days.indexOf(date), amount] })) ?? [],
        },
      ],
    };
    // The formats change with the language only, and so does the label.
  }, [rows, t('heat')]);
  return (
    <Answer of={answer} height={320}>
      {(all) =>
        all.length === 0 ? (
          <Empty />
        ) : (
          <Chart
            option={option}
            height={Math.max(220, 90 + new Set(all.map(({ date }) => date)).size * 22)}
            label={t('heat')}
            onClick={toDay}
          />
        )
      }
    </Answer>
  );
}

/** What was recorded each day, inside or outside the band in which honest days fall. */
export function ExpectedBand({ point, period }: { point: string; period: Period }): ReactElement {
  const t = useT();
  const format = useFormat();
  const answer = useGet<Page<Schemas['ExpectationDto']>>('/api/v1/expectations', {
    query: { point, ...period, limit: 1000, sort: 'date' },
  });
  const rows = useMemo(() => answer.data?.rows.filter(({ expected }) => expected !== null), [answer.data]);
  const toDay = useToDay();
  const bandOf = (row: Schemas['ExpectationDto'] | undefined): string =>
    row ? `${format.integer(Math.round(row.lower ?? 0))} – ${format.integer(Math.round(row.upper ?? 0))}` : '–';
  const option = useMemo(
    () => ({
      grid: { left: 8, right: 8, top: 36, bottom: 8, containLabel: true },
      legend: { top: 0 },
      tooltip: {
        trigger: 'axis',
        valueFormatter: (value: number | null) => (value === null ? '–' : format.integer(Math.round(value))),
      },
      xAxis: { type: 'category', data: rows?.map(({ date }) => format.day(date)) },
      yAxis: { type: 'value', min: 0, axisLabel: { formatter: (value: number) => format.integer(value) } },
      series: [
        {
          name: '',
          type: 'line',
          stack: 'band',
          symbol: 'none',
          lineStyle: { opacity: 0 },
          data: rows?.map(({ lower }) => lower),
          tooltip: { show: false },
        },
        {
          name: t('interval'),
          type: 'line',
          stack: 'band',
          symbol: 'none',
          lineStyle: { opacity: 0 },
          areaStyle: { color: '#1098ad', opacity: 0.25 },
          itemStyle: { color: '#1098ad' },
          data: rows?.map(({ lower, upper }) => (upper ?? 0) - (lower ?? 0)),
          // The stacked height is no figure: people read from where to where.
          tooltip: { valueFormatter: (_: unknown, n: number) => bandOf(rows?.[n]) },
        },
        {
          name: t('expected'),
          type: 'line',
          symbol: 'none',
          lineStyle: { type: 'dashed' },
          itemStyle: { color: '#0b7285' },
          data: rows?.map(({ expected }) => expected),
        },
        {
          ...{ name: t('recordedCount'), type: 'scatter', symbolSize: 9, itemStyle: { color: '#2b8a3e' } },
          data: rows?.map(({ date, recorded, lower, upper }) => ({
            name: date,
            value: recorded,
            itemStyle: {
              color:
                recorded !== null && (recorded < (lower ?? 0) || recorded > (upper ?? Infinity))
                  ? '#c92a2a'
                  : '#2b8a3e',
            },
          })),
        },
      ],
    }),
    [rows, t('band')],
  );
  return (
    <Answer of={answer} height={280}>
      {() =>
        !rows || rows.length === 0 ? (
          <Empty>{t('bandNone')}</Empty>
        ) : (
          <Chart option={option} height={280} label={t('band')} onClick={toDay} />
        )
      }
    </Answer>
  );
}
