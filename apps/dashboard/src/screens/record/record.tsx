import { Card, Code, Grid, Group, Badge, Stack, Table, Text, Title, Button } from '@mantine/core';
import { Link, useParams } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { texts } from '../../i18n/i18n';
import { useGet, type Schemas } from '../../parts/api';
import { ToDevice, ToPoint } from '../../parts/columns';
import { Day, Instant } from '../../parts/figures';
import { PageHeader } from '../../parts/page';
import { Answer } from '../../parts/states';

type Raw = Schemas['RawRecordDto'];

const useT = texts(
  'record',
  {
    title: 'Catatan {{seq}}',
    facts: 'Apa yang diketahui',
    raw: 'Persis seperti yang dikirim terminal',
    type: 'Jenis',
    at: 'Menurut jam terminal',
    receivedAt: 'Diterima',
    businessDate: 'Hari usaha',
    flags: 'Tanda',
    voided: 'Dibatalkan',
    chain: 'Rantai',
    chainHint:
      'Setiap catatan memuat sidik catatan sebelumnya dan kode keaslian (MAC) dengan kunci terminal; gerbang memeriksanya sebelum menyimpan.',
    prev: 'Sidik sebelumnya',
    mac: 'Kode keaslian (MAC)',
    before: 'Catatan sebelumnya',
    after: 'Catatan berikutnya',
    fault: 'Kekurangan isi',
  },
  {
    title: 'Record {{seq}}',
    facts: 'What is known',
    raw: 'Exactly as the terminal sent it',
    type: 'Type',
    at: "By the terminal's clock",
    receivedAt: 'Received',
    businessDate: 'Business day',
    flags: 'Flags',
    voided: 'Voided',
    chain: 'Chain',
    chainHint:
      "Each record carries the digest of the one before it and a code (MAC) under the terminal's key; the gateway checks both before it keeps the record.",
    prev: 'Digest of the one before',
    mac: 'Code (MAC)',
    before: 'Record before',
    after: 'Next record',
    fault: 'Fault of the body',
  },
);

/** One record of a terminal, down to its bytes and its place in the chain. */
export function RecordScreen(): ReactElement {
  const t = useT();
  const { device, epoch, seq } = useParams({ strict: false }) as { device: string; epoch: string; seq: string };
  const answer = useGet<Raw>('/api/v1/records/{device}/{epoch}/{seq}', { params: { device, epoch, seq } });
  const beside = (step: number): string => `/records/${encodeURIComponent(device)}/${epoch}/${Number(seq) + step}`;
  return (
    <>
      <PageHeader
        title={`${t('title', { seq })} · ${device}`}
        up={{ to: `/devices/${encodeURIComponent(device)}`, label: device }}
      >
        <Button component={Link} to={beside(-1)} variant="default" size="sm" disabled={Number(seq) <= 1}>
          {t('before')}
        </Button>
        <Button component={Link} to={beside(1)} variant="default" size="sm">
          {t('after')}
        </Button>
      </PageHeader>
      <Answer of={answer} height={420}>
        {(raw) => <Shown raw={raw} />}
      </Answer>
    </>
  );
}

function Shown({ raw }: { raw: Raw }): ReactElement {
  const t = useT();
  const body = parsed(raw.record);
  return (
    <Grid>
      <Grid.Col span={{ base: 12, md: 5 }}>
        <Stack>
          <Card withBorder padding="md">
            <Title order={2} size="h4" mb="xs">
              {t('facts')}
            </Title>
            <Facts raw={raw} />
          </Card>
          <Card withBorder padding="md">
            <Title order={2} size="h4">
              {t('chain')}
            </Title>
            <Text size="sm" c="dimmed" mb="xs">
              {t('chainHint')}
            </Text>
            {(['prev', 'mac'] as const).map((name) => (
              <div key={name}>
                <Text size="sm">{t(name)}</Text>
                <Code style={{ overflowWrap: 'anywhere' }}>{String(body[name] ?? '–')}</Code>
              </div>
            ))}
          </Card>
        </Stack>
      </Grid.Col>
      <Grid.Col span={{ base: 12, md: 7 }}>
        <Card withBorder padding="md">
          <Title order={2} size="h4" mb="xs">
            {t('raw')}
          </Title>
          <Code block tabIndex={0} style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
            {raw.record}
          </Code>
        </Card>
      </Grid.Col>
    </Grid>
  );
}

function Facts({ raw }: { raw: Raw }): ReactElement {
  const t = useT();
  const lines: [string, ReactElement | string][] = [
    [t('type'), raw.type],
    [t('device'), <ToDevice id={raw.device} />],
    [t('point'), <ToPoint code={raw.point} />],
    [t('at'), <Instant at={raw.at} />],
    [t('receivedAt'), <Instant at={raw.receivedAt} />],
    [t('businessDate'), <Day date={raw.businessDate} />],
    [t('voided'), t(raw.voided ? 'yes' : 'no')],
    ...(raw.bodyFault ? [[t('fault'), raw.bodyFault] as [string, string]] : []),
  ];
  return (
    <>
      <Table>
        <Table.Tbody>
          {lines.map(([label, value]) => (
            <Table.Tr key={label}>
              <Table.Th scope="row">{label}</Table.Th>
              <Table.Td>{value}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <Group gap={4} mt="xs">
        {raw.flags.map((flag) => (
          <Badge key={flag} color="orange.9" variant="filled">
            {flag}
          </Badge>
        ))}
      </Group>
    </>
  );
}

function parsed(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return {};
  }
}
