import { Badge, Button, Card, Group, NumberInput, Stack, Table, Text, Title } from '@mantine/core';
import { useState, type ReactElement } from 'react';
import { useIsOfficer } from '../../app/me';
import { useLanguage } from '../../i18n/i18n';
import { Action } from '../../parts/action';
import { useGet, useSend, type Schemas } from '../../parts/api';
import { countColumn, dayColumn, textColumn, ToPoint } from '../../parts/columns';
import { DateInput } from '../../parts/date-input';
import { DataTable, type Column } from '../../parts/data-table';
import { addDays, jakartaToday } from '../../parts/format';
import { Answer, Empty } from '../../parts/states';
import { useT } from './texts';

type Plan = Schemas['FieldCountPlanDto'];

const PLAN_COLOURS = { planned: 'blue.8', counted: 'teal.9', missed: 'red.9', cancelled: 'gray.7' } as const;

const hoursOf = ({ fromHour, toHour }: { fromHour: number; toHour: number }): string =>
  [fromHour, toHour].map((hour) => `${String(hour).padStart(2, '0')}.00`).join('–');

export function Plans(): ReactElement {
  const t = useT();
  const officer = useIsOfficer();
  const columns: Column<Plan>[] = [
    dayColumn('date', t('date'), ({ date }) => date),
    textColumn('hours', t('hours'), hoursOf, { sortable: false }),
    textColumn('point', t('point'), ({ point, pointName }) => (
      <>
        <ToPoint code={point} /> {pointName}
      </>
    )),
    {
      id: 'state',
      header: t('state'),
      cell: ({ state }) => (
        <Badge variant="filled" color={PLAN_COLOURS[state]}>
          {t(`plan.${state}`)}
        </Badge>
      ),
    },
    countColumn('people', t('people'), ({ people }) => people),
    textColumn('team', t('team'), ({ team }) => team),
    textColumn('reason', t('reasonWhy'), ({ reason }) => reason),
    {
      id: 'actions',
      header: '',
      sortable: false,
      cell: ({ id, state }) =>
        officer &&
        state === 'planned' && (
          <Action
            label={t('cancelPlan')}
            method="POST"
            path="/api/v1/field-count-plans/{id}/cancel"
            params={{ id }}
            dangerous
            button={{ size: 'compact-xs' }}
          />
        ),
    },
  ];
  return (
    <Stack>
      <Proposal />
      <DataTable
        label={t('plans')}
        path="/api/v1/field-count-plans"
        columns={columns}
        rowKey={({ id }) => String(id)}
        filters={[{ id: 'point', label: t('point'), lookup: 'point' }]}
        tools={officer && <AddPlan />}
      />
    </Stack>
  );
}

function AddPlan(): ReactElement {
  const t = useT();
  return (
    <Action
      label={t('addPlan')}
      method="POST"
      path="/api/v1/field-count-plans"
      fields={[
        { name: 'point', label: t('point'), lookup: 'point', required: true },
        { name: 'date', label: t('date'), type: 'date', required: true, initial: addDays(jakartaToday(), 1) },
        { name: 'fromHour', label: t('fromHour'), type: 'number', required: true, initial: '8' },
        { name: 'toHour', label: t('toHour'), type: 'number', required: true, initial: '12' },
        { name: 'people', label: t('people'), type: 'number', required: true, initial: '2' },
        { name: 'team', label: t('team') },
        { name: 'reason', label: t('reason') },
      ]}
    />
  );
}

/** Where tomorrow's count would tell most. */
function Proposal(): ReactElement {
  const t = useT();
  const [date, setDate] = useState(addDays(jakartaToday(), 1));
  const [people, setPeople] = useState(6);
  const answer = useGet<Schemas['ProposalDto']>('/api/v1/field-count-plans/proposal', {
    query: { date, teams: 20, people },
  });
  return (
    <Card withBorder padding="md">
      <Title order={2} size="h4" mb="xs">
        {t('proposal')}
      </Title>
      <Group align="flex-end" mb="sm" className="no-print">
        <DateInput label={t('proposalFor')} value={date} onValue={(next) => next && setDate(next)} />
        <NumberInput
          label={t('peopleInAll')}
          min={2}
          max={200}
          value={people}
          onChange={(value) => setPeople(Math.max(2, Number(value) || 2))}
          w={160}
        />
      </Group>
      <Answer of={answer} height={200}>
        {({ rows }) => (rows.length === 0 ? <Empty /> : <Proposed rows={rows} date={date} />)}
      </Answer>
    </Card>
  );
}

function Proposed({ rows, date }: { rows: Schemas['ProposalDto']['rows']; date: string }): ReactElement {
  const t = useT();
  const language = useLanguage();
  const officer = useIsOfficer();
  const plan = useSend('POST', '/api/v1/field-count-plans');
  return (
    <Table.ScrollContainer minWidth={560}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th className="number">{t('rank')}</Table.Th>
            <Table.Th>{t('point')}</Table.Th>
            <Table.Th>{t('hours')}</Table.Th>
            <Table.Th className="number">{t('people')}</Table.Th>
            <Table.Th>{t('reasonWhy')}</Table.Th>
            <Table.Th />
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <Table.Tr key={`${row.point} ${row.fromHour}`}>
              <Table.Td className="number">{row.rank}</Table.Td>
              <Table.Td>
                <ToPoint code={row.point} /> {row.pointName}
              </Table.Td>
              <Table.Td>{hoursOf(row)}</Table.Td>
              <Table.Td className="number">{row.people}</Table.Td>
              <Table.Td>
                <Text size="sm">{row.reason[language]}</Text>
              </Table.Td>
              <Table.Td>
                {officer && (
                  <Button
                    size="compact-xs"
                    variant="light"
                    loading={plan.isPending}
                    onClick={() =>
                      plan.mutate({
                        body: {
                          point: row.point,
                          date,
                          fromHour: row.fromHour,
                          toHour: row.toHour,
                          people: row.people,
                          reason: row.reason[language].slice(0, 200),
                        },
                      })
                    }
                  >
                    {t('plan')}
                  </Button>
                )}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
