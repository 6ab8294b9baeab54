import { Alert, Button, FileButton, Group, Modal, Stack, Table, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useState, type ReactElement, type ReactNode } from 'react';
import { ApiError } from '../app/session';
import { texts } from '../i18n/i18n';
import { send, useSend, type Path, type Query, type Schemas } from './api';

const useT = texts(
  'import',
  {
    choose: 'Pilih berkas CSV',
    chosen: 'Berkas: {{name}}',
    check: 'Periksa dahulu',
    store: 'Simpan {{rows}} baris',
    fine: '{{rows}} baris, tanpa kesalahan. Belum ada yang disimpan.',
    stored: '{{stored}} baris disimpan.',
    faulty: '{{count}} kesalahan; tidak ada yang disimpan.',
    line: 'Baris',
    field: 'Kolom',
    message: 'Apa yang salah',
    head: 'Baris pertama berkas menyebut kolom: {{columns}}',
  },
  {
    choose: 'Choose a CSV file',
    chosen: 'File: {{name}}',
    check: 'Check first',
    store: 'Store {{rows}} rows',
    fine: '{{rows}} rows, no fault. Nothing has been stored yet.',
    stored: '{{stored}} rows stored.',
    faulty: '{{count}} faults; nothing was stored.',
    line: 'Line',
    field: 'Column',
    message: 'What is wrong',
    head: "The file's first line names the columns: {{columns}}",
  },
);

interface Props {
  readonly label: string;
  readonly path: Path;
  readonly columns: string;
  /** False where the API cannot try first. */
  readonly preview?: boolean;
  /** What came back, instead of the count of rows. */
  readonly result?: (answer: unknown) => ReactNode;
}

/** Text in CSV: looked through by the API first, stored as a whole or not at all. */
export function CsvImport(props: Props): ReactElement {
  const [opened, { open, close }] = useDisclosure();
  return (
    <>
      <Button size="sm" variant="light" aria-haspopup="dialog" onClick={open}>
        {props.label}
      </Button>
      <Modal opened={opened} onClose={close} title={props.label} size="lg">
        {opened && <Body {...props} />}
      </Modal>
    </>
  );
}

type Fault = Schemas['RowFault'];

function Body({ path, columns, preview = true, result }: Props): ReactElement {
  const t = useT();
  const [file, setFile] = useState<{ name: string; text: string } | null>(null);
  const [checked, setChecked] = useState<number | null>(null);
  const [faults, setFaults] = useState<readonly Fault[]>([]);
  const [refusal, setRefusal] = useState('');
  const [answer, setAnswer] = useState<unknown>();
  const store = useSend('POST', path, { quiet: true });
  const sending = (query: Query) => ({ query, body: file!.text, contentType: 'text/csv' });
  const fail = (error: unknown): void => {
    setFaults((error instanceof ApiError && error.rows) || []);
    setRefusal([(error as Error).message, error instanceof ApiError ? error.remedy : ''].filter(Boolean).join(' '));
  };
  const check = async (): Promise<void> => {
    setRefusal('');
    try {
      const { rows, faults: found } = await send<Schemas['ImportDto']>('POST', path, sending({ dryRun: true }));
      setFaults(found);
      setChecked(found.length === 0 ? rows : null);
    } catch (error) {
      fail(error);
    }
  };
  const choose = async (chosen: File | null): Promise<void> => {
    if (!chosen) return;
    setFile({ name: chosen.name, text: await chosen.text() });
    setChecked(preview ? null : 0);
    setFaults([]);
    setRefusal('');
  };
  if (answer !== undefined)
    return (
      <>
        {result ? (
          result(answer)
        ) : (
          <Alert color="teal">{t('stored', { stored: (answer as Schemas['ImportDto']).stored })}</Alert>
        )}
      </>
    );
  return (
    <Stack>
      <Text size="sm">{t('head', { columns })}</Text>
      <Group>
        <FileButton
          onChange={(chosen) => void choose(chosen)}
          accept=".csv,text/csv"
          inputProps={{ 'aria-label': t('choose') }}
        >
          {(button) => (
            <Button {...button} variant="default">
              {t('choose')}
            </Button>
          )}
        </FileButton>
        {file && <Text size="sm">{t('chosen', { name: file.name })}</Text>}
      </Group>
      {refusal && (
        <Alert color="red" role="alert">
          {refusal}
        </Alert>
      )}
      {faults.length > 0 && <Faults faults={faults} />}
      {checked !== null && preview && <Alert color="teal">{t('fine', { rows: checked })}</Alert>}
      <Group justify="flex-end">
        {preview && (
          <Button variant="light" disabled={!file} onClick={() => void check()}>
            {t('check')}
          </Button>
        )}
        <Button
          disabled={!file || checked === null}
          loading={store.isPending}
          onClick={() => store.mutate(sending({}), { onSuccess: (data) => setAnswer(data ?? null), onError: fail })}
        >
          {preview && checked !== null ? t('store', { rows: checked }) : t('save')}
        </Button>
      </Group>
    </Stack>
  );
}

function Faults({ faults }: { faults: readonly Fault[] }): ReactElement {
  const t = useT();
  return (
    <>
      <Alert color="red">{t('faulty', { count: faults.length })}</Alert>
      <Table.ScrollContainer minWidth={360} mah={300}>
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('line')}</Table.Th>
              <Table.Th>{t('field')}</Table.Th>
              <Table.Th>{t('message')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {faults.map(({ line, field, message }, n) => (
              <Table.Tr key={n}>
                <Table.Td>{line}</Table.Td>
                <Table.Td>{field}</Table.Td>
                <Table.Td>{message}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </>
  );
}
