import { Anchor } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { useIsOfficer } from '../../app/me';
import type { Schemas } from '../../parts/api';
import { codeColumn, Count, dayColumn, moneyColumn, textColumn } from '../../parts/columns';
import { DataTable, type Column } from '../../parts/data-table';
import { AddSlip } from './slip-form';
import { useT } from './texts';

type Batch = Schemas['SettlementBatchDto'];

/** Acquirers' batches: what each settled, whether the bank has it, and the slip that takes it to the treasury. */
export function Batches(): ReactElement {
  const t = useT();
  const officer = useIsOfficer();
  const columns: Column<Batch>[] = [
    dayColumn('settlementDate', t('settlementDate'), ({ settlementDate }) => settlementDate),
    codeColumn('acquirer', t('acquirer'), ({ acquirer }) => acquirer),
    codeColumn('batchId', t('batch'), ({ batchId }) => batchId),
    {
      id: 'lines',
      header: t('lines'),
      number: true,
      cell: ({ acquirer, batchId, lines }) =>
        batchId ? (
          <Anchor component={Link} to="/money/rows" search={{ acquirer, batchId } as never} inherit>
            <Count value={lines} />
          </Anchor>
        ) : (
          <Count value={lines} />
        ),
    },
    moneyColumn('amount', t('amount'), ({ amount }) => amount),
    moneyColumn('fee', t('fee'), ({ fee }) => fee),
    moneyColumn('net', t('net'), ({ net }) => net),
    textColumn('paidOut', t('paidOut'), ({ paidOut }) => t(paidOut ? 'yes' : 'no')),
    codeColumn('slip', t('slip'), ({ slip }) => slip),
  ];
  return (
    <DataTable
      label={t('batches')}
      path="/api/v1/settlement-batches"
      columns={columns}
      rowKey={({ acquirer, batchId }) => `${acquirer}/${batchId}`}
      tools={officer && <AddSlip />}
      filters={[
        { id: 'acquirer', label: t('acquirer'), lookup: 'acquirer' },
        { id: 'open', label: t('slip'), options: [{ value: 'true', label: t('withoutSlip') }] },
        { id: 'from', label: t('from'), type: 'date' },
        { id: 'to', label: t('to'), type: 'date' },
      ]}
    />
  );
}
