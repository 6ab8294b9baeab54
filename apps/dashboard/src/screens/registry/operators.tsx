import type { ReactElement } from 'react';
import { useIsOfficer } from '../../app/me';
import { Action } from '../../parts/action';
import type { Schemas } from '../../parts/api';
import { countColumn, moneyColumn, textColumn, ToPoint } from '../../parts/columns';
import { DataTable, type Column } from '../../parts/data-table';
import { useFormat } from '../../parts/figures';
import { End, useValidity, useValidityColumns } from './effective';
import { useT } from './texts';

type Operator = Schemas['OperatorDto'];
type Contract = Schemas['ContractDto'];

/** Basis points of the whole. */
const WHOLE_BP = 10_000;

export function Operators(): ReactElement {
  const t = useT();
  const officer = useIsOfficer();
  const columns: Column<Operator>[] = [
    textColumn('code', t('code'), ({ code }) => code),
    textColumn('name', t('name'), ({ name }) => name),
    textColumn('contact', t('contact'), ({ contact }) => contact),
    countColumn('points', t('points'), ({ points }) => points),
    {
      id: 'actions',
      header: '',
      sortable: false,
      cell: (row) =>
        officer && (
          <Action
            label={t('edit')}
            to={row.code}
            method="PATCH"
            path="/api/v1/operators/{code}"
            params={{ code: row.code }}
            button={{ size: 'compact-xs', variant: 'default' }}
            fields={[
              { name: 'name', label: t('name'), initial: row.name },
              { name: 'contact', label: t('contact'), initial: row.contact },
            ]}
          />
        ),
    },
  ];
  const fields = [
    { name: 'code', label: t('code'), required: true },
    { name: 'name', label: t('name'), required: true },
    { name: 'contact', label: t('contact') },
  ];
  return (
    <DataTable
      label={t('operators')}
      path="/api/v1/operators"
      columns={columns}
      rowKey={({ code }) => code}
      tools={officer && <Action label={t('addOperator')} method="POST" path="/api/v1/operators" fields={fields} />}
    />
  );
}

export function Contracts(): ReactElement {
  const t = useT();
  const format = useFormat();
  const officer = useIsOfficer();
  const share = (bp: number) => format.percent(bp / WHOLE_BP);
  const columns: Column<Contract>[] = [
    textColumn('number', t('number'), ({ number }) => number),
    textColumn('operator', t('operator'), ({ operator }) => operator),
    textColumn('streetClass', t('streetClass'), ({ streetClass }) => streetClass),
    textColumn('cityShareBp', t('cityShare'), ({ cityShareBp }) => share(cityShareBp), { number: true }),
    textColumn('attendantShareBp', t('attendantShare'), ({ attendantShareBp }) => share(attendantShareBp), {
      number: true,
    }),
    textColumn('operatorShareBp', t('operatorShare'), ({ operatorShareBp }) => share(operatorShareBp), {
      number: true,
    }),
    moneyColumn('dailyMinimumDeposit', t('minimum'), ({ dailyMinimumDeposit }) => dailyMinimumDeposit),
    moneyColumn('securityDeposit', t('security'), ({ securityDeposit }) => securityDeposit),
    ...useValidityColumns<Contract>('date'),
    {
      id: 'actions',
      header: '',
      sortable: false,
      cell: (row) =>
        officer &&
        !row.validTo && (
          <End path="/api/v1/contracts/{number}/end" params={{ number: row.number }} grain="date" to={row.number} />
        ),
    },
  ];
  return (
    <DataTable
      label={t('contracts')}
      path="/api/v1/contracts"
      columns={columns}
      rowKey={({ number }) => number}
      filters={[
        { id: 'operator', label: t('operator'), lookup: 'operator' },
        { id: 'on', label: t('date'), type: 'date' },
      ]}
      tools={officer && <AddContract />}
    />
  );
}

function AddContract(): ReactElement {
  const t = useT();
  const bp = (name: string, label: string, initial: string) =>
    ({ name, label: t('bp', { label }), type: 'number', required: true, initial }) as const;
  return (
    <Action
      label={t('addContract')}
      method="POST"
      path="/api/v1/contracts"
      fields={[
        { name: 'number', label: t('number'), required: true },
        { name: 'operator', label: t('operator'), lookup: 'operator', required: true },
        { name: 'streetClass', label: t('streetClass') },
        bp('cityShareBp', t('cityShare'), '4000'),
        bp('attendantShareBp', t('attendantShare'), '2000'),
        bp('operatorShareBp', t('operatorShare'), '4000'),
        { name: 'dailyMinimumDeposit', label: `${t('minimum')} (Rp)`, type: 'number', required: true },
        { name: 'securityDeposit', label: `${t('security')} (Rp)`, type: 'number', required: true },
        ...useValidity('date'),
      ]}
    />
  );
}

/** Who ran which point from when to when, under which contract. It is changed at the point. */
export function PointOperators(): ReactElement {
  const t = useT();
  type Row = Schemas['PointOperatorDto'];
  const columns: Column<Row>[] = [
    textColumn('point', t('point'), ({ point }) => <ToPoint code={point} />),
    textColumn('operatorName', t('operator'), ({ operator, operatorName }) => `${operatorName} (${operator})`),
    textColumn('contract', t('contract'), ({ contract }) => contract),
    ...useValidityColumns<Row>('date'),
  ];
  return (
    <DataTable
      label={t('pointOperators')}
      path="/api/v1/point-operators"
      columns={columns}
      rowKey={({ id }) => String(id)}
      filters={[
        { id: 'point', label: t('point'), lookup: 'point' },
        { id: 'operator', label: t('operator'), lookup: 'operator' },
        { id: 'contract', label: t('contract') },
      ]}
    />
  );
}
