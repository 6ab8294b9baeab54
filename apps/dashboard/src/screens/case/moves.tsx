import { Alert, Button, Group, Text } from '@mantine/core';
import type { ReactElement } from 'react';
import { useIsOfficer, useMe } from '../../app/me';
import { Action, type Field } from '../../parts/action';
import { useGet, useSend, type Page, type Schemas } from '../../parts/api';
import { useFormat } from '../../parts/figures';
import { outstandingOf, type CaseDetail } from './case-detail';
import { useT } from './texts';

interface WriteOff {
  readonly by: string;
  readonly reason: string;
  readonly amount: number;
}

const PATH = '/api/v1/cases/{id}/moves';

/** What may be done now, by this person: the rest is not offered. The API has the last word. */
export function Moves({ item }: { item: CaseDetail }): ReactElement | null {
  const officer = useIsOfficer();
  const t = useT();
  const me = useMe();
  const { state } = item;
  const mayReview = state === 'assigned' && (item.assignee === me.username || me.role === 'administrator');
  return (
    <>
      {item.writeOff && <Waiting item={item} writeOff={item.writeOff as unknown as WriteOff} />}
      <Group gap="xs" className="no-print" role="group" aria-label={t('moves')}>
        {officer && state !== 'resolved' && <Assign item={item} />}
        {officer && mayReview && <Plain item={item} type="start-review" label={t('startReview')} />}
        {officer && state === 'under-review' && !item.writeOff && <Resolve item={item} />}
        {officer && state === 'under-review' && !item.writeOff && outstandingOf(item) > 0 && (
          <RequestWriteOff item={item} />
        )}
        {officer && state !== 'open' && outstandingOf(item) > 0 && <Recovery item={item} />}
        {officer && state === 'resolved' && <Reasoned item={item} type="reopen" label={t('reopen')} />}
        <Move
          item={item}
          type="comment"
          label={t('comment')}
          fields={[{ name: 'text', label: t('text'), type: 'long', required: true }]}
          light
        />
      </Group>
    </>
  );
}

interface MoveProps {
  readonly item: CaseDetail;
  readonly type: Schemas['CaseMoveDto']['type'];
  readonly label: string;
}

function Move({
  item,
  type,
  label,
  fields,
  explanation,
  light = false,
  dangerous = false,
}: MoveProps & {
  fields?: readonly Field[];
  explanation?: string;
  light?: boolean;
  dangerous?: boolean;
}): ReactElement {
  return (
    <Action
      label={label}
      method="POST"
      path={PATH}
      params={{ id: item.id }}
      {...(fields && { fields })}
      {...(explanation && { explanation })}
      dangerous={dangerous}
      button={light ? { variant: 'light' } : {}}
      body={(values) => ({ ...values, version: item.version, type })}
    />
  );
}

/** A move that asks nothing and can be taken back by another one. */
function Plain({ item, type, label }: MoveProps): ReactElement {
  const send = useSend('POST', PATH);
  return (
    <Button
      size="sm"
      loading={send.isPending}
      onClick={() => send.mutate({ params: { id: item.id }, body: { version: item.version, type } })}
    >
      {label}
    </Button>
  );
}

function Reasoned(props: MoveProps & { dangerous?: boolean; explanation?: string }): ReactElement {
  const t = useT();
  return <Move {...props} light fields={[{ name: 'reason', label: t('reason'), type: 'long', required: true }]} />;
}

function Assign({ item }: { item: CaseDetail }): ReactElement {
  const t = useT();
  const me = useMe();
  const send = useSend('POST', PATH);
  const officers = useGet<Page<Schemas['AssigneeDto']>>('/api/v1/cases/assignees', { query: { limit: 1000 } });
  const options = (officers.data?.rows ?? []).map(({ username, displayName }) => ({
    value: username,
    label: displayName ? `${displayName} (${username})` : username,
  }));
  const field: Field = { name: 'to', label: t('to'), required: true, type: 'choice', options };
  const take = (): void =>
    send.mutate({ params: { id: item.id }, body: { version: item.version, type: 'assign', to: me.username } });
  return (
    <>
      {item.assignee !== me.username && (
        <Button size="sm" loading={send.isPending} onClick={take}>
          {t('takeIt')}
        </Button>
      )}
      <Move item={item} type="assign" label={t('assign')} fields={[field]} light />
    </>
  );
}

function Resolve({ item }: { item: CaseDetail }): ReactElement {
  const t = useT();
  const outcomes = (['explained', 'recovered', 'device-fault', 'confirmed'] as const)
    .filter((outcome) => outcome !== 'recovered' || outstandingOf(item) === 0)
    .map((value) => ({ value, label: t(`outcome.${value}`) }));
  const fields: Field[] = [
    { name: 'outcome', label: t('outcome'), type: 'choice', required: true, options: outcomes },
    { name: 'reason', label: t('reason'), type: 'long', required: true },
  ];
  return <Move item={item} type="resolve" label={t('resolve')} fields={fields} />;
}

function RequestWriteOff({ item }: { item: CaseDetail }): ReactElement {
  const t = useT();
  const format = useFormat();
  const explanation = t('writeOffHint', { amount: format.rupiah(outstandingOf(item)) });
  const fields: Field[] = [{ name: 'reason', label: t('reason'), type: 'long', required: true }];
  return (
    <Move
      item={item}
      type="request-write-off"
      label={t('requestWriteOff')}
      fields={fields}
      explanation={explanation}
      light
    />
  );
}

function Recovery({ item }: { item: CaseDetail }): ReactElement {
  const t = useT();
  const fields: Field[] = [
    {
      name: 'amount',
      label: `${t('amount')} (Rp)`,
      type: 'number',
      required: true,
      initial: String(outstandingOf(item)),
    },
    { name: 'into', label: t('into'), required: true, initial: 'treasurer/bp-1' },
    { name: 'reference', label: t('reference'), required: true },
  ];
  return <Move item={item} type="record-recovery" label={t('recordRecovery')} fields={fields} light />;
}

/** A write-off waits for a second person; who asked is told so, instead of being offered what would be refused. */
function Waiting({ item, writeOff }: { item: CaseDetail; writeOff: WriteOff }): ReactElement {
  const t = useT();
  const me = useMe();
  const officer = useIsOfficer();
  const format = useFormat();
  const amount = format.rupiah(writeOff.amount);
  return (
    <Alert color="violet" variant="light" title={t('waits', { ...writeOff, amount })}>
      {writeOff.by === me.username || !officer ? (
        <Text size="sm">{t('waitsOther')}</Text>
      ) : (
        <Move
          item={item}
          type="approve-write-off"
          label={t('approve')}
          explanation={t('approveHint', { amount })}
          dangerous
        />
      )}
      {officer && (
        <Group mt="xs">
          <Reasoned item={item} type="reject-write-off" label={t('reject')} />
        </Group>
      )}
    </Alert>
  );
}
