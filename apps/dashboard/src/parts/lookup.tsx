import { Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';
import { useCommon } from '../i18n/i18n';
import { get, type Page, type Path, type Query } from './api';
import type { LookupKind } from './lookup-kind';

interface Source {
  readonly path: Path;
  /** Whether the API searches: the list is too long to be loaded whole. */
  readonly searched?: boolean;
  readonly code: string;
  readonly name: string;
}

const SOURCES: Readonly<Record<LookupKind, Source>> = {
  point: { path: '/api/v1/points', searched: true, code: 'code', name: 'name' },
  attendant: { path: '/api/v1/attendants', searched: true, code: 'code', name: 'name' },
  device: { path: '/api/v1/devices', searched: true, code: 'deviceId', name: 'model' },
  operator: { path: '/api/v1/operators', code: 'code', name: 'name' },
  acquirer: { path: '/api/v1/acquirers', code: 'code', name: 'name' },
  account: { path: '/api/v1/bank-accounts', code: 'account', name: 'name' },
};
const SHOWN_MAX = 30;
const WHOLE_MAX = 1_000;
const TYPING_MS = 250;

type Row = Readonly<Record<string, string | null>>;

interface Props {
  readonly kind: LookupKind;
  readonly label: string;
  /** The code; empty when nothing is chosen. */
  readonly value: string;
  readonly onChange: (code: string) => void;
  readonly required?: boolean;
  readonly placeholder?: string;
  readonly description?: string | undefined;
  readonly error?: string | undefined;
  readonly w?: number | string;
}

/** A choice out of a register, found by code or name as one types. */
export function Lookup({ kind, value, onChange, required = false, ...shown }: Props): ReactElement {
  const t = useCommon();
  const { path, searched = false, code, name } = SOURCES[kind];
  const [typed, setTyped] = useState('');
  const [asked] = useDebouncedValue(typed, TYPING_MS);
  const query: Query = searched ? { search: asked, limit: SHOWN_MAX } : { limit: WHOLE_MAX };
  const answer = useQuery({
    queryKey: [path, {}, query],
    queryFn: () => get<Page<Row>>(path, { query }),
    placeholderData: keepPreviousData,
  });
  const known = (answer.data?.rows ?? []).map((row) => ({
    value: row[code]!,
    label: row[name] ? `${row[name]} (${row[code]})` : row[code]!,
  }));
  const data = !value || known.some((each) => each.value === value) ? known : [{ value, label: value }, ...known];
  const chosen = data.find((each) => each.value === value)?.label;
  return (
    <Select
      {...shown}
      size="sm"
      required={required}
      data={data}
      value={value || null}
      searchable
      clearable={!required}
      nothingFoundMessage={t(answer.isFetching ? 'loading' : 'emptyFiltered')}
      {...(searched && { filter: ({ options }) => options })}
      // The label of what was chosen is no search.
      onSearchChange={(text) => setTyped(text === chosen ? '' : text)}
      onChange={(next) => onChange(next ?? '')}
    />
  );
}
