import { Alert, Button, Card, Group, Progress, Select, Stack, Text } from '@mantine/core';
import { useInterval } from '@mantine/hooks';
import { useRef, useState, type ReactElement } from 'react';
import { texts } from '../../i18n/i18n';
import { download } from '../../parts/api';
import { useFormat } from '../../parts/figures';
import { useMonths } from './operator-money';

const useT = texts(
  'money-report',
  {
    report: 'Laporan bulanan',
    hint: 'Bruto, menurut hari usaha pembayaran: jalan uang per hari, titik, dan pengelola; target; pengecualian; kasus dan yang dipulihkan. Catatan terlambat mengubah bulan asalnya: laporan menyebut kapan dan oleh siapa dibuat.',
    month: 'Bulan',
    make: 'Unduh {{format}}',
    making: 'Laporan {{month}} sedang disusun … {{seconds}} detik',
    stop: 'Hentikan',
    stopped: 'Dihentikan.',
    made: '{{name}} diunduh ({{size}} KB).',
    failed: 'Laporan tidak dapat disusun',
    running: 'Bulan ini belum berakhir: laporannya sementara.',
  },
  {
    report: 'Monthly report',
    hint: "Gross, by the payment's own business day: the road of the money a day, point and operator; targets; exceptions; cases and what was recovered. A late record changes the month it belongs to: the report says when and by whom it was made. The report itself is in Indonesian.",
    month: 'Month',
    make: 'Download {{format}}',
    making: 'The report of {{month}} is being made … {{seconds}} s',
    stop: 'Stop',
    stopped: 'Stopped.',
    made: '{{name}} was downloaded ({{size}} KB).',
    failed: 'The report could not be made',
    running: 'This month is not over yet: its report is provisional.',
  },
);

const MONTHS = 24;
const FORMATS = ['pdf', 'xlsx'] as const;

type Standing =
  | { kind: 'idle' }
  | { kind: 'making'; month: string }
  | { kind: 'made'; name: string; bytes: number }
  | { kind: 'failed'; message: string };

/** The papers of a month, made when asked for. */
export function Report(): ReactElement {
  const t = useT();
  const format = useFormat();
  const months = useMonths(MONTHS);
  const [month, setMonth] = useState(months[1]!.value);
  const [standing, setStanding] = useState<Standing>({ kind: 'idle' });
  const [seconds, setSeconds] = useState(0);
  const clock = useInterval(() => setSeconds((past) => past + 1), 1_000);
  const stop = useRef<AbortController>(null);
  const make = async (kind: (typeof FORMATS)[number]): Promise<void> => {
    stop.current = new AbortController();
    setSeconds(0);
    clock.start();
    setStanding({ kind: 'making', month });
    try {
      const file = await download('/api/v1/reports/monthly', { query: { month } }, kind, stop.current.signal);
      setStanding({ kind: 'made', ...file });
    } catch (error) {
      const message = stop.current.signal.aborted ? t('stopped') : (error as Error).message;
      setStanding({ kind: 'failed', message });
    } finally {
      clock.stop();
    }
  };
  const making = standing.kind === 'making';
  const told = making ? t('making', { month: format.month(standing.month), seconds }) : '';
  return (
    <Card withBorder padding="md" maw={720}>
      <Stack>
        <Text size="sm" c="dimmed">
          {t('hint')}
        </Text>
        <Group align="flex-end">
          <Select
            label={t('month')}
            data={months}
            value={month}
            allowDeselect={false}
            disabled={making}
            onChange={(value) => setMonth(value!)}
          />
          {FORMATS.map((kind) => (
            <Button key={kind} disabled={making} onClick={() => void make(kind)}>
              {t('make', { format: kind.toUpperCase() })}
            </Button>
          ))}
        </Group>
        {month === months[0]!.value && <Text size="sm">{t('running')}</Text>}
        {making && (
          <div role="status">
            <Group justify="space-between" mb={4}>
              <Text size="sm">{told}</Text>
              <Button size="compact-sm" variant="default" onClick={() => stop.current?.abort()}>
                {t('stop')}
              </Button>
            </Group>
            <Progress value={100} animated aria-label={told} />
          </div>
        )}
        {standing.kind === 'made' && (
          <Alert color="teal" role="status">
            {t('made', { name: standing.name, size: format.integer(Math.ceil(standing.bytes / 1024)) })}
          </Alert>
        )}
        {standing.kind === 'failed' && (
          <Alert color="red" role="alert" title={t('failed')}>
            {standing.message}
          </Alert>
        )}
      </Stack>
    </Card>
  );
}
