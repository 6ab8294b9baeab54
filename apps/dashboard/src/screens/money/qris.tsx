import { Stack } from '@mantine/core';
import { useSearch } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import type { Search } from '../../app/search';
import { useMe } from '../../app/me';
import { Action } from '../../parts/action';
import type { Schemas } from '../../parts/api';
import {
  codeColumn,
  countColumn,
  instantColumn,
  moneyColumn,
  textColumn,
  ToDevice,
  ToPoint,
  useChoices,
  Word,
} from '../../parts/columns';
import { DataTable, type Column } from '../../parts/data-table';
import { State } from '../../parts/figures';
import { PeriodPicker, usePeriod } from '../../parts/period';
import { useT } from './texts';

type Order = Schemas['QrisOrderDto'];
type Notice = Schemas['SnapNoticeDto'];
type Acquirer = Schemas['AcquirerDto'];

const ORDER_STATES = ['pending', 'paid', 'expired', 'failed', 'unavailable', 'refunded'];

/** Of a period, a week at first: a city makes millions a year. One that is asked for by its number is of any day. */
export function Orders(): ReactElement {
  const t = useT();
  const period = usePeriod(7);
  const { orderId } = useSearch({ strict: false }) as Search;
  const orders = useChoices('order');
  const columns: Column<Order>[] = [
    codeColumn('orderId', t('orderId'), ({ orderId }) => orderId),
    { id: 'state', header: t('state'), cell: ({ state }) => <State of={state} kind="order" /> },
    moneyColumn('amount', t('amount'), ({ amount }) => amount),
    textColumn('vehicleClass', t('kind'), ({ vehicleClass }) => <Word group="vehicle" of={vehicleClass} />),
    textColumn('point', t('point'), ({ point }) => <ToPoint code={point} />),
    textColumn('device', t('device'), ({ device }) => <ToDevice id={device} />),
    textColumn('acquirer', t('acquirer'), ({ acquirer }) => acquirer),
    instantColumn('createdAt', t('createdAt'), ({ createdAt }) => createdAt),
    instantColumn('paidAt', t('paidAt'), ({ paidAt }) => paidAt),
    textColumn('rrn', 'RRN', ({ rrn }) => rrn, { hidden: true }),
    textColumn('why', t('reason'), ({ why }) => why, { hidden: true }),
  ];
  return (
    <Stack gap="xs">
      {!orderId && <PeriodPicker period={period} />}
      <DataTable
        label={t('orders')}
        path="/api/v1/qris-orders"
        {...(!orderId && { query: { ...period } })}
        columns={columns}
        rowKey={({ orderId }) => orderId}
        filters={[
          { id: 'state', label: t('state'), options: orders(ORDER_STATES) },
          { id: 'orderId', label: t('orderId') },
          { id: 'acquirer', label: t('acquirer'), lookup: 'acquirer' },
          { id: 'point', label: t('point'), lookup: 'point' },
          { id: 'device', label: t('device'), lookup: 'device' },
        ]}
      />
    </Stack>
  );
}

export function Notices(): ReactElement {
  const t = useT();
  const columns: Column<Notice>[] = [
    instantColumn('receivedAt', t('receivedAt'), ({ receivedAt }) => receivedAt),
    textColumn('acquirer', t('acquirer'), ({ acquirer }) => acquirer),
    codeColumn('orderId', t('orderId'), ({ orderId }) => orderId),
    textColumn('outcome', t('outcome'), ({ outcome }) => outcome),
    textColumn('responseCode', t('responseCode'), ({ responseCode }) => responseCode),
    countColumn('times', t('times'), ({ times }) => times),
    textColumn('externalId', 'X-EXTERNAL-ID', ({ externalId }) => externalId, { hidden: true }),
  ];
  return (
    <DataTable
      label={t('notices')}
      path="/api/v1/snap-notices"
      columns={columns}
      rowKey={({ id }) => id}
      filters={[
        { id: 'acquirer', label: t('acquirer'), lookup: 'acquirer' },
        { id: 'orderId', label: t('orderId') },
        { id: 'refused', label: t('outcome'), options: [{ value: 'true', label: t('refusedOnly') }] },
      ]}
    />
  );
}

export function Acquirers(): ReactElement {
  const t = useT();
  const administrator = useMe().role === 'administrator';
  const columns: Column<Acquirer>[] = [
    textColumn('code', t('code'), ({ code }) => code),
    textColumn('name', t('name'), ({ name }) => name),
    textColumn('channel', t('channel'), ({ channel, kind }) => `${channel} · ${kind}`),
    textColumn('adapter', t('format'), ({ adapter }) => adapter),
    textColumn('active', t('active'), ({ active }) => t(active ? 'yes' : 'no')),
    countColumn('feeBp', t('feeBp'), ({ feeBp }) => feeBp),
    textColumn('hasSecrets', t('hasSecrets'), ({ hasSecrets }) => t(hasSecrets ? 'yes' : 'no'), { sortable: false }),
    { id: 'actions', header: '', sortable: false, cell: (row) => administrator && <Change row={row} /> },
  ];
  return (
    <DataTable
      label={t('acquirers')}
      path="/api/v1/acquirers"
      columns={columns}
      rowKey={({ code }) => code}
      tools={administrator && <Add />}
    />
  );
}

function Add(): ReactElement {
  const t = useT();
  const choice = (...values: string[]) => values.map((value) => ({ value, label: value }));
  return (
    <Action
      label={t('addAcquirer')}
      method="POST"
      path="/api/v1/acquirers"
      fields={[
        { name: 'code', label: t('code'), required: true },
        { name: 'name', label: t('name'), required: true },
        {
          name: 'channel',
          label: t('channel'),
          type: 'choice',
          required: true,
          options: choice('qris', 'card'),
          initial: 'qris',
        },
        {
          name: 'kind',
          label: t('kind'),
          type: 'choice',
          required: true,
          options: choice('file', 'local', 'snap'),
          initial: 'file',
        },
        { name: 'feeBp', label: t('feeBp'), type: 'number', initial: '0' },
      ]}
    />
  );
}

function Change({ row }: { row: Acquirer }): ReactElement {
  const t = useT();
  return (
    <Action
      label={t('edit')}
      to={row.code}
      method="PATCH"
      path="/api/v1/acquirers/{code}"
      params={{ code: row.code }}
      button={{ size: 'compact-xs', variant: 'default' }}
      fields={[
        { name: 'name', label: t('name'), initial: row.name },
        { name: 'feeBp', label: t('feeBp'), type: 'number', initial: String(row.feeBp) },
        { name: 'active', label: t('active'), type: 'yes', initial: String(row.active) },
        {
          name: 'secret',
          label: 'Secret',
          type: 'password',
          hint: t('hasSecrets') + ': ' + t(row.hasSecrets ? 'yes' : 'no'),
        },
      ]}
    />
  );
}
