import { Text } from '@mantine/core';
import type { ReactElement } from 'react';
import { texts } from '../i18n/i18n';
import { useFormat } from './figures';

const useT = texts(
  'exception-details',
  {
    recorded: 'tercatat',
    declared: 'dinyatakan',
    float: 'uang kembalian',
    register: 'menurut meter',
    counted: 'terhitung',
    number: 'nomor',
    minimum: 'minimum',
    deposited: 'disetor',
    due: 'wajib setor',
    inTime: 'tepat waktu',
    slip: 'STS',
    credited: 'di nota kredit',
    settled: 'diselesaikan',
    refunded: 'dikembalikan',
    batch: 'batch',
    from: 'dari nomor',
    to: 'sampai nomor',
    records: 'banyaknya catatan',
    reference: 'acuan',
    serial: 'nomor seri',
    reason: 'sebab',
    hash: 'sidik isi',
    payee: 'penerima',
  },
  {
    recorded: 'recorded',
    declared: 'declared',
    float: 'float',
    register: 'by the meter',
    counted: 'counted',
    number: 'number',
    minimum: 'minimum',
    deposited: 'deposited',
    due: 'due',
    inTime: 'in time',
    slip: 'slip',
    credited: 'on the credit note',
    settled: 'settled',
    refunded: 'refunded',
    batch: 'batch',
    from: 'from number',
    to: 'to number',
    records: 'count of records',
    reference: 'reference',
    serial: 'serial',
    reason: 'reason',
    hash: 'content hash',
    payee: 'payee',
  },
);

/** Of the details, those that are no sums of rupiah. */
const PLAIN = new Set(['number', 'from', 'to', 'records', 'batch']);
const HASH_SHOWN = 12;

/** The figures of an exception that do not fit one another, by their names. */
export function ExceptionDetails({ of }: { of: Readonly<Record<string, unknown>> }): ReactElement {
  const t = useT();
  const format = useFormat();
  const valueOf = (name: string, value: unknown): string => {
    if (name === 'hash') return `${String(value).slice(0, HASH_SHOWN)}…`;
    if (typeof value !== 'number') return String(value);
    return PLAIN.has(name) ? format.integer(value) : format.rupiah(value);
  };
  const text = Object.entries(of).map(([name, value]) => `${t(name as 'due')} ${valueOf(name, value)}`);
  return (
    <Text size="xs" miw={180}>
      {text.join(' · ') || '–'}
    </Text>
  );
}
