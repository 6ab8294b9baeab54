import { Anchor, Badge, Card, Group, Text, VisuallyHidden } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactElement, ReactNode } from 'react';
import { useCommon, useLanguage } from '../i18n/i18n';
import { day, decimal, distance, instant, integer, month, percent, rupiah, shortRupiah } from './format';

/** A charge under which a terminal may not last its shift. */
export const BATTERY_LOW_PERCENT = 20;

/** How this person's language writes sums, numbers and times. */
export function useFormat() {
  const language = useLanguage();
  return {
    rupiah: (amount: number) => rupiah(amount, language),
    shortRupiah: (amount: number) => shortRupiah(amount, language),
    integer: (value: number) => integer(value, language),
    decimal: (value: number, most: 1 | 2) => decimal(value, most, language),
    percent: (share: number) => percent(share, language),
    day: (date: string) => day(date, language),
    month: (value: string) => month(value, language),
    instant: (at: string) => instant(at, language),
    distance: (at: string) => distance(at, Date.now(), language),
  };
}

export function Money({ amount, short = false }: { amount: number | null | undefined; short?: boolean }): ReactElement {
  const format = useFormat();
  if (amount === null || amount === undefined) return <span>–</span>;
  // `data` carries the exact sum for programs where people see a short one.
  const exact = format.rupiah(amount);
  return (
    <data className="number" value={amount} {...(short && { title: exact })}>
      {short ? format.shortRupiah(amount) : exact}
    </data>
  );
}

export function Instant({ at, relative = false }: { at: string | null | undefined; relative?: boolean }): ReactElement {
  const format = useFormat();
  if (!at) return <span>–</span>;
  return (
    <time dateTime={at} title={format.instant(at)} className="code">
      {relative ? format.distance(at) : format.instant(at)}
    </time>
  );
}

export function Day({ date }: { date: string | null | undefined }): ReactElement {
  const format = useFormat();
  return date ? (
    <time dateTime={date} className="code">
      {format.day(date)}
    </time>
  ) : (
    <span>–</span>
  );
}

const SEVERITY_COLOURS: Readonly<Record<string, string>> = {
  critical: 'red.9',
  major: 'orange.9',
  minor: 'yellow.9',
  warning: 'blue.8',
  indeterminate: 'gray.7',
};

export function Severity({ of }: { of: string }): ReactElement {
  const t = useCommon();
  return (
    <Badge miw="max-content" variant="filled" color={SEVERITY_COLOURS[of] ?? 'gray.7'} autoContrast={false}>
      {t(`severity.${of}`)}
    </Badge>
  );
}

const STATE_COLOURS: Readonly<Record<string, string>> = {
  online: 'teal',
  silent: 'orange',
  late: 'orange',
  offline: 'gray',
  never: 'gray',
  open: 'red',
  assigned: 'blue',
  'under-review': 'violet',
  resolved: 'teal',
  mismatched: 'red',
  expected: 'gray',
};

/** A state as a badge; `kind` is the group of its word (`state`, `presence`). */
export function State({ of, kind = 'state' }: { of: string; kind?: string }): ReactElement {
  const t = useCommon();
  const word = t(`${kind}.${of}`);
  return (
    <Badge miw="max-content" variant="outline" color={STATE_COLOURS[of] ?? 'gray'}>
      {word === `${kind}.${of}` ? of : word}
    </Badge>
  );
}

export function Pattern({ of }: { of: string }): ReactElement {
  const t = useCommon();
  const word = t(`pattern.${of}`);
  return <span title={of}>{word === `pattern.${of}` ? of : word}</span>;
}

/** A figure of a page that leads to the rows which make it. */
export function Figure({
  label,
  value,
  hint,
  to,
  search,
  tone,
}: {
  label: string;
  value: ReactNode;
  hint?: ReactNode;
  to?: string;
  search?: Readonly<Record<string, string>>;
  tone?: string;
}): ReactElement {
  return (
    <Card withBorder padding="sm" radius="md">
      <Text size="sm" c="dimmed" component="h3" fw={500}>
        {label}
      </Text>
      <Group gap="xs" align="baseline">
        <Text fz={24} fw={700} lh={1.3} {...(tone && { c: tone })} data-figure={label}>
          {to ? (
            <Anchor component={Link} to={to} search={search as never} inherit c="inherit" underline="hover">
              {value}
              <VisuallyHidden> {label}</VisuallyHidden>
            </Anchor>
          ) : (
            value
          )}
        </Text>
      </Group>
      <Text size="sm" c="dimmed" component="div" className="hint">
        {hint}
      </Text>
    </Card>
  );
}
