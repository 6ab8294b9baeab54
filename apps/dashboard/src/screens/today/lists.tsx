import { Anchor, Card, Table, Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { useCommon } from '../../i18n/i18n';
import { useGet, type Page, type Schemas } from '../../parts/api';
import { Instant, Money, Pattern, Severity } from '../../parts/figures';
import type { Period } from '../../parts/days';
import { Answer, Empty } from '../../parts/states';
import { asks } from './asks';
import { useT } from './texts';

export function DueNext(): ReactElement {
  const t = useT();
  const answer = useGet<Page<Schemas['CaseDto']>>(...asks.due());
  return (
    <Card withBorder padding="md" h="100%">
      <Title order={2} size="h4" mb="xs">
        {t('dueNext')}
      </Title>
      <Answer of={answer} height={280}>
        {({ rows }) =>
          rows.length === 0 ? (
            <Empty>{t('noDue')}</Empty>
          ) : (
            <Table.ScrollContainer minWidth={420}>
              <Table>
                <Table.Tbody>
                  {rows.map((row) => (
                    <Table.Tr key={row.id}>
                      <Table.Td>
                        <Severity of={row.severity} />
                      </Table.Td>
                      <Table.Td>
                        <Anchor component={Link} to={`/cases/${encodeURIComponent(row.id)}`}>
                          <Pattern of={row.pattern} />
                        </Anchor>
                        <Text size="xs" c="dimmed">
                          {row.subject}
                        </Text>
                      </Table.Td>
                      <Table.Td className="number">
                        <Money amount={row.amount} />
                      </Table.Td>
                      <Table.Td>
                        <Instant at={row.dueAt} relative />
                      </Table.Td>
                    </Table.Tr>
                  ))}
                </Table.Tbody>
              </Table>
            </Table.ScrollContainer>
          )
        }
      </Answer>
    </Card>
  );
}

export function LargestGaps({ period }: { period: Period }): ReactElement {
  const t = useT();
  const common = useCommon();
  const answer = useGet<Page<Schemas['PointOverviewDto']>>(...asks.gaps(period));
  return (
    <Card withBorder padding="md" h="100%">
      <Title order={2} size="h4" mb="xs">
        {t('topLeaks')}
      </Title>
      <Answer of={answer} height={280}>
        {({ rows }) => {
          const leaking = rows.filter(({ unrecorded }) => (unrecorded ?? 0) > 0);
          if (leaking.length === 0) return <Empty>{t('noPotential')}</Empty>;
          return (
            <Table>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>{common('point')}</Table.Th>
                  <Table.Th className="number">{t('gap')}</Table.Th>
                  <Table.Th className="number">{common('recorded')}</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {leaking.map((row) => (
                  <Table.Tr key={row.code}>
                    <Table.Td>
                      <Anchor component={Link} to={`/points/${encodeURIComponent(row.code)}`}>
                        {row.name}
                      </Anchor>
                      <Text size="xs" c="dimmed">
                        {row.code} · {row.district}
                      </Text>
                    </Table.Td>
                    <Table.Td className="number">
                      <Money amount={row.unrecorded} />
                    </Table.Td>
                    <Table.Td className="number">
                      <Money amount={row.recorded} />
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          );
        }}
      </Answer>
    </Card>
  );
}
