import type { ReactElement } from 'react';
import { useIsOfficer } from '../../app/me';
import { texts } from '../../i18n/i18n';
import { Action } from '../../parts/action';
import type { Schemas } from '../../parts/api';
import { dayColumn, textColumn } from '../../parts/columns';
import { DataTable, type Column } from '../../parts/data-table';
import { jakartaToday } from '../../parts/format';

const useT = texts(
  'holidays',
  {
    holidays: 'Hari libur',
    add: 'Tambah hari libur',
    remove: 'Hapus',
    hint: 'Hari libur menggeser tenggat setoran dan nota kredit; tenggat yang bergeser dinilai ulang.',
  },
  {
    holidays: 'Holidays',
    add: 'Add a holiday',
    remove: 'Remove',
    hint: 'Holidays move the deadlines of deposits and credit notes; deadlines that move are judged again.',
  },
);

/** Days on which nobody has to hand money in. */
export function Holidays(): ReactElement {
  const t = useT();
  const officer = useIsOfficer();
  const columns: Column<Schemas['HolidayDto']>[] = [
    dayColumn('day', t('date'), ({ day }) => day),
    textColumn('name', t('name'), ({ name }) => name),
    {
      id: 'actions',
      header: '',
      sortable: false,
      cell: ({ day, name }) =>
        officer && (
          <Action
            label={t('remove')}
            to={name}
            method="DELETE"
            path="/api/v1/holidays/{day}"
            params={{ day }}
            explanation={t('hint')}
            undo={{ method: 'POST', path: '/api/v1/holidays', body: { day, name } }}
            dangerous
            button={{ size: 'compact-xs' }}
          />
        ),
    },
  ];
  return (
    <DataTable
      label={t('holidays')}
      path="/api/v1/holidays"
      columns={columns}
      rowKey={({ day }) => day}
      filters={[
        { id: 'from', label: t('from'), type: 'date' },
        { id: 'to', label: t('to'), type: 'date' },
      ]}
      tools={
        officer && (
          <Action
            label={t('add')}
            method="POST"
            path="/api/v1/holidays"
            explanation={t('hint')}
            fields={[
              { name: 'day', label: t('date'), type: 'date', required: true, initial: jakartaToday() },
              { name: 'name', label: t('name'), required: true },
            ]}
          />
        )
      }
    />
  );
}
