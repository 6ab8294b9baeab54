import { Button, Group } from '@mantine/core';
import type { ReactElement } from 'react';
import { useIsOfficer, useMe } from '../../app/session';
import { useGet, useSend, type Page, type Schemas } from '../../parts/api';
import { Action, type Field } from '../../parts/action';
import { useT } from './texts';

type Detail = Schemas['CaseDetailDto'];
const OUTCOMES = ['explained', 'recovered', 'device-fault', 'confirmed'] as const;

/** What the person may do with the case as it stands (docs/CASES.md); the API decides again. */
export function Moves({ of }: { of: Detail }): ReactElement {
  const t = useT();
  const me = useMe();
  const officer = useIsOfficer();
  const users = useGet<Page<Schemas['UserDto']>>('/api/v1/users', {
    query: { limit: 1000 },
    enabled: me.role === 'administrator',
  });
  const take = useSend('POST', '/api/v1/cases/{id}/moves');
  const officers = users.data?.rows.filter(
    ({ role, disabledAt }) => !disabledAt && ['administrator', 'revenue-officer'].includes(role),
  );
  const { state, version } = of;
  const writeOff = of.writeOff as { by?: string } | null;
  const move = (
    type: Schemas['CaseMoveDto']['type'],
    label: string,
    fields: readonly Field[] = [],
    more: object = {},
  ) => (
    <Action
      key={type}
      label={label}
      method="POST"
      path="/api/v1/cases/{id}/moves"
      params={{ id: of.id }}
      fields={fields}
      body={(values) => ({ version, type, ...values })}
      button={{ variant: 'default' }}
      {...more}
    />
  );
  const reason: Field = { name: 'reason', label: t('reason'), type: 'long', required: true };
  const to: Field = officers
    ? {
        name: 'to',
        label: t('assignTo'),
        type: 'choice',
        required: true,
        options: officers.map(({ username, displayName }) => ({
          value: username,
          label: `${displayName || username} (${username})`,
        })),
      }
    : { name: 'to', label: t('assignTo'), required: true, initial: me.username };
  const outcome: Field = {
    name: 'outcome',
    label: t('outcome'),
    type: 'choice',
    required: true,
    options: OUTCOMES.map((value) => ({ value, label: t(`outcome.${value}`) })),
  };
  const recovery: Field[] = [
    {
      name: 'amount',
      label: t('amount'),
      type: 'number',
      required: true,
      initial: String(Math.max(0, of.amount - of.recovered)),
    },
    { name: 'into', label: t('into'), required: true },
    { name: 'reference', label: t('reference'), required: true },
  ];
  const mine = of.assignee === me.username || me.role === 'administrator';
  return (
    <Group gap="xs">
      {officer && state !== 'resolved' && of.assignee !== me.username && (
        <Button
          size="sm"
          loading={take.isPending}
          onClick={() => take.mutate({ params: { id: of.id }, body: { version, type: 'assign', to: me.username } })}
        >
          {t('takeIt')}
        </Button>
      )}
      {officer && state !== 'resolved' && move('assign', t('assign'), [to])}
      {officer &&
        state === 'assigned' &&
        mine &&
        move('start-review', t('startReview'), [], { button: { variant: 'filled' } })}
      {officer &&
        state === 'under-review' &&
        !writeOff &&
        move('resolve', t('resolve'), [outcome, reason], { button: { variant: 'filled' } })}
      {officer && state === 'under-review' && !writeOff && move('request-write-off', t('requestWriteOff'), [reason])}
      {officer &&
        writeOff &&
        writeOff.by !== me.username &&
        move('approve-write-off', t('approveWriteOff'), [], {
          explanation: t('approveHint'),
          button: { color: 'teal.9' },
        })}
      {officer && writeOff && move('reject-write-off', t('rejectWriteOff'), [reason])}
      {officer && state !== 'open' && move('record-recovery', t('recovery'), recovery)}
      {officer && state === 'resolved' && move('reopen', t('reopen'), [reason])}
      {me.role !== 'auditor' &&
        move('comment', t('comment'), [{ name: 'text', label: t('comment'), type: 'long', required: true }])}
    </Group>
  );
}
