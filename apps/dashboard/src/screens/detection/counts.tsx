import type { ReactElement } from 'react';
import { useIsOfficer } from '../../app/me';
import { Action } from '../../parts/action';
import type { Schemas } from '../../parts/api';
import { dayColumn, instantColumn, textColumn, ToPoint } from '../../parts/columns';
import { DataTable, type Column } from '../../parts/data-table';
import { CsvImport } from '../../parts/import';
import { countOf, Revise, useClassFields, useSeen } from './revisions';
import { useT } from './texts';

type FieldCount = Schemas['FieldCountDto'];

const CSV = 'point,date,from,to,team,note,motorcycle,motorcycleExempt,car,carExempt,minibus,truck,trailer';

export function Counts(): ReactElement {
  const t = useT();
  const officer = useIsOfficer();
  const told = useSeen();
  const columns: Column<FieldCount>[] = [
    textColumn('point', t('point'), ({ point }) => <ToPoint code={point} />),
    dayColumn('businessDate', t('businessDate'), ({ businessDate }) => businessDate),
    instantColumn('from', t('fromTime'), ({ from }) => from),
    instantColumn('to', t('toTime'), ({ to }) => to),
    textColumn(
      'classes',
      t('counted'),
      ({ classes, withdrawn }) => (withdrawn ? <s>{told(classes)}</s> : told(classes)),
      { sortable: false },
    ),
    textColumn('team', t('team'), ({ team }) => team),
    textColumn('source', t('source'), ({ source }) => t(`source.${source}`)),
    textColumn('note', t('note'), ({ note }) => note, { sortable: false }),
    { id: 'actions', header: '', sortable: false, cell: (row) => <Revise row={row} officer={officer} /> },
  ];
  return (
    <DataTable
      label={t('counts')}
      path="/api/v1/field-counts"
      columns={columns}
      rowKey={({ id }) => id}
      filters={[
        { id: 'point', label: t('point'), lookup: 'point' },
        { id: 'from', label: t('from'), type: 'date' },
        { id: 'to', label: t('to'), type: 'date' },
      ]}
      tools={
        officer && (
          <>
            <CsvImport label={t('importCounts')} path="/api/v1/field-counts/import" columns={CSV} />
            <Enter />
          </>
        )
      }
    />
  );
}

/** Made for a phone in the street: a point, two times, a number a class. */
function Enter(): ReactElement {
  const t = useT();
  const classes = useClassFields();
  return (
    <Action
      label={t('enter')}
      method="POST"
      path="/api/v1/field-counts"
      explanation={t('countsHint')}
      fields={[
        { name: 'point', label: t('point'), lookup: 'point', required: true },
        { name: 'from', label: t('fromTime'), type: 'datetime', required: true },
        { name: 'to', label: t('toTime'), type: 'datetime', required: true },
        ...classes,
        { name: 'team', label: t('team') },
        { name: 'note', label: t('note') },
      ]}
      body={(values) => countOf(values)}
    />
  );
}
