import { Badge, Button, Card, Group, NumberInput, Stack, Table, Text, Title } from '@mantine/core';
import { useState, type ReactElement } from 'react';
import { useIsOfficer } from '../../app/session';
import { useCommon, useLanguage } from '../../i18n/i18n';
import { Action } from '../../parts/action';
import { useGet, useSend, type Schemas } from '../../parts/api';
import { countColumn, dayColumn, instantColumn, textColumn, ToPoint, VEHICLES } from '../../parts/columns';
import { DateInput } from '../../parts/date-input';
import { DataTable, type Column } from '../../parts/data-table';
import { addDays, jakartaToday } from '../../parts/format';
import { CsvImport } from '../../parts/import';
import { Answer, Empty } from '../../parts/states';
import { useT } from './texts';

type FieldCount = Schemas['FieldCountDto'];
type Plan = Schemas['FieldCountPlanDto'];

const CSV = 'point,date,from,to,team,note,motorcycle,motorcycleExempt,car,carExempt,minibus,truck,trailer';
const PLAN_COLOURS = { planned: 'blue.8', counted: 'teal.9', missed: 'red.9', cancelled: 'gray.7' } as const;

export function Counts(): ReactElement {
  const t = useT();
  const common = useCommon();
  const officer = useIsOfficer();
  const told = (classes: FieldCount['classes']) =>
    Object.entries(classes as Record<string, { arrivals?: number; exempt?: number }>)
      .map(([name, count]) => `${common(`vehicle.${name}`)} ${seen(count)}`)
      .join(' · ');
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
  ];
  return (
    <DataTable
      label={t('counts')}
      path="/api/v1/field-counts"
      columns={columns}
      rowKey={({ id }) => id}
      filters={[
        { id: 'point', label: t('point') },
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

/** Arrivals, and of them those that owe nothing. */
function seen({ arrivals = 0, exempt = 0 }: { arrivals?: number; exempt?: number }): string {
  return exempt > 0 ? `${arrivals} (−${exempt})` : String(arrivals);
}

/** Made for a phone in the street: a point, two times, a number a class. */
function Enter(): ReactElement {
  const t = useT();
  const common = useCommon();
  return (
    <Action
      label={t('enter')}
      method="POST"
      path="/api/v1/field-counts"
      explanation={t('countsHint')}
      fields={[
        { name: 'point', label: t('point'), required: true },
        { name: 'from', label: t('fromTime'), type: 'datetime', required: true },
        { name: 'to', label: t('toTime'), type: 'datetime', required: true },
        ...VEHICLES.map((name) => ({
          name: `classes.${name}`,
          label: common(`vehicle.${name}`),
          type: 'number' as const,
        })),
        { name: 'team', label: t('team') },
        { name: 'note', label: t('note') },
      ]}
      body={(values) => {
        const counted = Object.entries(values).filter(([name]) => name.startsWith('classes.'));
        const rest = Object.entries(values).filter(([name]) => !name.startsWith('classes.'));
        return {
          ...Object.fromEntries(rest),
          classes: Object.fromEntries(
            counted.map(([name, count]) => [name.slice('classes.'.length), { arrivals: count }]),
          ),
        };
      }}
    />
  );
}

export function Plans(): ReactElement {
  const t = useT();
  const officer = useIsOfficer();
  const columns: Column<Plan>[] = [
    dayColumn('date', t('date'), ({ date }) => date),
    textColumn('hours', t('hours'), ({ fromHour, toHour }) => `${fromHour}.00–${toHour}.00`, { sortable: false }),
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
        filters={[{ id: 'point', label: t('point') }]}
      />
    </Stack>
  );
}

/** Where tomorrow's count would tell most. */
function Proposal(): ReactElement {
  const t = useT();
  const [date, setDate] = useState(addDays(jakartaToday(), 1));
  const [people, setPeople] = useState(6);
  const answer = useGet<Schemas['ProposalDto']>('/api/v1/field-count-plans/proposal', {
    query: { date, teams: 3, people },
  });
  return (
    <Card withBorder padding="md">
      <Title order={2} size="h4" mb="xs">
        {t('proposal')}
      </Title>
      <Group align="flex-end" mb="sm" className="no-print">
        <DateInput label={t('proposalFor')} value={date} onValue={(next) => next && setDate(next)} />
        <NumberInput
          label={t('people')}
          min={1}
          max={200}
          value={people}
          onChange={(value) => setPeople(Number(value) || 1)}
          w={110}
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
              <Table.Td>{`${row.fromHour}.00–${row.toHour}.00`}</Table.Td>
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
