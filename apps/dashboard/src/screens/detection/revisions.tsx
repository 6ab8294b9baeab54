import { Button, Group, Modal } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { ReactElement } from 'react';
import { useCommon } from '../../i18n/i18n';
import { Action, type Field } from '../../parts/action';
import type { Schemas } from '../../parts/api';
import { countColumn, instantColumn, textColumn, VEHICLES } from '../../parts/columns';
import { DataTable, type Column } from '../../parts/data-table';
import { useT } from './texts';

type FieldCount = Schemas['FieldCountDto'];
type Seen = Readonly<Record<string, { arrivals?: number; exempt?: number }>>;

const CLASSES = 'classes.';

/** A number a class; what was counted before stands in it. */
export function useClassFields(before: Seen = {}): Field[] {
  const common = useCommon();
  return VEHICLES.map((name) => ({
    name: `${CLASSES}${name}`,
    label: common(`vehicle.${name}`),
    type: 'number',
    initial: String(before[name]?.arrivals ?? ''),
  }));
}

/** The form's fields as the API takes a count; what the form does not ask for stays as it was. */
export function countOf(values: Record<string, unknown>, before: Seen = {}): Record<string, unknown> {
  const isClass = ([name]: [string, unknown]) => name.startsWith(CLASSES);
  const counted = Object.entries(values).filter(isClass);
  const classes = counted.map(([path, arrivals]) => {
    const name = path.slice(CLASSES.length);
    return [name, { ...before[name], arrivals }];
  });
  const rest = Object.entries(values).filter((each) => !isClass(each));
  return { ...Object.fromEntries(rest), classes: { ...before, ...Object.fromEntries(classes) } };
}

/** What was counted, in words. */
export function useSeen(): (classes: unknown) => string {
  const common = useCommon();
  return (classes) =>
    Object.entries((classes ?? {}) as Seen)
      .map(([name, { arrivals = 0, exempt = 0 }]) => {
        const count = exempt > 0 ? `${arrivals} (−${exempt})` : String(arrivals);
        return `${common(`vehicle.${name}`)} ${count}`;
      })
      .join(' · ');
}

/** Nothing is overwritten: a correction or a withdrawal is the next revision, with a reason. */
export function Revise({ row, officer }: { row: FieldCount; officer: boolean }): ReactElement {
  const t = useT();
  const before = row.classes as Seen;
  const fields = useClassFields(before);
  const shared = {
    method: 'POST',
    path: '/api/v1/field-counts/{id}/revisions',
    params: { id: row.id },
    to: row.point,
  } as const;
  const reason: Field = { name: 'reason', label: t('reason'), type: 'long', required: true };
  const button = { size: 'compact-xs' as const, variant: 'default' };
  return (
    <Group gap={4} wrap="nowrap">
      {officer && !row.withdrawn && (
        <>
          <Action
            {...shared}
            label={t('correct')}
            fields={[...fields, reason]}
            body={(values) => ({ ...countOf(values, before), revision: row.revision })}
            button={button}
          />
          <Action
            {...shared}
            label={t('withdraw')}
            explanation={t('withdrawHint')}
            fields={[reason]}
            body={(values) => ({ ...values, withdrawn: true, revision: row.revision })}
            dangerous
            button={{ size: 'compact-xs' }}
          />
        </>
      )}
      {row.revision > 1 && <History row={row} />}
    </Group>
  );
}

function History({ row }: { row: FieldCount }): ReactElement {
  const t = useT();
  const seen = useSeen();
  const [opened, { open, close }] = useDisclosure();
  const columns: Column<FieldCount>[] = [
    countColumn('revision', t('revision'), ({ revision }) => revision),
    textColumn(
      'classes',
      t('counted'),
      ({ classes, withdrawn }) => (withdrawn ? <s>{seen(classes)}</s> : seen(classes)),
      {
        sortable: false,
      },
    ),
    textColumn('reason', t('reason'), ({ reason }) => reason, { sortable: false }),
    textColumn('enteredBy', t('by'), ({ enteredBy }) => enteredBy),
    instantColumn('enteredAt', t('at'), ({ enteredAt }) => enteredAt),
  ];
  return (
    <>
      <Button size="compact-xs" variant="subtle" aria-haspopup="dialog" onClick={open}>
        {t('history')}
      </Button>
      <Modal opened={opened} onClose={close} title={`${t('history')} · ${row.point}`} size="xl">
        <DataTable
          label={t('history')}
          path="/api/v1/field-counts/{id}/revisions"
          params={{ id: row.id }}
          columns={columns}
          rowKey={({ revision }) => String(revision)}
          prefix="r-"
        />
      </Modal>
    </>
  );
}
