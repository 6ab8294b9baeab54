import type { ReactElement } from 'react';
import type { Schemas } from '../../parts/api';
import { codeColumn, dayColumn, moneyColumn, textColumn } from '../../parts/columns';
import { DataTable, type Column } from '../../parts/data-table';
import { yesOrNo } from '../../parts/field';
import { Files } from './settlements';
import { useT } from './texts';

type Entry = Schemas['BankEntryDto'];

export function BankStatements(): ReactElement {
  return <Files kind="bank-statements" />;
}

export function BankEntries(): ReactElement {
  const t = useT();
  const columns: Column<Entry>[] = [
    dayColumn('valueDate', t('valueDate'), ({ valueDate }) => valueDate),
    codeColumn('account', t('account'), ({ account }) => account),
    textColumn('direction', t('direction'), ({ direction }) => t(direction as 'credit')),
    moneyColumn('amount', t('amount'), ({ amount }) => amount),
    codeColumn('reference', t('reference'), ({ reference }) => reference),
    textColumn('description', t('description'), ({ description }) => description),
    codeColumn('slip', t('slip'), ({ slip }) => slip),
    textColumn('batches', t('batches'), ({ batches }) => batches.join(', '), { sortable: false }),
    textColumn('entryId', t('entryId'), ({ entryId }) => entryId, { hidden: true }),
  ];
  return (
    <DataTable
      label={t('bankEntries')}
      path="/api/v1/bank-entries"
      columns={columns}
      rowKey={({ id }) => id}
      filters={[
        {
          id: 'matched',
          label: t('matched'),
          options: yesOrNo(t),
        },
        { id: 'account', label: t('account'), lookup: 'account' },
        { id: 'reference', label: t('reference') },
        { id: 'from', label: t('from'), type: 'date' },
        { id: 'to', label: t('to'), type: 'date' },
        { id: 'fileId', label: t('file') },
      ]}
    />
  );
}
