import { Anchor, SegmentedControl, Stack, Text } from '@mantine/core';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import type { Search } from '../../app/search';
import type { Query, Schemas } from '../../parts/api';
import { ToRecord } from '../../parts/columns';

type Exception = Schemas['ExceptionDto'];

/** Where a piece of evidence is looked at: a raw record, settlement lines, hand-overs, slips, bank entries, a journal. */
export function EvidenceLinks({ of, day }: { of: Exception['evidence']; day: string }): ReactElement {
  return (
    <Stack gap={0}>
      {of.length === 0 && '–'}
      {of.map((each) => (
        <Evidence key={`${each.kind} ${each.ref}`} of={each} day={day} />
      ))}
    </Stack>
  );
}

function Evidence({ of: { kind, ref }, day }: { of: Schemas['EvidenceDto']; day: string }): ReactElement {
  if (kind === 'record' || kind === 'collection') return <ToRecord of={ref} />;
  const [to, search] = addressOf(kind, ref, day);
  if (!to) return <span className="code">{ref}</span>;
  return (
    <Anchor component={Link} to={to} search={search as never} inherit className="code">
      {decodeURIComponent(ref)}
    </Anchor>
  );
}

/** References are parts between slashes, each percent-encoded: a settlement line's acquirer, kind, transaction, part. */
function addressOf(kind: string, ref: string, day: string): [to: string | null, search: Search] {
  const [first, , third] = ref.split('/').map(decodeURIComponent);
  switch (kind) {
    case 'settlement':
      return ['/money/rows', { acquirer: first, transactionId: third }];
    case 'deposit':
      return ['/money/deposits', { number: ref }];
    case 'slip':
      return ['/money/deposits', { slip: ref }];
    case 'credit':
      return ['/money/bank-entries', { account: first }];
    case 'shift':
      return [`/devices/${encodeURIComponent(first!)}`, { 'j-from': day, 'j-to': day }];
    case 'gap':
      return [`/devices/${encodeURIComponent(first!)}`, {}];
    default:
      return [null, {}];
  }
}

export interface View {
  readonly key: string;
  readonly label: string;
  readonly query: Query;
}

/** Which part of a list is shown: a choice that stands in the address. */
export function useView(views: readonly [View, ...View[]]): View {
  const { view } = useSearch({ strict: false }) as Search;
  return views.find(({ key }) => key === view) ?? views[0];
}

export function ViewChoice({ views, hint }: { views: readonly [View, ...View[]]; hint: string }): ReactElement {
  const navigate = useNavigate();
  const current = useView(views);
  return (
    <Stack gap="xs" mb="xs">
      <Text size="sm" c="dimmed">
        {hint}
      </Text>
      <SegmentedControl
        className="no-print"
        aria-label={hint}
        style={{ alignSelf: 'flex-start', maxWidth: '100%', overflowX: 'auto' }}
        data={views.map(({ key, label }) => ({ value: key, label }))}
        value={current.key}
        onChange={(view) => void navigate({ to: '.', search: { view } as never, replace: true })}
      />
    </Stack>
  );
}
