import type { ReactElement } from 'react';
import { useIsOfficer } from '../../app/me';
import { Action } from '../../parts/action';
import type { Schemas } from '../../parts/api';
import { Anchor, Badge, Stack } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { codeColumn, dayColumn, instantColumn, moneyColumn, textColumn, ToPoint } from '../../parts/columns';
import { DataTable, type Column } from '../../parts/data-table';
import { Instant } from '../../parts/figures';
import { jakartaToday } from '../../parts/format';
import { AddSlip } from './slip-form';
import { useTreasurer } from './treasurer';
import { useT } from './texts';

type HandOver = Schemas['HandOverDto'];
type Slip = Schemas['SlipDto'];

const PAYERS = ['attendant', 'collector', 'operator'] as const;
const RECEIVERS = ['treasurer', 'operator'] as const;

/** Who handed over what to whom: each with its proof of payment (TBP). */
export function Deposits(): ReactElement {
  const t = useT();
  const officer = useIsOfficer();
  const columns: Column<HandOver>[] = [
    codeColumn('number', t('number'), ({ number }) => number),
    textColumn('payer', t('payer'), ({ payerKind, payer }) => `${t(`party.${payerKind}` as 'party.bank')} ${payer}`),
    textColumn(
      'receiver',
      t('receiver'),
      ({ receiverKind, receiver }) => `${t(`party.${receiverKind}` as 'party.bank')} ${receiver}`,
    ),
    textColumn('point', t('point'), ({ point }) => <ToPoint code={point} />),
    dayColumn('businessDate', t('businessDate'), ({ businessDate }) => businessDate),
    moneyColumn('toTreasurer', t('toTreasurer'), ({ toTreasurer }) => toTreasurer),
    moneyColumn('toOperators', t('toOperators'), ({ toOperators }) => toOperators),
    instantColumn('handedAt', t('handedAt'), ({ handedAt }) => handedAt),
    codeColumn('slip', t('slip'), ({ slip }) => slip),
    { id: 'credited', header: t('credited'), cell: (row) => <Stage row={row} /> },
  ];
  return (
    <DataTable
      label={t('deposits')}
      path="/api/v1/deposits"
      columns={columns}
      rowKey={({ number }) => number}
      tools={officer && <AddDeposit />}
      filters={[
        { id: 'open', label: t('slip'), options: [{ value: 'true', label: t('withoutSlip') }] },
        { id: 'number', label: t('number') },
        { id: 'slip', label: t('slipNumber') },
        { id: 'payer', label: t('payer') },
        { id: 'point', label: t('point'), lookup: 'point' },
        { id: 'from', label: t('from'), type: 'date' },
        { id: 'to', label: t('to'), type: 'date' },
      ]}
    />
  );
}

/** How far on the road TBP, STS, credit note it has come, and until when it must go on. */
function Stage({ row }: { row: HandOver }): ReactElement {
  const t = useT();
  if (row.credited)
    return (
      <Badge miw="max-content" variant="filled" color="teal.9">
        {t('inTreasury')}
      </Badge>
    );
  if (row.slip)
    return (
      <Badge miw="max-content" variant="outline" color="blue">
        {t('waitsForNote')}
      </Badge>
    );
  return <Deadline at={row.dueAt} waits={t(row.receiverKind === 'treasurer' ? 'waitsForSlip' : 'withOperator')} />;
}

/** What is waited for, and until when; red once that is over. */
function Deadline({ at, waits }: { at: string | null; waits: string }): ReactElement {
  const late = at !== null && Date.parse(at) < Date.now();
  return (
    <Stack gap={2} align="flex-start">
      <Badge miw="max-content" variant={late ? 'filled' : 'outline'} color={late ? 'red.9' : 'gray'}>
        {waits}
      </Badge>
      {at && <Instant at={at} relative />}
    </Stack>
  );
}

function AddDeposit(): ReactElement {
  const t = useT();
  const treasurer = useTreasurer();
  const party = (kinds: readonly ('attendant' | 'collector' | 'operator' | 'treasurer' | 'bank')[]) =>
    kinds.map((value) => ({ value, label: t(`party.${value}`) }));
  return (
    <Action
      label={t('addDeposit')}
      method="POST"
      path="/api/v1/deposits"
      fields={(filled) => [
        { name: 'number', label: t('number'), required: true },
        {
          name: 'payer.kind',
          label: t('payerKind'),
          type: 'choice',
          required: true,
          options: party(PAYERS),
          initial: 'attendant',
        },
        { name: 'payer.id', label: t('payer'), required: true, ...lookupOf(filled['payer.kind']) },
        {
          name: 'receiver.kind',
          label: t('receiverKind'),
          type: 'choice',
          required: true,
          options: party(RECEIVERS),
          initial: 'treasurer',
        },
        {
          name: 'receiver.id',
          label: t('receiver'),
          required: true,
          ...(filled['receiver.kind'] === 'operator' ? { lookup: 'operator' } : { initial: treasurer }),
        },
        { name: 'point', label: t('point'), lookup: 'point', hint: t('pointHint') },
        { name: 'businessDate', label: t('businessDate'), type: 'date', required: true, initial: jakartaToday() },
        { name: 'amount', label: `${t('amount')} (Rp)`, type: 'number', required: true },
      ]}
      body={nested}
    />
  );
}

/** Collectors are in no register: their number is typed. */
const lookupOf = (kind: string | undefined): { lookup?: 'attendant' | 'operator' } =>
  kind === 'attendant' || kind === 'operator' ? { lookup: kind } : {};

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
    codeColumn('number', t('number'), ({ number }) => number),
    textColumn('from', t('fromWhom'), ({ fromKind, from }) => `${t(`party.${fromKind}` as 'party.bank')} ${from}`),
    dayColumn('businessDate', t('businessDate'), ({ businessDate }) => businessDate),
    moneyColumn('amount', t('amount'), ({ amount }) => amount),
    { id: 'handOvers', header: t('handOvers'), sortable: false, cell: (row) => <TakenOn row={row} /> },
    instantColumn('writtenAt', t('writtenAt'), ({ writtenAt }) => writtenAt, { hidden: true }),
    {
      id: 'creditNote',
      header: t('creditNote'),
      cell: (row) =>
        row.creditNote ? (
          <span className="long-code">{row.creditNote}</span>
        ) : (
          <Deadline at={row.dueAt} waits={t('waitsForNote')} />
        ),
    },
    moneyColumn('credited', t('credited'), ({ credited }) => credited),
    {
      id: 'actions',
      header: '',
      sortable: false,
      cell: (row) => officer && !row.creditNote && <AddCreditNote row={row} />,
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

/** What the slip carries: its hand-overs lead to their rows, its batches to their lines. */
function TakenOn({ row }: { row: Slip }): ReactElement {
  return (
    <>
      {row.handOvers > 0 && (
        <Anchor component={Link} to="/money/deposits" search={{ slip: row.number } as never} inherit>
          {row.handOvers} TBP
        </Anchor>
      )}
      {row.batches.map((each) => {
        const [acquirer, batchId] = [each.slice(0, each.indexOf('/')), each.slice(each.indexOf('/') + 1)];
        return (
          <div key={each}>
            <Anchor component={Link} to="/money/rows" search={{ acquirer, batchId } as never} inherit className="code">
              {each}
            </Anchor>
          </div>
        );
      })}
    </>
  );
}

function AddCreditNote({ row }: { row: Slip }): ReactElement {
  const t = useT();
  return (
    <Action
      label={t('addCreditNote')}
      to={row.number}
      method="POST"
      path="/api/v1/deposit-slips/{number}/credit-note"
      params={{ number: row.number }}
      button={{ size: 'compact-xs', variant: 'light' }}
      fields={[
        { name: 'account', label: t('account'), required: true, lookup: 'account' },
        { name: 'entryId', label: t('entryId'), required: true },
        { name: 'valueDate', label: t('valueDate'), type: 'date', required: true, initial: jakartaToday() },
        { name: 'amount', label: `${t('amount')} (Rp)`, type: 'number', required: true, initial: String(row.amount) },
        { name: 'description', label: t('description'), initial: row.number },
      ]}
      body={(values) => ({ description: '', ...values })}
    />
  );
}
