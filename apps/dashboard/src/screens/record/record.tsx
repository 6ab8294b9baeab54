import { Alert, Anchor, Card, Code, Group, Stack, Text, Title } from '@mantine/core';
import { Link, useParams } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { texts } from '../../i18n/i18n';
import { useGet, type Schemas } from '../../parts/api';
import { Day, Instant } from '../../parts/figures';
import { PageHeader } from '../../parts/page';
import { Answer } from '../../parts/states';

const useT = texts(
  'record',
  {
    raw: 'Seperti disegel terminal (bentuk kanonik)',
    chain: 'Rantai',
    before: 'Catatan sebelumnya',
    after: 'Catatan sesudahnya',
    flags: 'Bendera',
    voided: 'Dibatalkan',
    receivedAt: 'Diterima',
    businessDate: 'Hari usaha',
    prev: 'Menyebut pendahulu',
    mac: 'Segel',
  },
  {
    raw: 'As the terminal sealed it (canonical form)',
    chain: 'Chain',
    before: 'Record before',
    after: 'Record after',
    flags: 'Flags',
    voided: 'Voided',
    receivedAt: 'Received',
    businessDate: 'Business day',
    prev: 'Names its predecessor',
    mac: 'Seal',
  },
);

export function RecordScreen(): ReactElement {
  const { device, epoch, seq } = useParams({ strict: false }) as { device: string; epoch: string; seq: string };
  const t = useT();
  const answer = useGet<Schemas['RawRecordDto']>('/api/v1/records/{device}/{epoch}/{seq}', {
    params: { device, epoch, seq },
  });
  const number = Number(seq);
  return (
    <>
      <PageHeader title={`${device} / ${epoch} / ${seq}`} up={{ to: `/devices/${device}`, label: device }} />
      <Answer of={answer} height={400}>
        {(row) => {
          const record = (typeof row.record === 'string' ? JSON.parse(row.record) : row.record) as Record<
            string,
            unknown
          >;
          return (
            <Stack>
              <Group gap="xl">
                <Text size="sm">{row.type}</Text>
                <Text size="sm">
                  {t('time')}: <Instant at={row.at} />
                </Text>
                <Text size="sm">
                  {t('receivedAt')}: <Instant at={row.receivedAt} />
                </Text>
                <Text size="sm">
                  {t('businessDate')}: <Day date={row.businessDate} />
                </Text>
                {row.point && (
                  <Anchor component={Link} to={`/points/${encodeURIComponent(row.point)}`} size="sm">
                    {row.point}
                  </Anchor>
                )}
              </Group>
              {row.voided && <Alert color="orange">{t('voided')}</Alert>}
              {(row.flags ?? []).length > 0 && (
                <Text size="sm">
                  {t('flags')}: {row.flags.join(', ')}
                </Text>
              )}
              <Card withBorder>
                <Title order={2} size="h4" mb="xs">
                  {t('raw')}
                </Title>
                <Code block>{JSON.stringify(record, null, 2)}</Code>
              </Card>
              <Card withBorder>
                <Title order={2} size="h4" mb="xs">
                  {t('chain')}
                </Title>
                <Text size="sm">
                  {t('prev')}: <Code>{String(record['prev'] ?? '') || '–'}</Code>
                </Text>
                <Text size="sm">
                  {t('mac')}: <Code>{String(record['mac'] ?? record['sig'] ?? '–')}</Code>
                </Text>
                <Group mt="xs">
                  {number > 1 && (
                    <Anchor component={Link} to={`/records/${device}/${epoch}/${number - 1}`}>
                      ← {t('before')}
                    </Anchor>
                  )}
                  <Anchor component={Link} to={`/records/${device}/${epoch}/${number + 1}`}>
                    {t('after')} →
                  </Anchor>
                </Group>
              </Card>
            </Stack>
          );
        }}
      </Answer>
    </>
  );
}
