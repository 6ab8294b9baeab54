import type { ReactElement } from 'react';
import { useIsOfficer } from '../../app/me';
import { Action } from '../../parts/action';
import type { Schemas } from '../../parts/api';
import { dayColumn, textColumn, ToPoint, useChoices, Word } from '../../parts/columns';
import { DataTable, type Column } from '../../parts/data-table';
import { jakartaToday } from '../../parts/format';
import { CsvImport } from '../../parts/import';
import { End, useValidity, useValidityColumns } from './effective';
import { useT } from './texts';

type Zone = Schemas['FreeZoneDto'];
type Event = Schemas['CalendarEventDto'];

const EVENT_KINDS = [
  'event',
  'road-works',
  'closure',
  'school-holiday',
  'ramadan',
  'flood',
  'rain',
  'ordinary',
  'moved',
  'other',
] as const;

export function FreeZones(): ReactElement {
  const t = useT();
  const officer = useIsOfficer();
  const columns: Column<Zone>[] = [
    textColumn('point', t('point'), ({ point }) => <ToPoint code={point} />),
    textColumn('basis', t('basis'), ({ basis }) => basis),
    ...useValidityColumns<Zone>('datetime'),
    {
      id: 'actions',
      header: '',
      sortable: false,
      cell: (row) =>
        officer &&
        !row.validTo && (
          <End path="/api/v1/free-zones/{id}/end" params={{ id: row.id }} grain="datetime" to={row.point} />
        ),
    },
  ];
  return (
    <DataTable
      label={t('freeZones')}
      path="/api/v1/free-zones"
      columns={columns}
      rowKey={({ id }) => String(id)}
      filters={[{ id: 'point', label: t('point'), lookup: 'point' }]}
      tools={
        officer && (
          <Action
            label={t('addFreeZone')}
            method="POST"
            path="/api/v1/free-zones"
            fields={[
              { name: 'point', label: t('point'), lookup: 'point', required: true },
              { name: 'basis', label: t('basis') },
              ...useValidity('datetime'),
            ]}
          />
        )
      }
    />
  );
}

/** Days on which the city is not as usual: they raise no suspicion. */
export function Calendar(): ReactElement {
  const t = useT();
  const officer = useIsOfficer();
  const kinds = useChoices('event')(EVENT_KINDS);
  const columns: Column<Event>[] = [
    textColumn('name', t('name'), ({ name }) => name),
    textColumn('kind', t('eventKind'), ({ kind }) => <Word group="event" of={kind} />),
    dayColumn('from', t('from'), ({ from }) => from),
    dayColumn('to', t('to'), ({ to }) => to),
    textColumn('point', t('where'), ({ point, district }) =>
      point ? <ToPoint code={point} /> : (district ?? t('city')),
    ),
    {
      id: 'actions',
      header: '',
      sortable: false,
      cell: ({ id, name, kind, from, to, district, point }) =>
        officer && (
          <Action
            label={t('remove')}
            to={name}
            method="DELETE"
            path="/api/v1/calendar-events/{id}"
            params={{ id }}
            undo={{
              method: 'POST',
              path: '/api/v1/calendar-events',
              body: { name, kind, from, to, ...(district && { district }), ...(point && { point }) },
            }}
            dangerous
            button={{ size: 'compact-xs' }}
          />
        ),
    },
  ];
  return (
    <DataTable
      label={t('calendar')}
      path="/api/v1/calendar-events"
      columns={columns}
      rowKey={({ id }) => String(id)}
      filters={[
        { id: 'from', label: t('from'), type: 'date' },
        { id: 'to', label: t('to'), type: 'date' },
      ]}
      tools={
        officer && (
          <>
            <CsvImport
              label={t('importEvents')}
              path="/api/v1/calendar-events/import"
              columns="kind,name,from,to,district,point"
            />
            <Action
              label={t('addEvent')}
              method="POST"
              path="/api/v1/calendar-events"
              fields={[
                { name: 'name', label: t('name'), required: true },
                {
                  name: 'kind',
                  label: t('eventKind'),
                  type: 'choice',
                  required: true,
                  options: kinds,
                  initial: 'event',
                },
                { name: 'from', label: t('from'), type: 'date', required: true, initial: jakartaToday() },
                { name: 'to', label: t('to'), type: 'date', required: true, initial: jakartaToday() },
                { name: 'district', label: t('district') },
                { name: 'point', label: t('point'), lookup: 'point' },
              ]}
            />
          </>
        )
      }
    />
  );
}
