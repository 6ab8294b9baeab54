import { Badge, Stack } from '@mantine/core';
import type { ReactElement } from 'react';
import { useIsOfficer } from '../../app/me';
import { Action } from '../../parts/action';
import { useGet, type Page, type Schemas } from '../../parts/api';
import { moneyColumn, textColumn, ToPoint, useChoices, VEHICLES, Word } from '../../parts/columns';
import { DataTable, type Column } from '../../parts/data-table';
import { useFormat } from '../../parts/figures';
import { Answer } from '../../parts/states';
import { End, useValidity, useValidityColumns } from './effective';
import { TARIFF_COLOURS, TariffTimeline } from './tariff-timeline';
import { useT } from './texts';

type Tariff = Schemas['TariffDto'];

export function Tariffs(): ReactElement {
  const t = useT();
  const officer = useIsOfficer();
  const vehicles = useChoices('vehicle')(VEHICLES);
  const columns: Column<Tariff>[] = [
    textColumn('code', t('code'), ({ code }) => code),
    { id: 'state', header: t('state'), sortable: false, cell: ({ state }) => <Standing of={state} /> },
    textColumn('vehicleClass', t('class'), ({ vehicleClass }) => <Word group="vehicle" of={vehicleClass} />),
    moneyColumn('amount', t('amount'), ({ amount }) => amount),
    textColumn('kind', t('rule'), (row) => <Rule of={row} />),
    textColumn('streetClass', t('streetClass'), ({ streetClass }) => streetClass),
    textColumn('point', t('point'), ({ point }) => <ToPoint code={point} />),
    ...useValidityColumns<Tariff>('datetime'),
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
          { id: 'point', label: t('point'), lookup: 'point' },
        ]}
        tools={officer && <AddTariff />}
      />
    </Stack>
  );
}

function Standing({ of }: { of: Tariff['state'] }): ReactElement {
  const t = useT();
  return (
    <Badge variant="filled" color={TARIFF_COLOURS[of]}>
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
    <End
      path="/api/v1/tariffs/{code}/end"
      params={{ code: row.code }}
      to={row.code}
      grain="datetime"
      explanation={t('endHint')}
    />
  );
}

/** `flat`, or what the minutes cost. */
function Rule({ of: { kind, rule } }: { of: Tariff }): ReactElement {
  const t = useT();
  const format = useFormat();
  if (!rule) return <>{t(kind)}</>;
  const { firstMinutes, stepMinutes, stepAmount, maxAmount } = rule as Schemas['TariffRuleDto'];
  const most = maxAmount === undefined ? '' : t('ruleMost', { amount: format.rupiah(maxAmount) });
  return <>{`${t('ruleSteps', { firstMinutes, stepMinutes, amount: format.rupiah(stepAmount) })} ${most}`.trim()}</>;
}

const STEPS = ['firstMinutes', 'stepMinutes', 'stepAmount', 'maxAmount'] as const;

/** The fields of a progressive tariff make its rule; without them it is flat. */
function tariffOf(values: Record<string, unknown>): Record<string, unknown> {
  const flat = Object.entries(values).filter(([name]) => !STEPS.includes(name as 'stepAmount'));
  const rule = Object.entries(values).filter(([name]) => STEPS.includes(name as 'stepAmount'));
  return { ...Object.fromEntries(flat), ...(rule.length > 0 && { rule: Object.fromEntries(rule) }) };
}

function AddTariff(): ReactElement {
  const t = useT();
  const vehicles = useChoices('vehicle')(VEHICLES);
  return (
    <Action
      label={t('addTariff')}
      method="POST"
      path="/api/v1/tariffs"
      body={tariffOf}
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
        { name: 'point', label: t('point'), lookup: 'point' },
        { name: 'legalBasis', label: t('legalBasis') },
        ...useValidity('datetime'),
        ...STEPS.map((name) => ({ name, label: t(name), type: 'number' as const, hint: t('progressiveHint') })),
      ]}
    />
  );
}

/** The city's own tariffs; those of single points stand in the table. */
function Timelines(): ReactElement {
  const answer = useGet<Page<Tariff>>('/api/v1/tariffs', { query: { limit: 1000 } });
  return (
    <Answer of={answer} height={220}>
      {({ rows }) => <TariffTimeline rows={rows.filter(({ point }) => !point)} />}
    </Answer>
  );
}
