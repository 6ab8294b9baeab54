import type { ReactElement } from 'react';
import { Action, type Field } from '../../parts/action';
import type { Params, Path } from '../../parts/api';
import type { Column } from '../../parts/data-table';
import { dayColumn, instantColumn } from '../../parts/columns';
import { jakartaToday } from '../../parts/format';
import { texts } from '../../i18n/i18n';

const useT = texts(
  'effective',
  {
    validFrom: 'Mulai',
    validTo: 'Sampai',
    endless: 'Kosong: tanpa batas',
    endDay: 'Tidak berlaku lagi sejak',
    endMoment: 'Berakhir pada',
    endHint: 'Yang sudah berlaku tetap tercatat; yang berubah hanya akhirnya.',
  },
  {
    validFrom: 'From',
    validTo: 'To',
    endless: 'Empty: without end',
    endDay: 'No longer in force from',
    endMoment: 'Ends at',
    endHint: 'What was in force stays on the books; only its end changes.',
  },
);

/** Whether a thing holds by days or by moments. `validTo` is exclusive in both. */
export type Grain = 'date' | 'datetime';

/** The two fields of what holds from one time to another. */
export function useValidity(grain: Grain): Field[] {
  const t = useT();
  const initial = grain === 'date' ? jakartaToday() : `${jakartaToday()}T00:00`;
  return [
    { name: 'validFrom', label: t('validFrom'), type: grain, required: true, initial },
    { name: 'validTo', label: t('validTo'), type: grain, hint: t('endless') },
  ];
}

/** From when to when a row holds. */
export function useValidityColumns<Row extends { validFrom: string | null; validTo: string | null }>(
  grain: Grain,
): Column<Row>[] {
  const t = useT();
  const column = grain === 'date' ? dayColumn<Row> : instantColumn<Row>;
  return [
    column('validFrom', t('validFrom'), ({ validFrom }) => validFrom),
    column('validTo', t('validTo'), ({ validTo }) => validTo),
  ];
}

/** Ends what holds without end, from a day or a moment on. */
export function End({
  path,
  params,
  to,
  grain,
  explanation,
}: {
  path: Path;
  params: Params;
  /** What is ended. */
  to: string;
  grain: Grain;
  explanation?: string;
}): ReactElement {
  const t = useT();
  return (
    <Action
      label={t('end')}
      method="POST"
      path={path}
      params={params}
      to={to}
      explanation={explanation ?? t('endHint')}
      fields={[{ name: 'validTo', label: t(grain === 'date' ? 'endDay' : 'endMoment'), type: grain, required: true }]}
      dangerous
      button={{ size: 'compact-xs' }}
    />
  );
}
