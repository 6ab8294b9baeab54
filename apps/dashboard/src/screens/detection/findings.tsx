import { Text } from '@mantine/core';
import type { ReactElement } from 'react';
import { useIsOfficer } from '../../app/me';
import { useLanguage } from '../../i18n/i18n';
import { Action } from '../../parts/action';
import type { Schemas } from '../../parts/api';
import {
  countColumn,
  dayColumn,
  instantColumn,
  moneyColumn,
  textColumn,
  ToCase,
  ToDevice,
  ToPoint,
} from '../../parts/columns';
import { DataTable, type Column } from '../../parts/data-table';
import { Pattern } from '../../parts/figures';
import { decimal, percent } from '../../parts/format';
import { useT } from './texts';

type Suspicion = Schemas['SuspicionDto'];
type Potential = Schemas['PotentialDto'];
type Note = Schemas['DetectionNoteDto'];
type Run = Schemas['DetectorRunDto'];

function useDays() {
  const t = useT();
  return [
    { id: 'point', label: t('point'), lookup: 'point' },
    { id: 'from', label: t('from'), type: 'date' },
    { id: 'to', label: t('to'), type: 'date' },
  ] as const;
}

export function Suspicions(): ReactElement {
  const t = useT();
  const language = useLanguage();
  const columns: Column<Suspicion>[] = [
    { id: 'pattern', header: t('pattern'), cell: ({ pattern }) => <Pattern of={pattern} /> },
    textColumn('point', t('point'), ({ point }) => <ToPoint code={point} />),
    textColumn('device', t('device'), ({ device }) => <ToDevice id={device} />),
    textColumn('attendant', t('attendant'), ({ attendant }) => attendant),
    dayColumn('from', t('from'), ({ from }) => from),
    dayColumn('to', t('to'), ({ to }) => to),
    {
      id: 'score',
      header: t('score'),
      number: true,
      cell: ({ score }) => decimal(score, 1, language),
    },
    moneyColumn('atRisk', t('atRisk'), ({ rupiahAtRisk }) => rupiahAtRisk.mid, { sortable: false }),
    textColumn(
      'why',
      t('why'),
      ({ explanation }) => (
        <Text size="xs" maw={420} lineClamp={2}>
          {explanation[language]}
        </Text>
      ),
      { sortable: false },
    ),
    textColumn('caseId', t('case'), ({ caseId }) => <ToCase id={caseId} />),
  ];
  return (
    <DataTable
      label={t('suspicions')}
      path="/api/v1/suspicions"
      columns={columns}
      rowKey={({ id }) => id}
      filters={useDays()}
    />
  );
}

export function Potentials(): ReactElement {
  const t = useT();
  const language = useLanguage();
  const columns: Column<Potential>[] = [
    textColumn('point', t('point'), ({ point }) => <ToPoint code={point} />),
    dayColumn('date', t('date'), ({ date }) => date),
    textColumn('basis', t('basis'), ({ basis, controlFactor }) =>
      controlFactor > 1 ? t('basis.control', { by: percent(controlFactor - 1, language) }) : t(`basis.${basis}`),
    ),
    moneyColumn('low', t('low'), ({ low }) => low),
    moneyColumn('mid', t('mid'), ({ mid }) => mid),
    moneyColumn('high', t('high'), ({ high }) => high),
    moneyColumn('recorded', t('recorded'), ({ recorded }) => recorded),
    moneyColumn('unrecorded', t('unrecorded'), ({ unrecorded }) => unrecorded),
  ];
  return (
    <DataTable
      label={t('potentials')}
      path="/api/v1/potentials"
      columns={columns}
      rowKey={({ point, date, basis }) => `${point} ${date} ${basis}`}
      filters={useDays()}
    />
  );
}

/** Honest causes: a broken terminal is a ticket for maintenance, not a thief. */
export function Notes(): ReactElement {
  const t = useT();
  const language = useLanguage();
  const officer = useIsOfficer();
  const columns: Column<Note>[] = [
    textColumn('kind', t('state'), ({ kind }) => t(`note.${kind}`)),
    { id: 'pattern', header: t('pattern'), cell: ({ pattern }) => <Pattern of={pattern} /> },
    textColumn('point', t('point'), ({ point }) => <ToPoint code={point} />),
    textColumn('device', t('device'), ({ device }) => <ToDevice id={device} />),
    dayColumn('from', t('from'), ({ from }) => from),
    dayColumn('to', t('to'), ({ to }) => to),
    textColumn('why', t('why'), ({ explanation }) => explanation[language], { sortable: false }),
    instantColumn('closedAt', t('close'), ({ closedAt }) => closedAt),
    {
      id: 'actions',
      header: '',
      sortable: false,
      cell: ({ id, closedAt }) =>
        officer &&
        !closedAt && (
          <Action
            label={t('closeNote')}
            method="POST"
            path="/api/v1/detector/notes/{id}/close"
            params={{ id }}
            button={{ size: 'compact-xs', variant: 'default' }}
          />
        ),
    },
  ];
  return (
    <DataTable
      label={t('notes')}
      path="/api/v1/detector/notes"
      columns={columns}
      rowKey={({ id }) => id}
      filters={useDays()}
    />
  );
}

export function Runs(): ReactElement {
  const t = useT();
  const columns: Column<Run>[] = [
    dayColumn('date', t('date'), ({ date }) => date),
    instantColumn('ranAt', t('at'), ({ ranAt }) => ranAt),
    textColumn('engineVersion', t('engine'), ({ engineVersion }) => engineVersion),
    countColumn('settingsVersion', t('settingsVersion'), ({ settingsVersion }) => settingsVersion),
    countColumn('points', t('points'), ({ points }) => points),
    countColumn('suspicions', t('suspicions'), ({ suspicions }) => suspicions),
    countColumn('notes', t('notes'), ({ notes }) => notes),
    countColumn('engineMs', t('took'), ({ engineMs }) => engineMs),
    textColumn('reason', t('reason'), ({ reason }) => reason),
  ];
  return (
    <DataTable
      label={t('runs')}
      path="/api/v1/detector/runs"
      columns={columns}
      rowKey={({ date, version }) => `${date} ${version}`}
    />
  );
}
