import { Card, Stack, Table, Text, Title } from '@mantine/core';
import type { ReactElement } from 'react';
import { useIsOfficer } from '../../app/me';
import { Action } from '../../parts/action';
import { useGet, type Schemas } from '../../parts/api';
import { Count } from '../../parts/columns';
import { Figure, Instant, Pattern, useFormat } from '../../parts/figures';
import { PeriodPicker, usePeriod } from '../../parts/period';
import { Answer, Empty } from '../../parts/states';
import { useT } from './texts';

/** Why the settings of a new city are as they are. */
const AS_DELIVERED = 'as delivered';

type Told = Schemas['DetectorQualityDto'];

/** What the detector promised and what it kept, judged by officers' verdicts and by thefts planted into honest data. */
export function Quality(): ReactElement {
  const period = usePeriod(90);
  const answer = useGet<Told>('/api/v1/detector/quality', { query: { ...period } });
  return (
    <Stack>
      <PeriodPicker period={period} />
      <Answer of={answer} height={480}>
        {(told) => (
          <>
            <Rates told={told} />
            <Recall rows={told.recall} month={told.months[0]} />
            <Months rows={told.months} />
            <Settings />
            <Calibrations rows={told.calibrations} />
          </>
        )}
      </Answer>
    </Stack>
  );
}

function Rates({ told }: { told: Told }): ReactElement {
  const t = useT();
  const format = useFormat();
  const rate = (value: number | null | undefined) => (typeof value === 'number' ? format.decimal(value, 2) : '–');
  const { promised, achieved, lower, upper } = told.falseCasesPerWeek;
  const { confirmed, refuted, withdrawn, open } = told.verdicts;
  const verdicts = [
    [confirmed, 'confirmed'],
    [refuted, 'refuted'],
    [withdrawn, 'withdrawn'],
    [open, 'stillOpen'],
  ] as const;
  return (
    <div className="grid-figures">
      <Figure label={t('promised')} value={rate(promised)} />
      <Figure
        label={t('achieved')}
        value={rate(achieved)}
        hint={
          lower === null || lower === undefined
            ? t('notJudged')
            : t('between', { lower: rate(lower), upper: rate(upper) })
        }
      />
      <Figure
        label={t('perThousand')}
        value={rate(told.falseCasesPerThousandPointDays)}
        hint={t('pointDays', { count: format.integer(told.pointDays) })}
      />
      <Figure label={t('cases')} value={<Count value={told.cases} />} to="/cases" search={{ kind: 'suspicion' }} />
      <Figure
        label={t('verdicts')}
        value={<Count value={confirmed + refuted} />}
        hint={verdicts.map(([count, word]) => `${format.integer(count)} ${t(word)}`).join(' · ')}
      />
    </div>
  );
}

function Recall({ rows, month }: { rows: Told['recall']; month: Told['months'][number] | undefined }): ReactElement {
  const t = useT();
  const format = useFormat();
  const planted = rows.reduce((sum, row) => sum + row.planted, 0);
  const found = rows.reduce((sum, row) => sum + row.found, 0);
  return (
    <Card withBorder padding="md">
      <Title order={2} size="h4">
        {t('recall')}
      </Title>
      {month && (
        <Text size="sm" c="dimmed">
          {t('plantedInto', { from: format.day(month.from), to: format.day(month.to), engine: month.engineVersion })}
        </Text>
      )}
      {rows.length === 0 ? (
        <Empty>{t('noRecall')}</Empty>
      ) : (
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('pattern')}</Table.Th>
              <Table.Th className="number">{t('taken')}</Table.Th>
              <Table.Th className="number">{t('planted')}</Table.Th>
              <Table.Th className="number">{t('found')}</Table.Th>
              <Table.Th className="number">{t('foundShare')}</Table.Th>
              <Table.Th className="number">{t('medianDays')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map(({ pattern, share, planted, found, medianDays }) => (
              <Table.Tr key={`${pattern} ${share}`}>
                <Table.Td>
                  <Pattern of={pattern} />
                </Table.Td>
                <Table.Td className="number">{format.percent(share)}</Table.Td>
                <Table.Td className="number">{format.integer(planted)}</Table.Td>
                <Table.Td className="number">{format.integer(found)}</Table.Td>
                <Table.Td className="number">{format.percent(found / planted)}</Table.Td>
                <Table.Td className="number">
                  <Count value={medianDays} />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
          <Table.Tfoot>
            <Table.Tr>
              <Table.Th>{t('together')}</Table.Th>
              <Table.Th />
              <Table.Th className="number">{format.integer(planted)}</Table.Th>
              <Table.Th className="number">{format.integer(found)}</Table.Th>
              <Table.Th className="number">{format.percent(found / planted)}</Table.Th>
              <Table.Th />
            </Table.Tr>
          </Table.Tfoot>
        </Table>
      )}
    </Card>
  );
}

function Months({ rows }: { rows: Told['months'] }): ReactElement | null {
  const t = useT();
  const format = useFormat();
  if (rows.length < 2) return null;
  return (
    <Card withBorder padding="md">
      <Title order={2} size="h4" mb="xs">
        {t('months')}
      </Title>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('month')}</Table.Th>
            <Table.Th className="number">{t('planted')}</Table.Th>
            <Table.Th className="number">{t('foundShare')}</Table.Th>
            <Table.Th>{t('engine')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map(({ month, planted, found, engineVersion }) => (
            <Table.Tr key={month}>
              <Table.Td>{format.month(month)}</Table.Td>
              <Table.Td className="number">{format.integer(planted)}</Table.Td>
              <Table.Td className="number">{planted > 0 ? format.percent(found / planted) : '–'}</Table.Td>
              <Table.Td>{engineVersion}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Card>
  );
}

function Settings(): ReactElement {
  const t = useT();
  const officer = useIsOfficer();
  const answer = useGet<Schemas['DetectorSettingsDto']>('/api/v1/detector/settings');
  return (
    <Card withBorder padding="md">
      <Title order={2} size="h4" mb="xs">
        {t('settings')}
      </Title>
      <Answer of={answer} height={80}>
        {({ falseCasesPerWeek, recalibrateEveryDays, enteredBy, enteredAt, reason }) => (
          <Stack gap="xs" align="flex-start">
            <Text size="sm">
              {t('falseCases')}: {falseCasesPerWeek} · {t('every')}: {recalibrateEveryDays}
            </Text>
            <Text size="xs" c="dimmed">
              {enteredBy} · <Instant at={enteredAt} />{' '}
              {reason && `· ${reason === AS_DELIVERED ? t('asDelivered') : reason}`}
            </Text>
            {officer && (
              <Action
                label={t('change')}
                method="PATCH"
                path="/api/v1/detector/settings"
                button={{ variant: 'light' }}
                fields={[
                  {
                    name: 'falseCasesPerWeek',
                    label: t('falseCases'),
                    type: 'number',
                    initial: String(falseCasesPerWeek),
                  },
                  {
                    name: 'recalibrateEveryDays',
                    label: t('every'),
                    type: 'number',
                    initial: String(recalibrateEveryDays),
                  },
                  { name: 'reason', label: t('reason'), type: 'long', required: true },
                ]}
              />
            )}
          </Stack>
        )}
      </Answer>
    </Card>
  );
}

function Calibrations({ rows }: { rows: Told['calibrations'] }): ReactElement | null {
  const t = useT();
  const format = useFormat();
  if (rows.length === 0) return null;
  return (
    <Card withBorder padding="md">
      <Title order={2} size="h4" mb="xs">
        {t('calibrations')}
      </Title>
      <Table.ScrollContainer minWidth={480}>
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('at')}</Table.Th>
              <Table.Th>{t('period')}</Table.Th>
              <Table.Th className="number">{t('threshold')}</Table.Th>
              <Table.Th>{t('engine')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map(({ at, from, to, threshold, engineVersion }) => (
              <Table.Tr key={at}>
                <Table.Td>
                  <Instant at={at} />
                </Table.Td>
                <Table.Td>
                  {format.day(from)} – {format.day(to)}
                </Table.Td>
                <Table.Td className="number">{threshold === null ? '–' : format.decimal(threshold, 2)}</Table.Td>
                <Table.Td>{engineVersion}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Card>
  );
}
