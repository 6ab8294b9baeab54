import {
  Alert,
  Badge,
  Button,
  Card,
  Checkbox,
  Group,
  NumberInput,
  SimpleGrid,
  Stack,
  Text,
  Title,
} from '@mantine/core';
import { useState, type ReactElement } from 'react';
import { useIsOfficer, useMe } from '../../app/me';
import { Action } from '../../parts/action';
import { useGet, useSend, type Page, type Schemas } from '../../parts/api';
import { instantColumn, textColumn } from '../../parts/columns';
import { DataTable, type Column } from '../../parts/data-table';
import { Details } from '../../parts/details';
import { PeriodPicker, usePeriod } from '../../parts/period';
import { Answer } from '../../parts/states';
import { DryRunResult } from './dry-run-result';
import { useT } from './rules-texts';

type Book = Schemas['RuleBookDto'];
type Rules = Schemas['RulesDto'];
type Values = Record<string, unknown>;

/** The rules that days are matched by: all versions, and what others would change. */
export function RuleBooks(): ReactElement {
  const t = useT();
  const officer = useIsOfficer();
  const answer = useGet<Page<Book>>('/api/v1/rule-books', { query: { limit: 1 } });
  const columns: Column<Book>[] = [
    textColumn('version', t('version'), ({ version }) => version),
    {
      id: 'inForce',
      header: t('state'),
      sortable: false,
      cell: ({ inForce }) => inForce && <Badge color="teal.9">{t('inForce')}</Badge>,
    },
    textColumn('enteredBy', t('enteredBy'), ({ enteredBy }) => enteredBy || t('initial')),
    instantColumn('enteredAt', t('enteredAt'), ({ enteredAt }) => enteredAt),
    { id: 'rules', header: t('rules'), sortable: false, cell: ({ rules }) => <Details of={rules} /> },
  ];
  return (
    <Stack>
      <DataTable label={t('book')} path="/api/v1/rule-books" columns={columns} rowKey={({ version }) => version} />
      {officer && (
        <Answer of={answer} height={480}>
          {({ rows }) => rows[0] && <Trial key={rows[0].version} book={rows[0]} />}
        </Answer>
      )}
    </Stack>
  );
}

function Trial({ book }: { book: Book }): ReactElement {
  const t = useT();
  const administrator = useMe().role === 'administrator';
  const period = usePeriod(7);
  const [rules, setRules] = useState<Rules>(book.rules);
  const run = useSend<Schemas['DryRunDto']>('POST', '/api/v1/reconciliation/dry-run', { quiet: true });
  const named = { ...rules, version: `${book.version}?` };
  return (
    <Card withBorder>
      <Title order={2} size="h4">
        {t('tryOthers')}
      </Title>
      <Text size="sm" c="dimmed" mb="sm">
        {t('tryHint')}
      </Text>
      <RuleFields rules={rules} onRules={setRules} />
      <Group align="flex-end" mt="md">
        <PeriodPicker period={period} />
        <Button loading={run.isPending} onClick={() => run.mutate({ body: { rules: named, ...period } })}>
          {t('try')}
        </Button>
        {administrator && (
          <Action
            label={t('adopt')}
            method="POST"
            path="/api/v1/rule-books"
            explanation={t('adoptHint')}
            dangerous
            fields={[
              { name: 'version', label: t('version'), required: true },
              { name: 'lookAgainFrom', label: t('lookAgainFrom'), type: 'date', hint: t('lookAgainHint') },
            ]}
            body={({ version, lookAgainFrom }) => ({
              rules: { ...rules, version },
              ...(lookAgainFrom !== undefined && { lookAgainFrom }),
            })}
          />
        )}
      </Group>
      {run.error && (
        <Alert color="red" role="alert" mt="md">
          {run.error.message}
        </Alert>
      )}
      {run.data && <DryRunResult of={run.data} />}
    </Card>
  );
}

/** The numbers of the rules in their groups; what joins records and lines stays as it is. */
function RuleFields({ rules, onRules }: { rules: Rules; onRules: (rules: Rules) => void }): ReactElement {
  const t = useT();
  const { channels, payouts, cash, integrity } = rules;
  const groups = [
    { title: t('cash'), values: cash, put: (next: Values) => ({ ...rules, cash: next }) },
    {
      title: t('qris'),
      values: channels.qris,
      put: (next: Values) => ({ ...rules, channels: { ...channels, qris: next } }),
    },
    {
      title: t('card'),
      values: channels.card,
      put: (next: Values) => ({ ...rules, channels: { ...channels, card: next } }),
    },
    ...payouts.map((payout, n) => ({
      title: t('payouts', { acquirer: payout.acquirer === '*' ? t('others') : payout.acquirer }),
      values: payout,
      put: (next: Values) => ({ ...rules, payouts: payouts.with(n, next as typeof payout) }),
    })),
    { title: t('integrity'), values: integrity, put: (next: Values) => ({ ...rules, integrity: next }) },
  ];
  return (
    <SimpleGrid cols={{ base: 1, sm: 2, xl: 3 }}>
      {groups.map(({ title, values, put }) => (
        <Stack key={title} gap="xs" component="fieldset" m={0} style={{ border: 0 }} p={0}>
          <Text component="legend" fw={700} size="md">
            {title}
          </Text>
          {Object.entries(values as unknown as Values).map(([name, value]) => {
            const set = (next: unknown) => onRules(put({ ...(values as unknown as Values), [name]: next }) as Rules);
            const label = t(name as 'toleranceRupiah');
            if (typeof value === 'boolean')
              return (
                <Checkbox key={name} label={label} checked={value} onChange={(e) => set(e.currentTarget.checked)} />
              );
            if (typeof value !== 'number') return null;
            return (
              <NumberInput key={name} label={label} min={0} value={value} onChange={(next) => set(Number(next))} />
            );
          })}
        </Stack>
      ))}
    </SimpleGrid>
  );
}
