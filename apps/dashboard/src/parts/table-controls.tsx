import { Button, Group, Select, Text, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import type { ReactElement } from 'react';
import type { Search } from '../app/search';
import { useCommon } from '../i18n/i18n';
import { DateInput } from './date-input';

export type Change = (values: Search) => void;

export interface Filter {
  /** The API's name of the parameter. */
  readonly id: string;
  readonly label: string;
  /** A choice; free text without. */
  readonly options?: readonly { value: string; label: string }[];
  readonly type?: 'text' | 'date' | 'search';
}

const SIZES = ['50', '200', '1000'];

export function Filters({
  filters,
  values,
  change,
}: {
  filters: readonly Filter[];
  values: Search;
  change: Change;
}): ReactElement {
  const t = useCommon();
  const later = useDebouncedCallback((id: string, value: string) => change({ [id]: value }), 300);
  return (
    <Group gap="xs" align="flex-end">
      {filters.map(({ id, label, options, type = 'text' }) =>
        options ? (
          <Select
            key={id}
            size="sm"
            w={180}
            label={label}
            data={[...options]}
            value={values[id] ?? null}
            placeholder={t('all')}
            clearable
            searchable={options.length > 8}
            onChange={(value) => change({ [id]: value ?? undefined })}
          />
        ) : type === 'date' ? (
          <DateInput
            key={id}
            size="sm"
            w={160}
            label={label}
            value={values[id] ?? ''}
            onValue={(value) => change({ [id]: value })}
          />
        ) : (
          <TextInput
            key={id}
            size="sm"
            w={type === 'search' ? 220 : 160}
            label={label}
            type={type}
            defaultValue={values[id] ?? ''}
            onChange={(event) => later(id, event.currentTarget.value)}
          />
        ),
      )}
    </Group>
  );
}

export function Pager({
  limit,
  offset,
  total,
  change,
}: {
  limit: number;
  offset: number;
  total: number;
  change: Change;
}): ReactElement | null {
  const t = useCommon();
  if (total <= Number(SIZES[0])) return null;
  const pages = Math.max(1, Math.ceil(total / limit));
  const go = (to: number) => change({ offset: to <= 0 ? undefined : String(to), ...(to <= 0 && {}) });
  return (
    <Group gap="xs">
      <Select
        size="xs"
        w={80}
        aria-label={t('columns')}
        data={SIZES}
        value={String(limit)}
        allowDeselect={false}
        onChange={(value) => change({ limit: value ?? undefined })}
      />
      <Button size="xs" variant="default" disabled={offset === 0} onClick={() => go(offset - limit)}>
        {t('previous')}
      </Button>
      <Text size="sm">{t('page', { page: Math.floor(offset / limit) + 1, pages })}</Text>
      <Button size="xs" variant="default" disabled={offset + limit >= total} onClick={() => go(offset + limit)}>
        {t('next')}
      </Button>
    </Group>
  );
}
