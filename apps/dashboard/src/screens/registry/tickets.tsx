import { Badge, Button, Group, Modal } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { ReactElement } from 'react';
import { useIsOfficer } from '../../app/me';
import { texts } from '../../i18n/i18n';
import { Action, type Field } from '../../parts/action';
import type { Schemas } from '../../parts/api';
import { countColumn, dayColumn, instantColumn, textColumn } from '../../parts/columns';
import { DataTable, type Column } from '../../parts/data-table';
import { Details } from '../../parts/details';
import { useFormat } from '../../parts/figures';
import { jakartaToday } from '../../parts/format';

type Range = Schemas['TicketRangeDto'];

const useT = texts(
  'tickets',
  {
    tickets: 'Stok karcis',
    prefix: 'Seri',
    fromNumber: 'Nomor pertama',
    toNumber: 'Nomor terakhir',
    number: 'Memuat nomor',
    pieces: 'Karcis',
    used: 'Terpakai',
    left: 'Sisa',
    issuedOn: 'Dikeluarkan',
    closedOn: 'Ditutup',
    on: 'Pada hari',
    'ticket.issued': 'Beredar',
    'ticket.returned': 'Dikembalikan',
    'ticket.voided': 'Dibatalkan',
    'ticket.split': 'Dipecah',
    issue: 'Keluarkan karcis',
    return: 'Terima kembali',
    void: 'Batalkan',
    reissue: 'Keluarkan lagi',
    whole: 'Kosong: seluruh rentang',
    anybody: 'Kosong: siapa pun boleh memakai',
    voidHint: 'Karcis hilang, rusak, atau dicuri. Pembayaran dengan nomor ini menjadi pengecualian.',
    history: 'Riwayat',
    historyOf: 'Riwayat {{range}}',
    change: 'Perubahan',
    who: 'Oleh',
    detail: 'Rincian',
  },
  {
    tickets: 'Ticket stock',
    prefix: 'Series',
    fromNumber: 'First number',
    toNumber: 'Last number',
    number: 'Holds the number',
    pieces: 'Tickets',
    used: 'Used',
    left: 'Left',
    issuedOn: 'Issued',
    closedOn: 'Closed',
    on: 'On the day',
    'ticket.issued': 'Issued',
    'ticket.returned': 'Returned',
    'ticket.voided': 'Voided',
    'ticket.split': 'Split',
    issue: 'Issue tickets',
    return: 'Take back',
    void: 'Void',
    reissue: 'Issue again',
    whole: 'Empty: the whole range',
    anybody: 'Empty: anybody may use them',
    voidHint: 'Tickets lost, damaged or stolen. A payment with such a number becomes an exception.',
    history: 'History',
    historyOf: 'History of {{range}}',
    change: 'Change',
    who: 'By',
    detail: 'Details',
  },
);

const STATE_COLOURS = { issued: 'teal.9', returned: 'gray.7', voided: 'red.9' } as const;

const nameOf = ({ prefix, from, to }: Range): string => `${prefix}${from}–${prefix}${to}`;

/** Who has which numbers, and how many were used. */
export function Tickets(): ReactElement {
  const t = useT();
  const officer = useIsOfficer();
  const columns: Column<Range>[] = [
    textColumn('prefix', t('prefix'), ({ prefix }) => prefix),
    countColumn('from', t('fromNumber'), ({ from }) => from),
    countColumn('to', t('toNumber'), ({ to }) => to),
    {
      id: 'state',
      header: t('state'),
      cell: ({ state }) => <Badge color={STATE_COLOURS[state]}>{t(`ticket.${state}`)}</Badge>,
    },
    textColumn('attendant', t('attendant'), ({ attendant }) => attendant),
    countColumn('tickets', t('pieces'), ({ tickets }) => tickets),
    countColumn('used', t('used'), ({ used }) => used),
    countColumn('left', t('left'), ({ tickets, used }) => tickets - used, { sortable: false }),
    dayColumn('issuedOn', t('issuedOn'), ({ issuedOn }) => issuedOn),
    dayColumn('closedOn', t('closedOn'), ({ closedOn }) => closedOn, { hidden: true }),
    { id: 'actions', header: '', sortable: false, cell: (row) => <RangeActions row={row} officer={officer} /> },
  ];
  return (
    <DataTable
      label={t('tickets')}
      path="/api/v1/ticket-ranges"
      columns={columns}
      rowKey={({ id }) => String(id)}
      filters={[
        {
          id: 'state',
          label: t('state'),
          options: (['issued', 'returned', 'voided'] as const).map((value) => ({ value, label: t(`ticket.${value}`) })),
        },
        { id: 'attendant', label: t('attendant'), lookup: 'attendant' },
        { id: 'prefix', label: t('prefix') },
        { id: 'number', label: t('number') },
      ]}
      tools={officer && <Issue />}
    />
  );
}

function Issue(): ReactElement {
  const t = useT();
  return (
    <Action
      label={t('issue')}
      method="POST"
      path="/api/v1/ticket-ranges"
      fields={[
        { name: 'prefix', label: t('prefix'), required: true },
        { name: 'from', label: t('fromNumber'), type: 'number', required: true },
        { name: 'to', label: t('toNumber'), type: 'number', required: true },
        { name: 'attendant', label: t('attendant'), lookup: 'attendant', hint: t('anybody') },
        { name: 'issuedOn', label: t('issuedOn'), type: 'date', required: true, initial: jakartaToday() },
      ]}
    />
  );
}

function RangeActions({ row, officer }: { row: Range; officer: boolean }): ReactElement {
  const t = useT();
  const part: Field[] = [
    { name: 'from', label: t('fromNumber'), type: 'number', hint: t('whole') },
    { name: 'to', label: t('toNumber'), type: 'number', hint: t('whole') },
    { name: 'on', label: t('on'), type: 'date', required: true, initial: jakartaToday() },
    { name: 'reason', label: t('reason'), type: 'long', required: true },
  ];
  const shared = { method: 'POST', params: { id: row.id }, to: nameOf(row) } as const;
  const button = { size: 'compact-xs' as const, variant: 'default' };
  return (
    <Group gap={4} wrap="nowrap">
      {officer && row.state === 'issued' && (
        <>
          <Action
            {...shared}
            label={t('return')}
            path="/api/v1/ticket-ranges/{id}/return"
            fields={part}
            button={button}
          />
          <Action
            {...shared}
            label={t('void')}
            path="/api/v1/ticket-ranges/{id}/void"
            explanation={t('voidHint')}
            fields={part}
            dangerous
            button={{ size: 'compact-xs' }}
          />
        </>
      )}
      {officer && row.state === 'returned' && (
        <Action
          {...shared}
          label={t('reissue')}
          path="/api/v1/ticket-ranges/{id}/issue"
          fields={[...part, { name: 'attendant', label: t('attendant'), lookup: 'attendant', hint: t('anybody') }]}
          button={button}
        />
      )}
      <History row={row} />
    </Group>
  );
}

function History({ row }: { row: Range }): ReactElement {
  const t = useT();
  const format = useFormat();
  const [opened, { open, close }] = useDisclosure();
  const columns: Column<Schemas['TicketEventDto']>[] = [
    instantColumn('at', t('time'), ({ at }) => at),
    textColumn('change', t('change'), ({ change }) => t(`ticket.${change}` as 'ticket.split')),
    textColumn('actor', t('who'), ({ actor }) => actor),
    { id: 'detail', header: t('detail'), sortable: false, cell: ({ detail }) => <Details of={detail} /> },
  ];
  const title = `${t('historyOf', { range: nameOf(row) })} · ${format.integer(row.tickets)}`;
  return (
    <>
      <Button size="compact-xs" variant="subtle" aria-haspopup="dialog" onClick={open}>
        {t('history')}
      </Button>
      <Modal opened={opened} onClose={close} title={title} size="xl">
        <DataTable
          label={t('history')}
          path="/api/v1/ticket-ranges/{id}/events"
          params={{ id: row.id }}
          columns={columns}
          rowKey={({ id }) => String(id)}
          prefix="e-"
        />
      </Modal>
    </>
  );
}
