import type { ReactElement } from 'react';
import { texts } from '../../i18n/i18n';
import type { Schemas } from '../../parts/api';
import { dayColumn, instantColumn, moneyColumn, textColumn, ToCase, ToPoint } from '../../parts/columns';
import { DataTable, type Column } from '../../parts/data-table';
import { ExceptionDetails } from '../../parts/exception-details';
import { Instant, State } from '../../parts/figures';
import { EvidenceLinks, useView, ViewChoice, type View } from './exception-views';
import { useT as useMoney } from './texts';

type Exception = Schemas['ExceptionDto'];

const useT = texts(
  'money-due',
  {
    due: 'Wajib setor',
    dueHint:
      'Uang yang sudah dihitung dan belum sampai: dari juru parkir, pengumpul, atau pengelola ke bendahara (TBP), dan dari bendahara ke bank (STS). Tenggat dihitung dalam hari kerja.',
    expected: 'Masih dalam tenggat',
    late: 'Lewat tenggat',
    short: 'Disetor sebagian',
    noNote: 'STS tanpa nota kredit',
    dueAt: 'Tenggat',
    who: 'Siapa',
    missing: 'Belum sampai',
    papers: 'Kertas',
    nothing: 'Tidak ada yang terutang di sini.',
    minimums: 'Setoran minimum',
    minimumsHint:
      'Hari yang setorannya di bawah setoran minimum kontrak. Kekurangan diambil dari uang jaminan; sisanya menjadi tunggakan.',
    below: 'Di bawah minimum',
    soon: 'Masih ditunggu',
    made: 'Sudah dipenuhi',
    minimum: 'Minimum',
    deposited: 'Disetor',
    shortfall: 'Kekurangan',
    noShortfall: 'Tidak ada hari di bawah setoran minimum.',
  },
  {
    due: 'To be handed in',
    dueHint:
      'Money that was counted and has not arrived: from attendants, collectors or operators to the treasurer (TBP), and from the treasurer to the bank (STS). Deadlines count working days.',
    expected: 'Still in time',
    late: 'Past the deadline',
    short: 'Handed in part',
    noNote: 'Slips without credit note',
    dueAt: 'Deadline',
    who: 'Who',
    missing: 'Not arrived',
    papers: 'Papers',
    nothing: 'Nobody owes anything here.',
    minimums: 'Minimum deposits',
    minimumsHint:
      "Days on which less was deposited than the contract's minimum. A shortfall is drawn on the security deposit; the rest is arrears.",
    below: 'Below the minimum',
    soon: 'Still expected',
    made: 'Made good',
    minimum: 'Minimum',
    deposited: 'Deposited',
    shortfall: 'Shortfall',
    noShortfall: 'No day is below the minimum deposit.',
  },
);

/** What should be on its way to the treasury and is not there, with the instant from which it is late. */
export function Due(): ReactElement {
  const t = useT();
  const money = useMoney();
  const late = 'late-deposit';
  const views: [View, ...View[]] = [
    { key: 'expected', label: t('expected'), query: { pattern: late, state: 'expected' } },
    { key: 'late', label: t('late'), query: { pattern: late, state: 'mismatched' } },
    { key: 'short', label: t('short'), query: { pattern: 'short-deposit', state: 'mismatched' } },
    { key: 'no-note', label: t('noNote'), query: { pattern: 'no-credit-note', state: 'mismatched' } },
  ];
  const { query } = useView(views);
  const columns: Column<Exception>[] = [
    { id: 'dueAt', header: t('dueAt'), cell: ({ dueAt }) => <Instant at={dueAt} relative /> },
    textColumn(
      'subject',
      t('who'),
      ({ subjectKind, subject }) => `${money(`party.${subjectKind}` as 'party.bank')} ${subject}`,
    ),
    textColumn('point', t('point'), ({ point }) => <ToPoint code={point} />),
    dayColumn('businessDate', money('businessDate'), ({ businessDate }) => businessDate),
    moneyColumn('amount', t('missing'), ({ amount }) => amount),
    {
      id: 'details',
      header: money('details'),
      sortable: false,
      cell: ({ details }) => <ExceptionDetails of={details} />,
    },
    {
      id: 'evidence',
      header: t('papers'),
      sortable: false,
      cell: ({ evidence, businessDate }) => <EvidenceLinks of={evidence} day={businessDate} />,
    },
    textColumn('caseId', money('case'), ({ caseId }) => <ToCase id={caseId} />),
  ];
  return (
    <>
      <ViewChoice views={views} hint={t('dueHint')} />
      <DataTable
        label={t('due')}
        path="/api/v1/exceptions"
        query={query}
        columns={columns}
        rowKey={({ id }) => id}
        empty={t('nothing')}
        filters={[
          { id: 'point', label: t('point'), lookup: 'point' },
          { id: 'attendant', label: t('attendant'), lookup: 'attendant' },
          { id: 'from', label: t('from'), type: 'date' },
          { id: 'to', label: t('to'), type: 'date' },
        ]}
      />
    </>
  );
}

/** An operator's days below the contract's minimum. */
export function Minimums(): ReactElement {
  const t = useT();
  const money = useMoney();
  const pattern = 'below-minimum';
  const views: [View, ...View[]] = [
    { key: 'below', label: t('below'), query: { pattern, state: 'mismatched' } },
    { key: 'soon', label: t('soon'), query: { pattern, state: 'expected' } },
    { key: 'made', label: t('made'), query: { pattern, state: 'resolved' } },
  ];
  const { query } = useView(views);
  const detail = (name: string) => (row: Exception) => row.details[name] as number | undefined;
  const columns: Column<Exception>[] = [
    dayColumn('businessDate', money('businessDate'), ({ businessDate }) => businessDate),
    textColumn('subject', t('operator'), ({ subject }) => subject),
    moneyColumn('minimum', t('minimum'), detail('minimum'), { sortable: false }),
    moneyColumn('deposited', t('deposited'), detail('deposited'), { sortable: false }),
    moneyColumn('amount', t('shortfall'), ({ amount }) => amount),
    { id: 'state', header: t('state'), cell: ({ state }) => <State of={state} /> },
    instantColumn('dueAt', t('dueAt'), ({ dueAt }) => dueAt),
    textColumn('caseId', money('case'), ({ caseId }) => <ToCase id={caseId} />),
  ];
  return (
    <>
      <ViewChoice views={views} hint={t('minimumsHint')} />
      <DataTable
        label={t('minimums')}
        path="/api/v1/exceptions"
        query={query}
        columns={columns}
        rowKey={({ id }) => id}
        empty={t('noShortfall')}
        filters={[
          { id: 'from', label: t('from'), type: 'date' },
          { id: 'to', label: t('to'), type: 'date' },
        ]}
      />
    </>
  );
}
