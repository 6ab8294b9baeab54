import type { ReactElement } from 'react';
import { useIsOfficer } from '../../app/session';
import { Action } from '../../parts/action';
import type { Schemas } from '../../parts/api';
import { dayColumn, instantColumn, textColumn, ToPoint, useChoices, VEHICLES, Word } from '../../parts/columns';
import { DataTable, type Column } from '../../parts/data-table';
import { addDays, jakartaToday } from '../../parts/format';
import { useT } from './texts';

type Zone = Schemas['FreeZoneDto'];
type Subscription = Schemas['SubscriptionDto'];
type Event = Schemas['CalendarEventDto'];

const EVENT_KINDS = ['event', 'road-works', 'closure', 'school-holiday', 'ramadan', 'flood', 'other'] as const;

export function FreeZones(): ReactElement {
  const t = useT();
  const officer = useIsOfficer();
  const columns: Column<Zone>[] = [
    textColumn('point', t('point'), ({ point }) => <ToPoint code={point} />),
    textColumn('basis', t('basis'), ({ basis }) => basis),
    instantColumn('validFrom', t('validFrom'), ({ validFrom }) => validFrom),
    instantColumn('validTo', t('validTo'), ({ validTo }) => validTo),
    {
      id: 'actions',
      header: '',
      sortable: false,
      cell: (row) =>
        officer &&
        !row.validTo && (
          <Action
            label={t('end')}
            method="POST"
            path="/api/v1/free-zones/{id}/end"
            params={{ id: row.id }}
            dangerous
            button={{ size: 'compact-xs' }}
            fields={[{ name: 'validTo', label: t('moment'), type: 'datetime', required: true }]}
          />
        ),
    },
  ];
  return (
    <DataTable
      label={t('freeZones')}
      path="/api/v1/free-zones"
      columns={columns}
      rowKey={({ id }) => String(id)}
      filters={[{ id: 'point', label: t('point') }]}
      tools={
        officer && (
          <Action
            label={t('addFreeZone')}
            method="POST"
            path="/api/v1/free-zones"
            fields={[
              { name: 'point', label: t('point'), required: true },
              { name: 'basis', label: t('basis') },
              { name: 'validFrom', label: t('validFrom'), type: 'datetime', required: true },
              { name: 'validTo', label: t('validTo'), type: 'datetime', hint: t('validToHint') },
            ]}
          />
        )
      }
    />
  );
}

export function Subscriptions(): ReactElement {
  const t = useT();
  const officer = useIsOfficer();
  const vehicles = useChoices('vehicle')(VEHICLES);
  const columns: Column<Subscription>[] = [
    textColumn('plateMark', t('plateMark'), ({ plateMark }) => plateMark, { sortable: false }),
    textColumn('vehicleClass', t('class'), ({ vehicleClass }) => <Word group="vehicle" of={vehicleClass} />),
    dayColumn('validFrom', t('validFrom'), ({ validFrom }) => validFrom),
    dayColumn('validTo', t('validTo'), ({ validTo }) => validTo),
  ];
  return (
    <DataTable
      label={t('subscriptions')}
      path="/api/v1/subscriptions"
      columns={columns}
      rowKey={({ id }) => String(id)}
      filters={[{ id: 'on', label: t('date'), type: 'date' }]}
      tools={
        officer && (
          <Action
            label={t('addSubscription')}
            method="POST"
            path="/api/v1/subscriptions"
            fields={[
              { name: 'plate', label: t('plate'), hint: t('plateHint'), required: true },
              {
                name: 'vehicleClass',
                label: t('class'),
                type: 'choice',
                required: true,
                options: vehicles,
                initial: 'motorcycle',
              },
              { name: 'validFrom', label: t('validFrom'), type: 'date', required: true, initial: jakartaToday() },
              {
                name: 'validTo',
                label: t('validTo'),
                type: 'date',
                required: true,
                initial: addDays(jakartaToday(), 364),
              },
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
      cell: ({ id }) =>
        officer && (
          <Action
            label={t('remove')}
            method="DELETE"
            path="/api/v1/calendar-events/{id}"
            params={{ id }}
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
          <Action
            label={t('addEvent')}
            method="POST"
            path="/api/v1/calendar-events"
            fields={[
              { name: 'name', label: t('name'), required: true },
              { name: 'kind', label: t('eventKind'), type: 'choice', required: true, options: kinds, initial: 'event' },
              { name: 'from', label: t('from'), type: 'date', required: true, initial: jakartaToday() },
              { name: 'to', label: t('to'), type: 'date', required: true, initial: jakartaToday() },
              { name: 'district', label: t('district') },
              { name: 'point', label: t('point') },
            ]}
          />
        )
      }
    />
  );
}
