import { Group, Select } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import type { Search } from '../app/search';
import { texts, useCommon } from '../i18n/i18n';
import { periodOf, type Period } from './days';
import { DateInput } from './date-input';
import { addDays, jakartaToday } from './format';

const useT = texts(
  'period',
  { d1: 'Hari ini', y1: 'Kemarin', d7: '7 hari', d30: '30 hari', m: 'Bulan ini', own: 'Pilihan sendiri' },
  { d1: 'Today', y1: 'Yesterday', d7: '7 days', d30: '30 days', m: 'This month', own: 'Own choice' },
);

/** The business days that the address asks for; the last `days` when it asks for none. */
export const usePeriod = (days: number): Period => periodOf(useSearch({ strict: false }) as Search, days);

export function PeriodPicker({ period }: { period: Period }): ReactElement {
  const t = useT();
  const common = useCommon();
  const navigate = useNavigate();
  const today = jakartaToday();
  const choose = (next: Period) =>
    void navigate({
      to: '.',
      search: ((old: Search) => ({ ...old, ...next, offset: undefined })) as never,
      replace: true,
    });
  const known: Record<string, Period> = {
    d1: { from: today, to: today },
    y1: { from: addDays(today, -1), to: addDays(today, -1) },
    d7: { from: addDays(today, -6), to: today },
    d30: { from: addDays(today, -29), to: today },
    m: { from: `${today.slice(0, 8)}01`, to: today },
  };
  const current =
    Object.entries(known).find(([, each]) => each.from === period.from && each.to === period.to)?.[0] ?? 'own';
  return (
    <Group gap="xs" align="flex-end">
      <Select
        size="sm"
        w={140}
        label={common('period')}
        allowDeselect={false}
        data={[...Object.keys(known), 'own'].map((value) => ({ value, label: t(value as 'd1') }))}
        value={current}
        onChange={(value) => value && known[value] && choose(known[value])}
      />
      <DateInput
        size="sm"
        w={150}
        label={common('from')}
        value={period.from}
        max={period.to}
        onValue={(from) => from && choose({ ...period, from })}
      />
      <DateInput
        size="sm"
        w={150}
        label={common('to')}
        value={period.to}
        min={period.from}
        onValue={(to) => to && choose({ ...period, to })}
      />
    </Group>
  );
}
