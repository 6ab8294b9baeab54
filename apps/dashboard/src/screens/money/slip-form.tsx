import { Alert, Button, Group, Modal, MultiSelect, SegmentedControl, Stack, Text, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useState, type FormEvent, type ReactElement } from 'react';
import { ApiError } from '../../app/session';
import { texts, useCommon } from '../../i18n/i18n';
import { useGet, useSend, type Page, type Schemas } from '../../parts/api';
import { DateInput } from '../../parts/date-input';
import { faultOf, valueOf, type Field } from '../../parts/field';
import { Money, useFormat } from '../../parts/figures';
import { jakartaToday } from '../../parts/format';
import { Lookup } from '../../parts/lookup';
import { useTreasurer } from './treasurer';

const AMOUNT: Field = { name: 'amount', label: '', type: 'number', required: true };

const useT = texts(
  'money-slip',
  {
    addSlip: 'Buat STS',
    treasurer: 'Tunai dari bendahara',
    bank: 'Nontunai dari rekening penampung',
    number: 'Nomor STS',
    treasurerId: 'Bendahara',
    account: 'Rekening penampung',
    businessDate: 'Hari usaha',
    handOvers: 'TBP yang dibawa',
    batches: 'Batch yang dibawa',
    choose: 'Pilih satu atau lebih',
    none: 'Tidak ada yang menunggu STS.',
    chosen: 'Jumlah yang dipilih',
    amount: 'Jumlah pada STS (Rp)',
    amountHint: 'Terisi dari yang dipilih; ubah hanya bila kertasnya menyebut lain.',
  },
  {
    addSlip: 'Write a slip (STS)',
    treasurer: 'Cash from the treasurer',
    bank: 'Cashless from a collecting account',
    number: 'Number of the slip',
    treasurerId: 'Treasurer',
    account: 'Collecting account',
    businessDate: 'Business day',
    handOvers: 'Hand-overs (TBP) it takes on',
    batches: 'Batches it takes on',
    choose: 'Choose one or more',
    none: 'Nothing waits for a slip.',
    chosen: 'Sum of what is chosen',
    amount: 'Amount on the slip (Rp)',
    amountHint: 'Filled from what is chosen; change it only where the paper says otherwise.',
  },
);

type Source = 'treasurer' | 'bank';
const SHOWN_MAX = 1_000;

interface Waiting {
  readonly value: string;
  readonly label: string;
  readonly amount: number;
}

/** What a slip of this source can take on: hand-overs that the treasurer holds, or batches, that are on no slip yet. */
function useWaiting(source: Source): Waiting[] | undefined {
  const format = useFormat();
  const query = { open: true, limit: SHOWN_MAX };
  const cash = useGet<Page<Schemas['HandOverDto']>>('/api/v1/deposits', { query, enabled: source === 'treasurer' });
  const batches = useGet<Page<Schemas['SettlementBatchDto']>>('/api/v1/settlement-batches', {
    query,
    enabled: source === 'bank',
  });
  if (source === 'treasurer')
    return cash.data?.rows.map(({ number, payer, amount }) => ({
      value: number,
      label: `${number} · ${payer} · ${format.rupiah(amount)}`,
      amount,
    }));
  return batches.data?.rows.map(({ acquirer, batchId, settlementDate, net }) => ({
    value: JSON.stringify({ acquirer, batch: batchId }),
    label: `${acquirer} ${batchId} · ${format.day(settlementDate)} · ${format.rupiah(net)}`,
    amount: net,
  }));
}

export function AddSlip(): ReactElement {
  const t = useT();
  const [opened, { open, close }] = useDisclosure();
  return (
    <>
      <Button size="sm" aria-haspopup="dialog" onClick={open}>
        {t('addSlip')}
      </Button>
      <Modal opened={opened} onClose={close} title={t('addSlip')} size="lg">
        {opened && <Form close={close} />}
      </Modal>
    </>
  );
}

function Form({ close }: { close: () => void }): ReactElement {
  const t = useT();
  const [source, setSource] = useState<Source>('treasurer');
  const common = useCommon();
  const treasurer = useTreasurer();
  const [filled, setHead] = useState({
    number: '',
    from: undefined as string | undefined,
    businessDate: jakartaToday(),
  });
  const head = { ...filled, from: filled.from ?? (source === 'bank' ? '' : treasurer) };
  const [chosen, setChosen] = useState<string[]>([]);
  const [written, setWritten] = useState<string | null>(null);
  const waiting = useWaiting(source);
  const send = useSend('POST', '/api/v1/deposit-slips', { quiet: true });
  const sum = (waiting ?? []).reduce((all, { value, amount }) => (chosen.includes(value) ? all + amount : all), 0);
  const refusal = send.error instanceof ApiError ? send.error : null;
  const fault = written === null ? undefined : faultOf(AMOUNT, written);
  const at = (field: string) => refusal?.field === field && [refusal.message, refusal.remedy].filter(Boolean).join(' ');
  const switchTo = (next: string): void => {
    setSource(next as Source);
    setHead({ ...head, from: undefined });
    setChosen([]);
    setWritten(null);
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (fault) return;
    const body = {
      ...head,
      fromKind: source,
      amount: written === null ? sum : valueOf(AMOUNT, written),
      handOvers: source === 'treasurer' ? chosen : [],
      batches: source === 'bank' ? chosen.map((each) => JSON.parse(each) as Schemas['SettledBatchDto']) : [],
    };
    send.mutate({ body }, { onSuccess: close });
  };
  const list = source === 'bank' ? 'batches' : 'handOvers';
  return (
    <form onSubmit={submit}>
      <Stack>
        <SegmentedControl
          value={source}
          onChange={switchTo}
          orientation="vertical"
          data={(['treasurer', 'bank'] as const).map((value) => ({ value, label: t(value) }))}
        />
        {send.error && !['number', 'from', 'amount', list].includes(refusal?.field ?? '') && (
          <Alert color="red" role="alert" title={send.error.message}>
            {refusal?.remedy}
          </Alert>
        )}
        <TextInput
          label={t('number')}
          required
          error={at('number')}
          value={head.number}
          onChange={(event) => setHead({ ...head, number: event.currentTarget.value })}
        />
        <From
          source={source}
          value={head.from}
          error={at('from') || undefined}
          onChange={(from) => setHead({ ...head, from })}
        />
        <DateInput
          label={t('businessDate')}
          required
          value={head.businessDate}
          onValue={(businessDate) => setHead({ ...head, businessDate })}
        />
        <MultiSelect
          label={t(list)}
          required
          placeholder={t('choose')}
          error={at(list)}
          data={(waiting ?? []).map(({ value, label }) => ({ value, label }))}
          value={chosen}
          searchable
          limit={50}
          nothingFoundMessage={t(waiting ? 'none' : 'loading')}
          onChange={setChosen}
        />
        <Text size="sm">
          {t('chosen')}: <Money amount={sum} />
        </Text>
        <TextInput
          label={t('amount')}
          description={t('amountHint')}
          required
          inputMode="numeric"
          error={fault ? common(fault) : at('amount')}
          value={written ?? String(sum || '')}
          onChange={(event) => setWritten(event.currentTarget.value)}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            {t('cancel')}
          </Button>
          <Button type="submit" loading={send.isPending} disabled={chosen.length === 0}>
            {t('save')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** Whom the money comes from: treasurers are in no register. */
function From({
  source,
  ...input
}: {
  source: Source;
  value: string;
  error: string | undefined;
  onChange: (from: string) => void;
}): ReactElement {
  const t = useT();
  if (source === 'bank') return <Lookup kind="account" label={t('account')} required {...input} />;
  return (
    <TextInput
      {...input}
      label={t('treasurerId')}
      required
      onChange={(event) => input.onChange(event.currentTarget.value)}
    />
  );
}
