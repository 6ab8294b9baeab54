import type { ReactElement } from 'react';
import { useIsOfficer } from '../../app/session';
import { Action } from '../../parts/action';
import type { Schemas } from '../../parts/api';
import { countColumn, dayColumn, instantColumn, moneyColumn, textColumn, ToPoint } from '../../parts/columns';
import { DataTable, type Column } from '../../parts/data-table';
import { Money } from '../../parts/figures';
import { jakartaToday } from '../../parts/format';
import { useT } from './texts';

type HandOver = Schemas['HandOverDto'];
type Slip = Schemas['SlipDto'];

const PAYERS = ['attendant', 'collector', 'operator'] as const;
const RECEIVERS = ['treasurer', 'operator'] as const;
const SLIP_SOURCES = ['treasurer', 'bank'] as const;

/** Who handed over what to whom: each with its proof of payment (TBP). */
export function Deposits(): ReactElement {
  const t = useT();
  const officer = useIsOfficer();
  const columns: Column<HandOver>[] = [
    textColumn('number', t('number'), ({ number }) => number),
    textColumn('payer', t('payer'), ({ payerKind, payer }) => `${t(`party.${payerKind}` as 'party.bank')} ${payer}`),
    textColumn(
      'receiver',
      t('receiver'),
      ({ receiverKind, receiver }) => `${t(`party.${receiverKind}` as 'party.bank')} ${receiver}`,
    ),
    textColumn('point', t('point'), ({ point }) => <ToPoint code={point} />),
    dayColumn('businessDate', t('businessDate'), ({ businessDate }) => businessDate),
    moneyColumn('amount', t('amount'), ({ amount }) => amount),
    instantColumn('handedAt', t('handedAt'), ({ handedAt }) => handedAt),
    textColumn('slip', t('slip'), ({ slip }) => slip),
    textColumn('credited', t('credited'), ({ credited }) => t(credited ? 'yes' : 'no')),
  ];
  return (
    <DataTable
      label={t('deposits')}
      path="/api/v1/deposits"
      columns={columns}
      rowKey={({ number }) => number}
      tools={officer && <AddDeposit />}
      filters={[
        { id: 'payer', label: t('payer') },
        { id: 'point', label: t('point') },
        { id: 'from', label: t('from'), type: 'date' },
        { id: 'to', label: t('to'), type: 'date' },
      ]}
    />
  );
}

function AddDeposit(): ReactElement {
  const t = useT();
  const party = (kinds: readonly ('attendant' | 'collector' | 'operator' | 'treasurer' | 'bank')[]) =>
    kinds.map((value) => ({ value, label: t(`party.${value}`) }));
  return (
    <Action
      label={t('addDeposit')}
      method="POST"
      path="/api/v1/deposits"
      fields={[
        { name: 'number', label: t('number'), required: true },
        {
          name: 'payer.kind',
          label: t('payerKind'),
          type: 'choice',
          required: true,
          options: party(PAYERS),
          initial: 'attendant',
        },
        { name: 'payer.id', label: t('payer'), required: true },
        {
          name: 'receiver.kind',
          label: t('receiverKind'),
          type: 'choice',
          required: true,
          options: party(RECEIVERS),
          initial: 'treasurer',
        },
        { name: 'receiver.id', label: t('receiver'), required: true, initial: 'bp-1' },
        { name: 'point', label: t('point') },
        { name: 'businessDate', label: t('businessDate'), type: 'date', required: true, initial: jakartaToday() },
        { name: 'amount', label: `${t('amount')} (Rp)`, type: 'number', required: true },
      ]}
      body={nested}
    />
  );
}

/** `a.b` as `{a: {b}}`. */
function nested(values: Record<string, unknown>): unknown {
  const result: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(values)) {
    const [first, second] = name.split('.') as [string, string | undefined];
    result[first] = second ? { ...(result[first] as object), [second]: value } : value;
  }
  return result;
}

export function Slips(): ReactElement {
  const t = useT();
  const officer = useIsOfficer();
  const columns: Column<Slip>[] = [
    textColumn('number', t('number'), ({ number }) => number),
    textColumn('from', t('fromWhom'), ({ fromKind, from }) => `${t(`party.${fromKind}` as 'party.bank')} ${from}`),
    dayColumn('businessDate', t('businessDate'), ({ businessDate }) => businessDate),
    moneyColumn('amount', t('amount'), ({ amount }) => amount),
    countColumn('handOvers', t('handOvers'), ({ handOvers }) => handOvers),
    instantColumn('writtenAt', t('writtenAt'), ({ writtenAt }) => writtenAt),
    {
      id: 'creditNote',
      header: t('creditNote'),
      cell: (row) => (row.creditNote ? <Noted row={row} /> : officer ? <AddCreditNote row={row} /> : '–'),
    },
  ];
  return (
    <DataTable
      label={t('slips')}
      path="/api/v1/deposit-slips"
      columns={columns}
      rowKey={({ number }) => number}
      tools={officer && <AddSlip />}
      filters={[
        { id: 'from', label: t('from'), type: 'date' },
        { id: 'to', label: t('to'), type: 'date' },
      ]}
    />
  );
}

function Noted({ row }: { row: Slip }): ReactElement {
  return (
    <>
      {row.creditNote} (<Money amount={row.credited} />)
    </>
  );
}

function AddSlip(): ReactElement {
  const t = useT();
  const sources = SLIP_SOURCES.map((value) => ({ value, label: t(`party.${value}`) }));
  return (
    <Action
      label={t('addSlip')}
      method="POST"
      path="/api/v1/deposit-slips"
      fields={[
        { name: 'number', label: t('number'), required: true },
        {
          name: 'fromKind',
          label: t('payerKind'),
          type: 'choice',
          required: true,
          options: sources,
          initial: 'treasurer',
        },
        { name: 'from', label: t('fromWhom'), required: true, initial: 'bp-1' },
        { name: 'businessDate', label: t('businessDate'), type: 'date', required: true, initial: jakartaToday() },
        { name: 'amount', label: `${t('amount')} (Rp)`, type: 'number', required: true },
        { name: 'handOvers', label: t('handOvers'), hint: t('handOversHint'), required: true },
      ]}
      body={({ handOvers, ...rest }) => ({
        ...rest,
        batches: [],
        handOvers: String(handOvers)
          .split(/[\s,]+/)
          .filter(Boolean),
      })}
    />
  );
}

function AddCreditNote({ row }: { row: Slip }): ReactElement {
  const t = useT();
  return (
    <Action
      label={t('addCreditNote')}
      method="POST"
      path="/api/v1/deposit-slips/{number}/credit-note"
      params={{ number: row.number }}
      button={{ size: 'compact-xs', variant: 'light' }}
      fields={[
        { name: 'account', label: t('account'), required: true, initial: 'rkud' },
        { name: 'entryId', label: t('entryId'), required: true },
        { name: 'valueDate', label: t('valueDate'), type: 'date', required: true, initial: jakartaToday() },
        { name: 'amount', label: `${t('amount')} (Rp)`, type: 'number', required: true, initial: String(row.amount) },
        { name: 'description', label: t('description'), initial: row.number },
      ]}
      body={(values) => ({ description: '', ...values })}
    />
  );
}
