import { Stack, Table, Text } from '@mantine/core';
import type { ReactElement } from 'react';
import { useIsOfficer } from '../../app/me';
import { Action } from '../../parts/action';
import type { Page, Schemas } from '../../parts/api';
import { textColumn, useChoices, VEHICLES, Word } from '../../parts/columns';
import { DataTable, type Column } from '../../parts/data-table';
import { Day } from '../../parts/figures';
import { addDays, jakartaToday } from '../../parts/format';
import { Empty } from '../../parts/states';
import { End, useValidityColumns } from './effective';
import { useT } from './texts';

type Subscription = Schemas['SubscriptionDto'];

export function Subscriptions(): ReactElement {
  const t = useT();
  const officer = useIsOfficer();
  const vehicles = useChoices('vehicle')(VEHICLES);
  const columns: Column<Subscription>[] = [
    textColumn('plateMark', t('plateMark'), ({ plateMark }) => plateMark, { sortable: false }),
    textColumn('vehicleClass', t('class'), ({ vehicleClass }) => <Word group="vehicle" of={vehicleClass} />),
    ...useValidityColumns<Subscription>('date'),
    {
      id: 'actions',
      header: '',
      sortable: false,
      cell: ({ id, validTo, plateMark }) =>
        officer &&
        validTo > jakartaToday() && (
          <End
            path="/api/v1/subscriptions/{id}/end"
            params={{ id }}
            to={plateMark}
            grain="date"
            explanation={t('endSubscription')}
          />
        ),
    },
  ];
  return (
    <DataTable
      label={t('subscriptions')}
      path="/api/v1/subscriptions"
      columns={columns}
      rowKey={({ id }) => String(id)}
      filters={[{ id: 'on', label: t('date'), type: 'date' }]}
      tools={
        <>
          <Search />
          {officer && (
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
          )}
        </>
      }
    />
  );
}

/** Whether a plate has a subscription. The plate is hashed by the API and the look is on record. */
function Search(): ReactElement {
  const t = useT();
  return (
    <Action
      label={t('findPlate')}
      method="POST"
      path="/api/v1/subscriptions/search"
      explanation={t('findPlateHint')}
      fields={[{ name: 'plate', label: t('plate'), required: true }]}
      button={{ variant: 'default' }}
      result={(answer) => <Found rows={(answer as Page<Subscription>).rows} />}
    />
  );
}

function Found({ rows }: { rows: readonly Subscription[] }): ReactElement {
  const t = useT();
  const today = jakartaToday();
  if (rows.length === 0) return <Empty>{t('noSubscription')}</Empty>;
  return (
    <Stack>
      <Text size="sm">{t('plateMarkIs', { mark: rows[0]!.plateMark })}</Text>
      <Table>
        <Table.Tbody>
          {rows.map(({ id, vehicleClass, validFrom, validTo }) => (
            <Table.Tr key={id} fw={validFrom <= today && today < validTo ? 700 : 400}>
              <Table.Td>
                <Word group="vehicle" of={vehicleClass} />
              </Table.Td>
              <Table.Td>
                <Day date={validFrom} /> – <Day date={validTo} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Stack>
  );
}
