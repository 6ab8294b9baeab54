import { Stack } from '@mantine/core';
import type { ReactElement } from 'react';
import { useGet, type Page, type Schemas } from '../../parts/api';
import { dayColumn, instantColumn, moneyColumn, textColumn, Word } from '../../parts/columns';
import { DataTable, type Column } from '../../parts/data-table';
import { Answer } from '../../parts/states';
import { TariffTimeline } from '../registry/tariff-timeline';
import { spanText } from './hours';
import { useT } from './texts';

type Point = Schemas['PointDto'];
type Tariff = Schemas['TariffDto'];

interface Of {
  readonly code: string;
}

/** What was, is and will be charged here: the point's own tariffs, its street class's and the city's. */
export function Tariffs({ point }: { point: Point }): ReactElement {
  const t = useT();
  const answer = useGet<Page<Tariff>>('/api/v1/tariffs', { query: { limit: 1000 } });
  const applies = (tariff: Tariff) =>
    tariff.point === point.code ||
    (tariff.point === null && (tariff.streetClass === null || tariff.streetClass === point.streetClass));
  const columns: Column<Tariff>[] = [
    textColumn('code', t('code'), ({ code }) => code),
    textColumn('vehicleClass', t('vehicle'), ({ vehicleClass }) => <Word group="vehicle" of={vehicleClass} />),
    moneyColumn('amount', t('amount'), ({ amount }) => amount),
    instantColumn('validFrom', t('validFrom'), ({ validFrom }) => validFrom),
    instantColumn('validTo', t('validTo'), ({ validTo }) => validTo),
  ];
  return (
    <Stack>
      <Answer of={answer} height={200}>
        {({ rows }) => <TariffTimeline rows={rows.filter(applies)} />}
      </Answer>
      <DataTable
        label={t('ownTariffs')}
        path="/api/v1/tariffs"
        query={{ point: point.code }}
        columns={columns}
        rowKey={({ code }) => code}
      />
    </Stack>
  );
}

export function Operators({ code }: Of): ReactElement {
  const t = useT();
  type Row = Schemas['PointOperatorDto'];
  const columns: Column<Row>[] = [
    textColumn('operatorName', t('operator'), ({ operator, operatorName }) => `${operatorName} (${operator})`),
    textColumn('contract', t('contract'), ({ contract }) => contract),
    dayColumn('validFrom', t('validFrom'), ({ validFrom }) => validFrom),
    dayColumn('validTo', t('validTo'), ({ validTo }) => validTo),
  ];
  return (
    <DataTable
      label={t('operators')}
      path="/api/v1/point-operators"
      query={{ point: code }}
      columns={columns}
      rowKey={({ id }) => String(id)}
    />
  );
}

export function Assignments({ code }: Of): ReactElement {
  const t = useT();
  type Row = Schemas['AssignmentDto'];
  const columns: Column<Row>[] = [
    textColumn('attendantName', t('attendant'), ({ attendant, attendantName }) => `${attendantName} (${attendant})`),
    textColumn('assignmentOrder', t('order'), ({ assignmentOrder }) => assignmentOrder),
    instantColumn('validFrom', t('validFrom'), ({ validFrom }) => validFrom),
    instantColumn('validTo', t('validTo'), ({ validTo }) => validTo),
  ];
  return (
    <DataTable
      label={t('assignments')}
      path="/api/v1/assignments"
      query={{ point: code }}
      columns={columns}
      rowKey={({ id }) => String(id)}
    />
  );
}

export function StreetClasses({ code }: Of): ReactElement {
  const t = useT();
  type Row = Schemas['StreetClassDto'];
  const columns: Column<Row>[] = [
    textColumn('streetClass', t('class'), ({ streetClass }) => streetClass),
    dayColumn('validFrom', t('validFrom'), ({ validFrom }) => validFrom),
    dayColumn('validTo', t('validTo'), ({ validTo }) => validTo),
  ];
  return (
    <DataTable
      label={t('class')}
      path="/api/v1/points/{code}/street-classes"
      params={{ code }}
      columns={columns}
      rowKey={({ id }) => String(id)}
    />
  );
}

/** Monday first; the API counts Sunday as 0. */
const WEEK = [1, 2, 3, 4, 5, 6, 0] as const;

export function Hours({ code }: Of): ReactElement {
  const t = useT();
  type Row = Schemas['HoursDto'];
  const told = (hours: Record<string, [number, number]>) =>
    WEEK.map((day) => `${t(`short${day}`)} ${hours[day] ? spanText(hours[day]) : t('shut')}`).join(' · ');
  const columns: Column<Row>[] = [
    textColumn('hours', t('hours'), ({ hours }) => told(hours as Record<string, [number, number]>), {
      sortable: false,
    }),
    dayColumn('validFrom', t('validFrom'), ({ validFrom }) => validFrom),
    dayColumn('validTo', t('validTo'), ({ validTo }) => validTo),
  ];
  return (
    <DataTable
      label={t('hours')}
      path="/api/v1/points/{code}/hours"
      params={{ code }}
      columns={columns}
      rowKey={({ id }) => String(id)}
    />
  );
}
