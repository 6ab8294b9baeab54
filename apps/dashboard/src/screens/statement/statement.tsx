import { Alert, Anchor, Button, Card, Group, Stack, Table, Text, Title } from '@mantine/core';
import { Link, useParams, useSearch } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import type { Search } from '../../app/search';
import { download, tell, useGet, type Schemas } from '../../parts/api';
import { ToPoint } from '../../parts/columns';
import { Day, Figure, Instant, Money, useFormat } from '../../parts/figures';
import { PageHeader } from '../../parts/page';
import { Answer, Empty } from '../../parts/states';
import { useT } from '../money/operator-texts';

type Statement = Schemas['StatementDetailDto'];

const PATH = '/api/v1/operator-statements/{operator}/{month}';
const SHARES = ['gross', 'city', 'attendant', 'operator'] as const;

/** One operator's month, as the paper has it: sums, then a line a point and terms. */
export function StatementScreen(): ReactElement {
  const t = useT();
  const format = useFormat();
  const { operator, month } = useParams({ strict: false }) as { operator: string; month: string };
  const { revision } = useSearch({ strict: false }) as Search;
  const ask = { params: { operator, month }, query: { revision } };
  const answer = useGet<Statement>(PATH, ask);
  const file = (kind: string) => void download(PATH, ask, kind).catch(tell);
  return (
    <>
      <PageHeader
        title={t('statementOf', { operator, month: format.month(month) })}
        up={{ to: '/money/statements', label: t('statements') }}
      >
        {(['pdf', 'xlsx', 'csv'] as const).map((kind) => (
          <Button key={kind} size="sm" variant="default" onClick={() => file(kind)}>
            {kind.toUpperCase()}
          </Button>
        ))}
        <Button size="sm" onClick={() => window.print()}>
          {t('print')}
        </Button>
      </PageHeader>
      <Answer of={answer} height={480}>
        {(statement) => (
          <Stack>
            {!statement.newest && (
              <Alert color="orange" title={t('notNewest')}>
                <Anchor component={Link} to={`/money/statements/${encodeURIComponent(operator)}/${month}`}>
                  {t('toNewest')}
                </Anchor>
              </Alert>
            )}
            <Sums statement={statement} />
            <Lines statement={statement} />
          </Stack>
        )}
      </Answer>
    </>
  );
}

function Sums({ statement }: { statement: Statement }): ReactElement {
  const t = useT();
  return (
    <>
      <div className="grid-figures">
        <Figure label={t('gross')} value={<Money amount={statement.gross} />} />
        <Figure label={t('city')} value={<Money amount={statement.city} />} />
        <Figure label={t('attendantShare')} value={<Money amount={statement.attendant} />} />
        <Figure label={t('operatorShare')} value={<Money amount={statement.operatorShare} />} />
        <Figure
          label={t('withoutTerms')}
          value={<Money amount={statement.withoutTerms} />}
          {...(statement.withoutTerms > 0 && { tone: 'orange.9' })}
        />
      </div>
      <Group gap="xs">
        <Text size="sm" c="dimmed">
          {t('revision')} {statement.revision} · {t('madeAt')} <Instant at={statement.madeAt} />
        </Text>
      </Group>
    </>
  );
}

function Lines({ statement: { lines, ...sums } }: { statement: Statement }): ReactElement {
  const t = useT();
  const headers = [t('gross'), t('city'), t('attendantShare'), t('operatorShare')];
  const totals = [sums.gross, sums.city, sums.attendant, sums.operatorShare];
  return (
    <Card withBorder padding="md">
      <Title order={2} size="h4" mb="xs">
        {t('lines')}
      </Title>
      {lines.length === 0 ? (
        <Empty />
      ) : (
        <Table.ScrollContainer minWidth={720} role="region" aria-label={t('lines')}>
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('point')}</Table.Th>
                <Table.Th>{t('streetClass')}</Table.Th>
                <Table.Th>{t('termsFrom')}</Table.Th>
                {headers.map((header) => (
                  <Table.Th key={header} className="number">
                    {header}
                  </Table.Th>
                ))}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {lines.map((line) => (
                <Table.Tr key={`${line.point}/${line.streetClass}/${line.termsFrom}`}>
                  <Table.Td>
                    <ToPoint code={line.point} />
                  </Table.Td>
                  <Table.Td>{line.streetClass || '–'}</Table.Td>
                  <Table.Td>
                    <Day date={line.termsFrom} />
                  </Table.Td>
                  {SHARES.map((share) => (
                    <Table.Td key={share} className="number">
                      <Money amount={line[share]} />
                    </Table.Td>
                  ))}
                </Table.Tr>
              ))}
            </Table.Tbody>
            <Table.Tfoot className="sums" data-sums>
              <Table.Tr>
                <Table.Th colSpan={3} scope="row">
                  {t('total')}
                </Table.Th>
                {totals.map((amount, n) => (
                  <Table.Td key={headers[n]} className="number">
                    <Money amount={amount} />
                  </Table.Td>
                ))}
              </Table.Tr>
            </Table.Tfoot>
          </Table>
        </Table.ScrollContainer>
      )}
    </Card>
  );
}
