import { Text } from '@mantine/core';
import type { ReactElement } from 'react';
import { useIsOfficer } from '../../app/me';
import { Action } from '../../parts/action';
import type { Schemas } from '../../parts/api';
import { dayColumn, instantColumn, moneyColumn, textColumn } from '../../parts/columns';
import { DataTable, type Column } from '../../parts/data-table';
import { useFormat } from '../../parts/figures';
import { jakartaToday, lastMonths } from '../../parts/format';
import { useT } from './operator-texts';

type Statement = Schemas['StatementDto'];
type Security = Schemas['SecurityDepositDto'];
type Arrears = Schemas['ArrearsDto'];

/** Months that the worker makes statements of, and a form offers. */
const MONTHS = 13;
const DEBTORS = ['attendant', 'operator', 'collector', 'treasurer'] as const;

/** A month as a choice, by its name in the person's language. */
export function useMonths(count: number): { value: string; label: string }[] {
  const format = useFormat();
  return lastMonths(count).map((value) => ({ value, label: format.month(value) }));
}

/** What each operator's points earned in a month, and how it was shared under the contract. */
export function Statements(): ReactElement {
  const t = useT();
  const format = useFormat();
  const officer = useIsOfficer();
  const months = useMonths(2 * MONTHS);
  const columns: Column<Statement>[] = [
    textColumn('month', t('month'), ({ month }) => format.month(month)),
    textColumn('operator', t('operator'), ({ operator }) => operator),
    textColumn('revision', t('revision'), ({ revision, newest }) =>
      newest ? String(revision) : t('replaced', { revision }),
    ),
    moneyColumn('gross', t('gross'), ({ gross }) => gross),
    moneyColumn('city', t('city'), ({ city }) => city),
    moneyColumn('attendant', t('attendantShare'), ({ attendant }) => attendant),
    moneyColumn('operatorShare', t('operatorShare'), ({ operatorShare }) => operatorShare),
    moneyColumn('withoutTerms', t('withoutTerms'), ({ withoutTerms }) => withoutTerms),
    instantColumn('madeAt', t('madeAt'), ({ madeAt }) => madeAt),
  ];
  return (
    <>
      <Text size="sm" c="dimmed" mb="xs">
        {t('statementsHint')}
      </Text>
      <DataTable
        label={t('statements')}
        path="/api/v1/operator-statements"
        columns={columns}
        rowKey={({ operator, month, revision }) => `${operator}/${month}/${revision}`}
        link={({ operator, month, revision }) =>
          `/money/statements/${encodeURIComponent(operator)}/${month}?revision=${revision}`
        }
        empty={t('noStatements')}
        tools={officer && <MakeStatement />}
        filters={[
          { id: 'operator', label: t('operator'), lookup: 'operator' },
          { id: 'month', label: t('month'), options: months },
          { id: 'newest', label: t('revision'), options: [{ value: 'true', label: t('newestOnly') }] },
        ]}
      />
    </>
  );
}

function MakeStatement(): ReactElement {
  const t = useT();
  const months = useMonths(MONTHS).slice(1);
  return (
    <Action
      label={t('makeStatement')}
      method="POST"
      path="/api/v1/operator-statements"
      explanation={t('makeHint')}
      fields={[
        { name: 'operator', label: t('operator'), required: true, lookup: 'operator' },
        { name: 'month', label: t('month'), type: 'choice', required: true, options: months },
      ]}
      result={(answer) => {
        const { revision } = answer as Schemas['MadeStatementDto'];
        return <Text>{revision === null ? t('nothingNew') : t('made', { revision })}</Text>;
      }}
    />
  );
}

/** What operators put down, on which shortfalls are drawn. */
export function SecurityDeposits(): ReactElement {
  const t = useT();
  const officer = useIsOfficer();
  const columns: Column<Security>[] = [
    dayColumn('businessDate', t('from'), ({ businessDate }) => businessDate),
    textColumn('operator', t('operator'), ({ operator }) => operator),
    textColumn('reference', t('reference'), ({ reference }) => reference),
    moneyColumn('amount', t('amount'), ({ amount }) => amount),
    textColumn('treasuryAccount', t('treasuryAccount'), ({ treasuryAccount }) => treasuryAccount),
    textColumn('enteredBy', t('enteredBy'), ({ enteredBy }) => enteredBy),
    instantColumn('enteredAt', t('enteredAt'), ({ enteredAt }) => enteredAt),
  ];
  return (
    <DataTable
      label={t('security')}
      path="/api/v1/security-deposits"
      columns={columns}
      rowKey={({ operator, reference }) => `${operator}/${reference}`}
      empty={t('noSecurity')}
      tools={officer && <AddSecurity />}
      filters={[{ id: 'operator', label: t('operator'), lookup: 'operator' }]}
    />
  );
}

function AddSecurity(): ReactElement {
  const t = useT();
  return (
    <Action
      label={t('addSecurity')}
      method="POST"
      path="/api/v1/security-deposits"
      explanation={t('securityHint')}
      fields={[
        { name: 'operator', label: t('operator'), required: true, lookup: 'operator' },
        { name: 'reference', label: t('reference'), required: true },
        {
          name: 'businessDate',
          label: t('coversFrom'),
          type: 'date',
          required: true,
          initial: jakartaToday(),
          hint: t('coversHint'),
        },
        { name: 'amount', label: `${t('amount')} (Rp)`, type: 'number', required: true },
        { name: 'treasuryAccount', label: t('treasuryAccount'), required: true, lookup: 'account' },
      ]}
    />
  );
}

/** Who owes the city. */
export function ArrearsList(): ReactElement {
  const t = useT();
  const kinds = DEBTORS.map((value) => ({ value, label: t(`debtor.${value}`) }));
  const columns: Column<Arrears>[] = [
    textColumn('debtorKind', t('kind'), ({ debtorKind }) => t(`debtor.${debtorKind}` as 'debtor.operator')),
    textColumn('debtor', t('debtor'), ({ debtor, name }) => (name ? `${name} (${debtor})` : debtor)),
    moneyColumn('amount', t('owed'), ({ amount }) => amount),
    moneyColumn('securityDeposit', t('securityLeft'), ({ debtorKind, securityDeposit }) =>
      debtorKind === 'operator' ? securityDeposit : null,
    ),
    dayColumn('since', t('since'), ({ since }) => since),
  ];
  return (
    <>
      <Text size="sm" c="dimmed" mb="xs">
        {t('arrearsHint')}
      </Text>
      <DataTable
        label={t('arrears')}
        path="/api/v1/arrears"
        columns={columns}
        rowKey={({ debtorKind, debtor }) => `${debtorKind}/${debtor}`}
        empty={t('noArrears')}
        link={({ debtorKind, debtor }) =>
          debtorKind === 'operator'
            ? '/money/minimums'
            : debtorKind === 'attendant'
              ? `/money/shifts?attendant=${encodeURIComponent(debtor)}&differencesOnly=true`
              : '/money/exceptions?state=mismatched'
        }
        filters={[{ id: 'debtorKind', label: t('kind'), options: kinds }]}
      />
    </>
  );
}
