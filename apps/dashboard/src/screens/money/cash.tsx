import { Text } from '@mantine/core';
import type { ReactElement } from 'react';
import { texts } from '../../i18n/i18n';
import type { Schemas } from '../../parts/api';
import {
  codeColumn,
  countColumn,
  dayColumn,
  instantColumn,
  moneyColumn,
  textColumn,
  ToJournal,
  ToPoint,
  ToRecord,
} from '../../parts/columns';
import { DataTable, type Column, type Filter } from '../../parts/data-table';
import { Money } from '../../parts/figures';

type Shift = Schemas['ShiftDto'];
type Collection = Schemas['CollectionDto'];
type CashLine = Shift | Collection;

const useT = texts(
  'money-cash',
  {
    shifts: 'Giliran',
    collections: 'Pengambilan uang meter',
    blind:
      'Juru parkir menyatakan uangnya sebelum terminal menunjukkan jumlah apa pun (pernyataan buta). Terhitung = dinyatakan dikurangi uang kembalian. Selisih negatif berarti kurang.',
    collected: 'Isi meter menurut catatannya, dan yang dihitung pengumpul. Selisih negatif berarti kurang.',
    terminalAmount: 'Menurut terminal',
    declaredAmount: 'Dinyatakan',
    floatAmount: 'Uang kembalian',
    countedAmount: 'Terhitung',
    difference: 'Selisih',
    number: 'Nomor',
    shift: 'Giliran',
    openedAt: 'Dibuka',
    closedAt: 'Ditutup',
    complete: 'Catatan lengkap',
    collector: 'Pengumpul',
    record: 'Catatan asli',
    records: 'Catatan',
    differencesOnly: 'Selisih',
    onlyDifferent: 'Hanya yang berselisih',
    businessDate: 'Hari usaha',
  },
  {
    shifts: 'Shifts',
    collections: 'Meter collections',
    blind:
      'Attendants declare their cash before the terminal shows any sum (blind declaration). Counted = declared less the float. A negative difference is short.',
    collected: 'What the meter registered, and what the collector counted. A negative difference is short.',
    terminalAmount: 'By the terminal',
    declaredAmount: 'Declared',
    floatAmount: 'Float',
    countedAmount: 'Counted',
    difference: 'Difference',
    number: 'Number',
    shift: 'Shift',
    openedAt: 'Opened',
    closedAt: 'Closed',
    complete: 'Records complete',
    collector: 'Collector',
    record: 'Raw record',
    records: 'Records',
    differencesOnly: 'Differences',
    onlyDifferent: 'Only where they differ',
    businessDate: 'Business day',
  },
);

/** Short is what somebody answers for: it stands out. */
function Difference({ amount }: { amount: number | null }): ReactElement {
  return (
    <Text span inherit {...(amount && { c: amount < 0 ? 'red' : 'orange', fw: 600 })} className="difference">
      <Money amount={amount} />
    </Text>
  );
}

/** The line that a till report has everywhere: terminal, counted, difference. */
function useSums<Row extends CashLine>(): Column<Row>[] {
  const t = useT();
  return [
    moneyColumn('terminalAmount', t('terminalAmount'), ({ terminalAmount }) => terminalAmount),
    moneyColumn('countedAmount', t('countedAmount'), ({ countedAmount }) => countedAmount),
    {
      id: 'difference',
      header: t('difference'),
      number: true,
      cell: ({ difference }) => <Difference amount={difference} />,
    },
  ];
}

function useFilters(person: Filter): Filter[] {
  const t = useT();
  return [
    { id: 'from', label: t('from'), type: 'date' },
    { id: 'to', label: t('to'), type: 'date' },
    { id: 'point', label: t('point'), lookup: 'point' },
    { id: 'operator', label: t('operator'), lookup: 'operator' },
    person,
    { id: 'device', label: t('device'), lookup: 'device' },
    { id: 'differencesOnly', label: t('differencesOnly'), options: [{ value: 'true', label: t('onlyDifferent') }] },
  ];
}

export function Shifts(): ReactElement {
  const t = useT();
  const [terminal, counted, difference] = useSums<Shift>() as [Column<Shift>, Column<Shift>, Column<Shift>];
  const columns: Column<Shift>[] = [
    dayColumn('businessDate', t('businessDate'), ({ businessDate }) => businessDate),
    codeColumn('shift', t('number'), ({ shift }) => shift),
    codeColumn('attendant', t('attendant'), ({ attendant }) => attendant),
    textColumn('point', t('point'), ({ point }) => <ToPoint code={point} />),
    terminal,
    moneyColumn('declaredAmount', t('declaredAmount'), ({ declaredAmount }) => declaredAmount),
    counted,
    difference,
    textColumn('complete', t('complete'), ({ complete }) => t(complete ? 'yes' : 'no')),
    instantColumn('closedAt', t('closedAt'), ({ closedAt }) => closedAt),
    textColumn('device', t('records'), ({ device, businessDate }) => <ToJournal device={device} day={businessDate} />),
    textColumn('operator', t('operator'), ({ operator }) => operator, { hidden: true }),
    textColumn('district', t('district'), ({ district }) => district, { hidden: true }),
    moneyColumn('floatAmount', t('floatAmount'), ({ floatAmount }) => floatAmount, { hidden: true }),
    instantColumn('openedAt', t('openedAt'), ({ openedAt }) => openedAt, { hidden: true }),
  ];
  return (
    <>
      <Text size="sm" c="dimmed" mb="xs">
        {t('blind')}
      </Text>
      <DataTable
        label={t('shifts')}
        path="/api/v1/shifts"
        columns={columns}
        rowKey={(row) => `${row.device}/${row.shift}/${row.businessDate}`}
        filters={useFilters({ id: 'attendant', label: t('attendant'), lookup: 'attendant' })}
      />
    </>
  );
}

export function Collections(): ReactElement {
  const t = useT();
  const columns: Column<Collection>[] = [
    dayColumn('businessDate', t('businessDate'), ({ businessDate }) => businessDate),
    countColumn('number', t('number'), ({ number }) => number),
    textColumn('collector', t('collector'), ({ collector }) => collector),
    textColumn('point', t('point'), ({ point }) => <ToPoint code={point} />),
    ...useSums<Collection>(),
    instantColumn('at', t('time'), ({ at }) => at),
    textColumn('record', t('record'), ({ record }) => <ToRecord of={record} />),
    textColumn('device', t('records'), ({ device, businessDate }) => <ToJournal device={device} day={businessDate} />),
    textColumn('operator', t('operator'), ({ operator }) => operator, { hidden: true }),
    textColumn('district', t('district'), ({ district }) => district, { hidden: true }),
  ];
  return (
    <>
      <Text size="sm" c="dimmed" mb="xs">
        {t('collected')}
      </Text>
      <DataTable
        label={t('collections')}
        path="/api/v1/collections"
        columns={columns}
        rowKey={({ record }) => record}
        filters={useFilters({ id: 'collector', label: t('collector') })}
      />
    </>
  );
}
