import type { ReactElement } from 'react';
import type { Schemas } from '../../parts/api';
import {
  dayColumn,
  instantColumn,
  moneyColumn,
  textColumn,
  ToCase,
  ToDevice,
  ToPoint,
  ToRecord,
  useChoices,
} from '../../parts/columns';
import { DataTable, type Column } from '../../parts/data-table';
import { Pattern, State } from '../../parts/figures';
import { Details } from '../case/evidence';
import { useT } from './texts';

type Exception = Schemas['ExceptionDto'];
type Balance = Schemas['BalanceDto'];

/** What does not add up, exactly: what will still come is kept apart from what will not. */
export function Exceptions(): ReactElement {
  const t = useT();
  const states = useChoices('state');
  const columns: Column<Exception>[] = [
    { id: 'pattern', header: t('pattern'), cell: ({ pattern }) => <Pattern of={pattern} /> },
    { id: 'state', header: t('state'), cell: ({ state }) => <State of={state} /> },
    moneyColumn('amount', t('amount'), ({ amount }) => amount),
    dayColumn('businessDate', t('businessDate'), ({ businessDate }) => businessDate),
    textColumn('point', t('point'), ({ point }) => <ToPoint code={point} />),
    textColumn('device', t('device'), ({ device }) => <ToDevice id={device} />),
    textColumn('attendant', t('attendant'), ({ attendant }) => attendant),
    textColumn('record', t('record'), ({ record }) => <ToRecord of={record} />),
    textColumn('caseId', t('case'), ({ caseId }) => <ToCase id={caseId} />),
    {
      id: 'details',
      header: t('details'),
      sortable: false,
      hidden: true,
      cell: ({ details }) => <Details of={details} />,
    },
    instantColumn('resolvedAt', t('resolvedAt'), ({ resolvedAt }) => resolvedAt, { hidden: true }),
  ];
  return (
    <DataTable
      label={t('exceptions')}
      path="/api/v1/exceptions"
      columns={columns}
      rowKey={({ id }) => id}
      filters={[
        { id: 'state', label: t('state'), options: states(['expected', 'mismatched', 'resolved']) },
        { id: 'pattern', label: t('pattern') },
        { id: 'point', label: t('point') },
        { id: 'attendant', label: t('attendant') },
        { id: 'from', label: t('from'), type: 'date' },
        { id: 'to', label: t('to'), type: 'date' },
      ]}
    />
  );
}

export function Balances(): ReactElement {
  const t = useT();
  const columns: Column<Balance>[] = [
    textColumn('account', t('account'), ({ account }) => account),
    moneyColumn('amount', t('balance'), ({ amount }) => amount),
  ];
  return (
    <DataTable
      label={t('balances')}
      path="/api/v1/ledger/balances"
      columns={columns}
      rowKey={({ account }) => account}
      filters={[{ id: 'account', label: t('account'), type: 'search' }]}
    />
  );
}
