import { Button, Collapse, Group, Select, Text, TextInput } from '@mantine/core';
import { useDebouncedCallback, useDisclosure, useMediaQuery } from '@mantine/hooks';
import { IconFilter } from '@tabler/icons-react';
import { useEffect, useRef, useState, type ReactElement } from 'react';
import type { Search } from '../app/search';
import { useCommon } from '../i18n/i18n';
import { DateInput } from './date-input';
import { Lookup } from './lookup';
import type { LookupKind } from './lookup-kind';

export type Change = (values: Search) => void;

export interface Filter {
  /** The API's name of the parameter. */
  readonly id: string;
  readonly label: string;
  /** A choice; free text without. */
  readonly options?: readonly { value: string; label: string }[];
  /** A choice out of a register, searched by the API. */
  readonly lookup?: LookupKind;
  readonly type?: 'text' | 'date' | 'search';
}

interface Props {
  readonly filters: readonly Filter[];
  readonly values: Search;
  readonly change: Change;
}

/** Of a choice among the filters, px. */
const WIDTH = 180;
const SIZES = ['50', '200', '1000'];
/** Narrower than this the filters are folded away: the rows are what one came for. */
const NARROW = '(max-width: 48em)';

export function Filters(props: Props): ReactElement | null {
  const t = useCommon();
  const [opened, { toggle }] = useDisclosure();
  const narrow = useMediaQuery(NARROW, undefined, { getInitialValueInEffect: false });
  const set = Object.values(props.values).filter(Boolean).length;
  if (props.filters.length === 0) return null;
  if (!narrow) return <Inputs {...props} width={WIDTH} />;
  return (
    <div style={{ width: '100%' }}>
      <Button
        size="sm"
        variant={set > 0 ? 'light' : 'default'}
        leftSection={<IconFilter size={16} aria-hidden />}
        aria-expanded={opened}
        onClick={toggle}
      >
        {t('filter')} {set > 0 && `(${set})`}
      </Button>
      <Collapse expanded={opened}>
        <Inputs {...props} width="100%" />
      </Collapse>
    </div>
  );
}

function Inputs({ filters, values, change, width }: Props & { width: number | string }): ReactElement {
  const t = useCommon();
  return (
    <Group gap="xs" align="flex-end">
      {filters.map(({ id, label, options, lookup, type = 'text' }) => {
        if (lookup)
          return (
            <Lookup
              key={id}
              kind={lookup}
              w={width}
              label={label}
              placeholder={t('all')}
              value={values[id] ?? ''}
              onChange={(value) => change({ [id]: value || undefined })}
            />
          );
        if (options)
          return (
            <Select
              key={id}
              size="sm"
              w={width}
              label={label}
              data={[...options]}
              value={values[id] ?? null}
              placeholder={t('all')}
              clearable
              searchable={options.length > 8}
              onChange={(value) => change({ [id]: value ?? undefined })}
            />
          );
        if (type === 'date')
          return (
            <DateInput
              key={id}
              size="sm"
              w={width === WIDTH ? 160 : width}
              label={label}
              value={values[id] ?? ''}
              onValue={(value) => change({ [id]: value })}
            />
          );
        return (
          <TextFilter
            key={id}
            w={width === WIDTH ? (type === 'search' ? 220 : 160) : width}
            label={label}
            type={type}
            value={values[id] ?? ''}
            onValue={(value) => change({ [id]: value })}
          />
        );
      })}
    </Group>
  );
}

/** Text that filters once the typing rests; it follows the address when that changes by itself, as by a saved view. */
function TextFilter({
  value,
  onValue,
  ...rest
}: {
  value: string;
  onValue: (value: string) => void;
  w: number | string;
  label: string;
  type: string;
}): ReactElement {
  const [text, setText] = useState(value);
  const sent = useRef(value);
  const later = useDebouncedCallback((next: string) => {
    sent.current = next;
    onValue(next);
  }, 300);
  useEffect(() => {
    if (value === sent.current) return;
    sent.current = value;
    setText(value);
  }, [value]);
  return (
    <TextInput
      {...rest}
      size="sm"
      value={text}
      onChange={(event) => {
        setText(event.currentTarget.value);
        later(event.currentTarget.value);
      }}
    />
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
  const go = (to: number) => change({ offset: to <= 0 ? undefined : String(to) });
  return (
    <Group gap="xs">
      <Select
        size="xs"
        w={80}
        aria-label={t('rowsAPage')}
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
