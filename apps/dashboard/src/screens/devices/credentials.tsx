import { Alert, Button, Code, Group, Stack, Text } from '@mantine/core';
import type { ReactElement } from 'react';
import { texts } from '../../i18n/i18n';
import type { Schemas } from '../../parts/api';
import { saveAs } from '../../parts/api';

type Given = Schemas['CredentialsDto'];

const useT = texts(
  'credentials',
  {
    once: 'Hanya ditampilkan sekali',
    onceHint:
      'Cetak atau pindai dengan terminal sekarang. Setelah jendela ini ditutup, kredensial tidak dapat dilihat lagi; bila hilang, ganti kredensialnya.',
    qr: 'Kode QR kredensial {{deviceId}}',
    epoch: 'Epoch {{epoch}}',
    password: 'Kata sandi MQTT',
    key: 'Kunci jurnal',
    print: 'Cetak',
    file: 'Unduh kredensial (CSV)',
    registered: '{{count}} terminal terdaftar',
  },
  {
    once: 'Shown only once',
    onceHint:
      'Print it, or scan it with the terminal now. Once this window is closed the credentials cannot be seen again; if they are lost, rotate them.',
    qr: 'QR code of the credentials of {{deviceId}}',
    epoch: 'Epoch {{epoch}}',
    password: 'MQTT password',
    key: 'Journal key',
    print: 'Print',
    file: 'Download the credentials (CSV)',
    registered: '{{count}} terminals registered',
  },
);

/** What a terminal needs to sign in, given once, as a card that can be printed. */
export function Credentials({ given }: { given: Given }): ReactElement {
  const t = useT();
  return (
    <Stack>
      <Alert color="orange" title={t('once')}>
        {t('onceHint')}
      </Alert>
      <Group align="flex-start" wrap="wrap" className="print-card">
        {given.qrSvg && (
          <img
            alt={t('qr', { deviceId: given.deviceId })}
            width={220}
            height={220}
            style={{ background: '#fff' }}
            src={`data:image/svg+xml,${encodeURIComponent(given.qrSvg)}`}
          />
        )}
        <Stack gap={4} style={{ flex: 1, minWidth: 220 }}>
          <Text fw={700}>{given.deviceId}</Text>
          <Text size="sm">{t('epoch', { epoch: given.epoch })}</Text>
          <Text size="sm">{t('password')}</Text>
          <Code style={{ overflowWrap: 'anywhere' }}>{given.mqttPassword}</Code>
          {given.journalKey && <Text size="sm">{t('key')}</Text>}
          {given.journalKey && <Code style={{ overflowWrap: 'anywhere' }}>{given.journalKey}</Code>}
        </Stack>
      </Group>
      <Group justify="flex-end" className="no-print">
        <Button onClick={() => window.print()}>{t('print')}</Button>
      </Group>
    </Stack>
  );
}

/** The credentials of a maker's batch: a file for who loads them. */
export function BatchCredentials({ given }: { given: readonly Given[] }): ReactElement {
  const t = useT();
  const save = (): void => {
    const lines = given.map(({ deviceId, mqttPassword, journalKey, epoch, qrText }) =>
      [deviceId, mqttPassword, journalKey ?? '', epoch, `"${qrText.replaceAll('"', '""')}"`].join(','),
    );
    saveAs(
      new Blob([['deviceId,mqttPassword,journalKey,epoch,qrText', ...lines].join('\n')], { type: 'text/csv' }),
      'credentials.csv',
    );
  };
  return (
    <Stack>
      <Text fw={600}>{t('registered', { count: given.length })}</Text>
      <Alert color="orange" title={t('once')}>
        {t('onceHint')}
      </Alert>
      <Button onClick={save}>{t('file')}</Button>
    </Stack>
  );
}
