import { Anchor } from '@mantine/core';
import { Link, useSearch } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import type { Search } from '../../app/search';
import { useGet, type Page, type Query, type Schemas } from '../../parts/api';
import {
  Count,
  dayColumn,
  instantColumn,
  moneyColumn,
  PATTERNS,
  textColumn,
  ToCase,
  ToDevice,
  ToPoint,
  ToRecord,
  useChoices,
} from '../../parts/columns';
import { DataTable, type Column } from '../../parts/data-table';
import { ExceptionDetails } from '../../parts/exception-details';
import { Figure, Instant, Money, Pattern, State } from '../../parts/figures';
import { EvidenceLinks } from './exception-views';
import { useT } from './texts';

type Exception = Schemas['ExceptionDto'];
type Balance = Schemas['BalanceDto'];

const PATH = '/api/v1/exceptions';
const STATES = ['mismatched', 'expected', 'resolved'] as const;
const FILTERS = ['state', 'pattern', 'point', 'attendant', 'device', 'from', 'to'] as const;

/** What does not add up, exactly: what will still come is kept apart from what will not. */
export function Exceptions(): ReactElement {
  const t = useT();
  const states = useChoices('state');
  const patterns = useChoices('pattern');
  const columns: Column<Exception>[] = [
    { id: 'pattern', header: t('pattern'), cell: ({ pattern }) => <Pattern of={pattern} /> },
    { id: 'state', header: t('state'), cell: ({ state }) => <State of={state} /> },
    dayColumn('businessDate', t('businessDate'), ({ businessDate }) => businessDate),
    moneyColumn('amount', t('amount'), ({ amount }) => amount),
    textColumn('point', t('point'), ({ point }) => <ToPoint code={point} />),
    textColumn(
      'subject',
      t('who'),
      ({ subjectKind, subject }) => `${t(`party.${subjectKind}` as 'party.bank')} ${subject}`,
    ),
    {
      id: 'evidence',
      header: t('evidence'),
      sortable: false,
      cell: ({ evidence, businessDate }) => <EvidenceLinks of={evidence} day={businessDate} />,
    },
    {
      id: 'details',
      header: t('details'),
      sortable: false,
      cell: ({ details }) => <ExceptionDetails of={details} />,
    },
    { id: 'dueAt', header: t('deadline'), cell: ({ dueAt }) => <Instant at={dueAt} relative /> },
    textColumn('caseId', t('case'), ({ caseId }) => <ToCase id={caseId} />),
    textColumn('ruleVersion', t('ruleVersion'), ({ ruleVersion }) => (
      <Anchor component={Link} to="/registry/rules" inherit>
        {ruleVersion}
      </Anchor>
    )),
    textColumn('device', t('device'), ({ device }) => <ToDevice id={device} />, { hidden: true }),
    textColumn('attendant', t('attendant'), ({ attendant }) => attendant, { hidden: true }),
    textColumn('record', t('record'), ({ record }) => <ToRecord of={record} />, { hidden: true }),
    instantColumn('resolvedAt', t('resolvedAt'), ({ resolvedAt }) => resolvedAt, { hidden: true }),
  ];
  return (
    <>
      <States />
      <DataTable
        label={t('exceptions')}
        path={PATH}
        columns={columns}
        phone={['pattern', 'state', 'amount']}
        rowKey={({ id }) => id}
        filters={[
          { id: 'state', label: t('state'), options: states(STATES) },
          { id: 'pattern', label: t('pattern'), options: patterns(PATTERNS) },
          { id: 'point', label: t('point'), lookup: 'point' },
          { id: 'attendant', label: t('attendant'), lookup: 'attendant' },
          { id: 'device', label: t('device'), lookup: 'device' },
          { id: 'from', label: t('from'), type: 'date' },
          { id: 'to', label: t('to'), type: 'date' },
        ]}
      />
    </>
  );
}

/** How much stands in each state under the other filters; each leads to its rows. */
function States(): ReactElement {
  const search = useSearch({ strict: false }) as Search;
  const asked = Object.fromEntries(FILTERS.map((id) => [id, search[id]]));
  return (
    <div className="grid-figures" style={{ marginBottom: 'var(--mantine-spacing-sm)' }}>
      {STATES.map((state) => (
        <OneState key={state} state={state} asked={asked} />
      ))}
    </div>
  );
}

function OneState({ state, asked }: { state: string; asked: Query }): ReactElement {
  const t = useT();
  const query = { ...asked, state };
  const answer = useGet<Page<Exception>>(PATH, { query: { ...query, limit: 1 } });
  return (
    <Figure
      label={t(`state.${state}` as 'state')}
      value={answer.data ? <Count value={answer.data.total} /> : '…'}
      hint={answer.data ? <Money amount={answer.data.sums?.amount} /> : ' '}
      to="/money/exceptions"
      search={Object.fromEntries(Object.entries(query).filter(([, value]) => value)) as Record<string, string>}
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
      filters={[
        { id: 'account', label: t('account'), type: 'search' },
        { id: 'until', label: t('until'), type: 'date' },
      ]}
    />
  );
}
