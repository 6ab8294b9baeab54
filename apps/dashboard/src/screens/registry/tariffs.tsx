import { Badge, Card, Stack, Text } from '@mantine/core';
import { useMemo, type ReactElement } from 'react';
import { useIsOfficer } from '../../app/session';
import { useCommon } from '../../i18n/i18n';
import { Action } from '../../parts/action';
import { useGet, type Page, type Schemas } from '../../parts/api';
import { instantColumn, moneyColumn, textColumn, ToPoint, useChoices, VEHICLES, Word } from '../../parts/columns';
import { Chart } from '../../parts/chart';
import { DataTable, type Column } from '../../parts/data-table';
import { useFormat } from '../../parts/figures';
import { Answer } from '../../parts/states';
import { useT } from './texts';

type Tariff = Schemas['TariffDto'];

const COLOURS = { past: 'gray.7', current: 'teal.9', future: 'blue.8' } as const;

export function Tariffs(): ReactElement {
  const t = useT();
  const officer = useIsOfficer();
  const vehicles = useChoices('vehicle')(VEHICLES);
  const columns: Column<Tariff>[] = [
    textColumn('code', t('code'), ({ code }) => code),
    { id: 'state', header: t('state'), sortable: false, cell: ({ state }) => <Standing of={state} /> },
    textColumn('vehicleClass', t('class'), ({ vehicleClass }) => <Word group="vehicle" of={vehicleClass} />),
    moneyColumn('amount', t('amount'), ({ amount }) => amount),
    textColumn('kind', t('rule'), ({ kind }) => t(kind)),
    textColumn('streetClass', t('streetClass'), ({ streetClass }) => streetClass),
    textColumn('point', t('point'), ({ point }) => <ToPoint code={point} />),
    instantColumn('validFrom', t('validFrom'), ({ validFrom }) => validFrom),
    instantColumn('validTo', t('validTo'), ({ validTo }) => validTo),
    textColumn('legalBasis', t('legalBasis'), ({ legalBasis }) => legalBasis),
    { id: 'actions', header: '', sortable: false, cell: (row) => officer && <TariffActions row={row} /> },
  ];
  return (
    <Stack>
      <Timelines />
      <DataTable
        label={t('tariffs')}
        path="/api/v1/tariffs"
        columns={columns}
        rowKey={({ code }) => code}
        filters={[
          {
            id: 'state',
            label: t('state'),
            options: (['current', 'past', 'future'] as const).map((value) => ({ value, label: t(`tariff.${value}`) })),
          },
          { id: 'vehicleClass', label: t('class'), options: vehicles },
          { id: 'point', label: t('point') },
        ]}
        tools={officer && <AddTariff />}
      />
    </Stack>
  );
}

function Standing({ of }: { of: Tariff['state'] }): ReactElement {
  const t = useT();
  return (
    <Badge variant="filled" color={COLOURS[of]}>
      {t(`tariff.${of}`)}
    </Badge>
  );
}

function TariffActions({ row }: { row: Tariff }): ReactElement | null {
  const t = useT();
  const button = { size: 'compact-xs' as const };
  if (row.state === 'future')
    return (
      <Action
        label={t('deleteTariff')}
        method="DELETE"
        path="/api/v1/tariffs/{code}"
        params={{ code: row.code }}
        explanation={t('deleteHint')}
        dangerous
        button={button}
      />
    );
  if (row.validTo) return null;
  return (
    <Action
      label={t('endTariff')}
      method="POST"
      path="/api/v1/tariffs/{code}/end"
      params={{ code: row.code }}
      explanation={t('endHint')}
      fields={[{ name: 'validTo', label: t('moment'), type: 'datetime', required: true }]}
      dangerous
      button={button}
    />
  );
}

function AddTariff(): ReactElement {
  const t = useT();
  const vehicles = useChoices('vehicle')(VEHICLES);
  return (
    <Action
      label={t('addTariff')}
      method="POST"
      path="/api/v1/tariffs"
      fields={[
        { name: 'code', label: t('code'), required: true },
        {
          name: 'vehicleClass',
          label: t('class'),
          type: 'choice',
          required: true,
          options: vehicles,
          initial: 'motorcycle',
        },
        { name: 'amount', label: `${t('amount')} (Rp)`, type: 'number', required: true },
        { name: 'streetClass', label: t('streetClass') },
        { name: 'point', label: t('point') },
        { name: 'legalBasis', label: t('legalBasis') },
        { name: 'validFrom', label: t('validFrom'), type: 'datetime', required: true },
        { name: 'validTo', label: t('validTo'), type: 'datetime', hint: t('validToHint') },
      ]}
    />
  );
}

/** What a class paid, pays and will pay in the whole city, as steps over time. */
function Timelines(): ReactElement {
  const answer = useGet<Page<Tariff>>('/api/v1/tariffs', { query: { limit: 1000 } });
  return (
    <Answer of={answer} height={220}>
      {({ rows }) => <Steps rows={rows.filter(({ point }) => !point)} />}
    </Answer>
  );
}

function Steps({ rows }: { rows: readonly Tariff[] }): ReactElement | null {
  const t = useT();
  const common = useCommon();
  const format = useFormat();
  const classes = VEHICLES.filter((name) => rows.some(({ vehicleClass }) => vehicleClass === name));
  const names = classes.map((name) => common(`vehicle.${name}`)).join(', ');
  const option = useMemo(() => {
    const times = rows.flatMap(({ validFrom, validTo }) => [
      Date.parse(validFrom),
      ...(validTo ? [Date.parse(validTo)] : []),
    ]);
    const end = Math.max(Date.now(), ...times) + 60 * 86_400_000;
    const series = classes.map((name) => {
      const own = rows
        .filter(({ vehicleClass }) => vehicleClass === name)
        .sort((a, b) => a.validFrom.localeCompare(b.validFrom));
      const steps = own.flatMap(({ validFrom, validTo, amount }) => [
        [Date.parse(validFrom), amount],
        [validTo ? Date.parse(validTo) : end, amount],
      ]);
      const now = { silent: true, symbol: 'none', label: { show: false }, data: [{ xAxis: Date.now() }] };
      return {
        name: common(`vehicle.${name}`),
        type: 'line',
        step: 'end',
        symbol: 'none',
        data: steps,
        ...(name === classes[0] && { markLine: now }),
      };
    });
    return {
      grid: { left: 8, right: 16, top: 32, bottom: 8, containLabel: true },
      legend: { top: 0 },
      tooltip: { trigger: 'axis', valueFormatter: (value: number) => format.rupiah(value) },
      xAxis: { type: 'time' },
      yAxis: { type: 'value', axisLabel: { formatter: (value: number) => format.shortRupiah(value) } },
      series,
    };
    // The words change with the language.
  }, [rows, names]);
  if (rows.length === 0) return null;
  return (
    <Card withBorder padding="sm">
      <Text size="sm" fw={600}>
        {t('timeline', { class: names })}
      </Text>
      <Chart option={option} height={200} label={t('timelineLabel', { class: names })} />
    </Card>
  );
}
