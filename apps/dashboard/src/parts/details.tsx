import { Spoiler, Text } from '@mantine/core';
import type { ReactElement } from 'react';
import { texts } from '../i18n/i18n';

const useT = texts('details', { more: 'Selengkapnya', less: 'Ringkas' }, { more: 'More', less: 'Less' });

/** Names and values as the API keeps them, inner ones under dotted names; long ones open on demand. */
export function Details({ of }: { of: unknown }): ReactElement {
  const t = useT();
  const told = flat(of).map(([name, value]) => (name ? `${name} ${value}` : value));
  if (told.length === 0) return <span>–</span>;
  return (
    <Spoiler maxHeight={38} showLabel={t('more')} hideLabel={t('less')} styles={{ control: { fontSize: 12 } }}>
      <Text size="xs" style={{ overflowWrap: 'anywhere' }}>
        {told.join(' · ')}
      </Text>
    </Spoiler>
  );
}

function flat(value: unknown, name = ''): [string, string][] {
  if (value === null || value === undefined) return [];
  if (Array.isArray(value) && value.every((each) => typeof each !== 'object')) return [[name, value.join(', ')]];
  if (typeof value !== 'object') return [[name, String(value)]];
  return Object.entries(value).flatMap(([key, each]) => flat(each, name ? `${name}.${key}` : key));
}
