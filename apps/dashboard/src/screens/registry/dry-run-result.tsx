import { Group, Table, Text } from '@mantine/core';
import type { ReactElement } from 'react';
import type { Schemas } from '../../parts/api';
import { Pattern, useFormat } from '../../parts/figures';
import { useT } from './rules-texts';

/** What exceptions there are by the rules in force and by the tried ones. */
export function DryRunResult({ of: told }: { of: Schemas['DryRunDto'] }): ReactElement {
  const t = useT();
  const format = useFormat();
  const sum = ({ count, amount }: Schemas['DryRunSumDto']) =>
    t('exceptions', { count: format.integer(count), amount: format.rupiah(amount) });
  return (
    <div role="status">
      <Group gap="xl" my="md">
        <Text size="sm">
          {t('before', { version: told.against })}: <strong>{sum(told.before)}</strong>
        </Text>
        <Text size="sm">
          {t('after')}: <strong>{sum(told.after)}</strong>
        </Text>
      </Group>
      {told.patterns.length === 0 ? (
        <Text size="sm">{t('same')}</Text>
      ) : (
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('pattern')}</Table.Th>
              {(['appeared', 'gone', 'changed'] as const).map((kind) => (
                <Table.Th key={kind} className="number">
                  {t(kind)}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {told.patterns.map(({ pattern, appeared, gone, changed }) => (
              <Table.Tr key={pattern}>
                <Table.Td>
                  <Pattern of={pattern} />
                </Table.Td>
                {Object.entries({ appeared, gone, changed }).map(([kind, count]) => (
                  <Table.Td key={kind} className="number">
                    {format.integer(count)}
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </div>
  );
}
