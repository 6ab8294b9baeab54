import { Alert, Button, FileButton, Group, Modal, Progress, Select, Stack, Table, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState, type ReactElement } from 'react';
import { send, useGet, type Page, type Schemas } from '../../parts/api';
import { Count } from '../../parts/columns';
import { Money } from '../../parts/figures';
import { useT } from './texts';

type Kind = 'settlements' | 'bank-statements';
type Counts = Schemas['PreviewDto'] | Schemas['UploadedDto'];

const ADAPTERS = ['dana', 'canonical', 'synthetic-card'] as const;
const PROGRESS_EVERY_MS = 1_000;
const ERRORS_SHOWN_MAX = 200;

/** A file of an acquirer or of the bank: what it would do is shown first, then it is imported under one's eyes. */
export function Upload({ kind, label }: { kind: Kind; label: string }): ReactElement {
  const [opened, { open, close }] = useDisclosure();
  return (
    <>
      <Button size="sm" aria-haspopup="dialog" onClick={open}>
        {label}
      </Button>
      <Modal opened={opened} onClose={close} title={label} size="xl">
        {opened && <Body kind={kind} />}
      </Modal>
    </>
  );
}

function Body({ kind }: { kind: Kind }): ReactElement {
  const t = useT();
  const queries = useQueryClient();
  const [file, setFile] = useState<File | null>(null);
  const [adapter, setAdapter] = useState<string>('canonical');
  const [preview, setPreview] = useState<Schemas['PreviewDto'] | null>(null);
  const [stored, setStored] = useState<Schemas['UploadedDto'] | null>(null);
  const [refusal, setRefusal] = useState('');
  const [busy, setBusy] = useState(false);
  const upload = async <T,>(dryRun: boolean): Promise<T | null> => {
    const form = new FormData();
    form.append('file', file!, file!.name);
    const query = { dryRun, wait: dryRun ? undefined : 0, ...(kind === 'settlements' && { adapter }) };
    setBusy(true);
    setRefusal('');
    try {
      return await send<T>('POST', `/api/v1/${kind}`, { query, body: form });
    } catch (error) {
      setRefusal((error as Error).message);
      return null;
    } finally {
      setBusy(false);
    }
  };
  const store = async (): Promise<void> => {
    setStored(await upload<Schemas['UploadedDto']>(false));
    await queries.invalidateQueries();
  };
  const choose = (chosen: File | null): void => {
    setFile(chosen);
    setPreview(null);
  };
  if (stored) return <Importing kind={kind} first={stored} />;
  return (
    <Stack>
      <Group align="flex-end">
        {kind === 'settlements' && (
          <Select
            label={t('format')}
            data={ADAPTERS.map((value) => ({ value, label: t(`adapter.${value}`) }))}
            value={adapter}
            allowDeselect={false}
            onChange={(value) => {
              setAdapter(value!);
              setPreview(null);
            }}
          />
        )}
        <FileButton onChange={choose} inputProps={{ 'aria-label': t('chooseFile') }}>
          {(button) => (
            <Button {...button} variant="default">
              {t('chooseFile')}
            </Button>
          )}
        </FileButton>
        {file && <Text size="sm">{file.name}</Text>}
      </Group>
      {refusal && (
        <Alert color="red" role="alert">
          {refusal}
        </Alert>
      )}
      {preview && <Outcome of={preview} title={t('wouldBe')} />}
      <Group justify="flex-end">
        <Button
          variant="light"
          disabled={!file}
          loading={busy}
          onClick={() => void upload<Schemas['PreviewDto']>(true).then(setPreview)}
        >
          {t('preview')}
        </Button>
        <Button disabled={!file || preview?.state !== 'imported'} loading={busy} onClick={() => void store()}>
          {t('importIt')}
        </Button>
      </Group>
    </Stack>
  );
}

/** The import as it goes on in the worker. */
function Importing({ kind, first }: { kind: Kind; first: Schemas['UploadedDto'] }): ReactElement {
  const t = useT();
  const [done, setDone] = useState(false);
  const answer = useGet<Schemas['ReceivedFileDto']>(`/api/v1/${kind}/{id}`, {
    params: { id: first.id },
    ...(!done && { everyMs: PROGRESS_EVERY_MS }),
  });
  const file = answer.data ?? first;
  const ended = file.state === 'imported' || file.state === 'refused';
  const wrong = useGet<Page<Schemas['FileErrorDto']>>(`/api/v1/${kind}/{id}/errors`, {
    params: { id: first.id },
    query: { limit: ERRORS_SHOWN_MAX },
    enabled: ended && file.errors > 0,
  });
  const queries = useQueryClient();
  useEffect(() => {
    if (!ended) return;
    setDone(true);
    // The list behind shows the file as it was when it came.
    void queries.invalidateQueries();
  }, [ended, queries]);
  return (
    <Stack>
      {first.repeated && <Alert color="blue">{t('repeated')}</Alert>}
      {!ended && (
        <div role="status">
          <Text size="sm">{t('importing', { name: file.name })}</Text>
          <Progress value={file.progress} animated aria-label={t('importing', { name: file.name })} />
        </div>
      )}
      {ended && (
        <Outcome of={{ ...first, ...file, firstErrors: wrong.data?.rows ?? [] }} title={t(`file.${file.state}`)} />
      )}
    </Stack>
  );
}

/** What came, or would come, of a file, and the lines that are wrong. */
export function Outcome({ of, title }: { of: Counts; title: string }): ReactElement {
  const t = useT();
  const sums = Object.entries(of.summary as Record<string, unknown>).filter(([, value]) => typeof value === 'number');
  return (
    <Stack gap="xs">
      <Alert color={of.state === 'refused' ? 'red' : of.errors > 0 ? 'orange' : 'teal'} title={title}>
        {of.refusal}
        <Group gap="lg">
          <Text size="sm">
            {t('lines')}: <Count value={of.lines} />
          </Text>
          <Text size="sm">
            {t('accepted')}: <Count value={of.accepted} />
          </Text>
          <Text size="sm">
            {t('duplicates')}: <Count value={of.duplicates} />
          </Text>
          <Text size="sm">
            {t('errors')}: <Count value={of.errors} />
          </Text>
          {sums.map(([name, value]) => (
            <Text size="sm" key={name}>
              {name}: <Money amount={value as number} />
            </Text>
          ))}
        </Group>
      </Alert>
      {of.firstErrors?.length > 0 && <Errors rows={of.firstErrors} />}
    </Stack>
  );
}

export function Errors({ rows }: { rows: readonly Schemas['FileErrorDto'][] }): ReactElement {
  const t = useT();
  return (
    <Table.ScrollContainer minWidth={480} mah={320}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('line')}</Table.Th>
            <Table.Th>{t('field')}</Table.Th>
            <Table.Th>{t('wrong')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map(({ line, field, message }, n) => (
            <Table.Tr key={n}>
              <Table.Td className="number">{line}</Table.Td>
              <Table.Td>{field}</Table.Td>
              <Table.Td>{message}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
