import { Anchor, Badge, Button, Modal } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { useIsOfficer } from '../../app/me';
import { useGet, type Page, type Schemas } from '../../parts/api';
import {
  codeColumn,
  countColumn,
  dayColumn,
  instantColumn,
  moneyColumn,
  textColumn,
  ToDevice,
  ToPoint,
} from '../../parts/columns';
import { DataTable, type Column } from '../../parts/data-table';
import { Answer } from '../../parts/states';
import { Errors, Upload } from './upload';
import { useT } from './texts';

type File = Schemas['ReceivedFileDto'];
type Line = Schemas['SettlementLineDto'];

type Kind = 'settlements' | 'bank-statements';

const COLOURS: Readonly<Record<File['state'], string>> = {
  received: 'gray.7',
  importing: 'blue.8',
  imported: 'teal.9',
  refused: 'red.9',
};

/** Files that came, of acquirers or of the bank. */
export function Files({ kind }: { kind: Kind }): ReactElement {
  const t = useT();
  const officer = useIsOfficer();
  const columns: Column<File>[] = [
    textColumn('name', t('file'), ({ id, name }) => <ToLines kind={kind} id={id} name={name} />),
    textColumn('adapter', t('format'), ({ adapter }) => adapter),
    {
      id: 'state',
      header: t('state'),
      cell: ({ state, progress }) => (
        <Badge variant="filled" color={COLOURS[state]}>
          {t(`file.${state}`)} {state === 'importing' && `${progress} %`}
        </Badge>
      ),
    },
    countColumn('lines', t('lines'), ({ lines }) => lines),
    countColumn('accepted', t('accepted'), ({ accepted }) => accepted),
    countColumn('duplicates', t('duplicates'), ({ duplicates }) => duplicates),
    { id: 'errors', header: t('errors'), number: true, cell: (row) => <ErrorsOf kind={kind} row={row} /> },
    instantColumn('receivedAt', t('receivedAt'), ({ receivedAt }) => receivedAt),
    textColumn('receivedBy', t('receivedBy'), ({ receivedBy }) => receivedBy, { hidden: true }),
  ];
  const label = t(kind === 'settlements' ? 'settlements' : 'bank');
  return (
    <DataTable
      label={label}
      path={`/api/v1/${kind}`}
      columns={columns}
      rowKey={({ id }) => String(id)}
      everyMs={10_000}
      filters={[
        {
          id: 'state',
          label: t('state'),
          options: (['received', 'importing', 'imported', 'refused'] as const).map((value) => ({
            value,
            label: t(`file.${value}`),
          })),
        },
      ]}
      tools={officer && <Upload kind={kind} label={t(kind === 'settlements' ? 'uploadSettlement' : 'uploadBank')} />}
    />
  );
}

/** A file leads to the lines that came with it. */
function ToLines({ kind, id, name }: { kind: Kind; id: number; name: string }): ReactElement {
  const to = kind === 'settlements' ? '/money/rows' : '/money/bank-entries';
  return (
    <Anchor component={Link} to={to} search={{ fileId: String(id) } as never} inherit>
      {name}
    </Anchor>
  );
}

export function Settlements(): ReactElement {
  return <Files kind="settlements" />;
}

function ErrorsOf({ kind, row }: { kind: Kind; row: File }): ReactElement {
  const t = useT();
  const [opened, { open, close }] = useDisclosure();
  const answer = useGet<Page<Schemas['FileErrorDto']>>(`/api/v1/${kind}/{id}/errors`, {
    params: { id: row.id },
    query: { limit: 200 },
    enabled: opened,
  });
  if (row.errors === 0) return <span>0</span>;
  return (
    <>
      <Button size="compact-xs" variant="default" aria-haspopup="dialog" onClick={open}>
        {t('showErrors', { count: row.errors })}
      </Button>
      <Modal opened={opened} onClose={close} title={row.name} size="xl">
        <Answer of={answer} height={200}>
          {({ rows }) => <Errors rows={rows} />}
        </Answer>
      </Modal>
    </>
  );
}

export function SettlementRows(): ReactElement {
  const t = useT();
  const columns: Column<Line>[] = [
    textColumn('acquirer', t('acquirer'), ({ acquirer }) => acquirer),
    textColumn('kind', t('kind'), ({ kind }) => t(`line.${kind}` as 'line.payment')),
    codeColumn('transactionId', t('number'), ({ transactionId }) => transactionId),
    codeColumn('orderId', t('orderId'), ({ orderId }) => orderId),
    textColumn('point', t('point'), ({ point }) => <ToPoint code={point} />),
    textColumn('device', t('device'), ({ device }) => <ToDevice id={device} />),
    moneyColumn('amount', t('amount'), ({ amount }) => amount),
    moneyColumn('fee', t('fee'), ({ fee }) => fee),
    moneyColumn('net', t('net'), ({ net }) => net),
    instantColumn('transactionAt', t('transactionAt'), ({ transactionAt }) => transactionAt),
    dayColumn('settlementDate', t('settlementDate'), ({ settlementDate }) => settlementDate),
    codeColumn('batchId', t('batch'), ({ batchId }) => batchId, { hidden: true }),
    textColumn('rrn', 'RRN', ({ rrn }) => rrn, { hidden: true }),
    textColumn('nmid', 'NMID', ({ nmid }) => nmid, { hidden: true }),
  ];
  return (
    <DataTable
      label={t('settlementRows')}
      path="/api/v1/settlement-rows"
      columns={columns}
      rowKey={({ id }) => id}
      filters={[
        { id: 'acquirer', label: t('acquirer'), lookup: 'acquirer' },
        { id: 'batchId', label: t('batch') },
        { id: 'orderId', label: t('orderId') },
        { id: 'transactionId', label: t('number') },
        { id: 'point', label: t('point'), lookup: 'point' },
        { id: 'from', label: t('from'), type: 'date' },
        { id: 'to', label: t('to'), type: 'date' },
        { id: 'fileId', label: t('file') },
      ]}
    />
  );
}
