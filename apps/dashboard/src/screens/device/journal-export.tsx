import { Alert, Button, Code, List, Loader, Modal, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useEffect, useState, type ReactElement } from 'react';
import { useMe } from '../../app/me';
import { texts } from '../../i18n/i18n';
import { Action } from '../../parts/action';
import { download, saveAs, tell } from '../../parts/api';
import { useFormat } from '../../parts/figures';

const useT = texts(
  'journal-export',
  {
    export: 'Ekspor jurnal',
    what: 'Seluruh jurnal perangkat ini, dari satu saat, sebagai berkas NDJSON. Siapa pun dapat membuktikannya tanpa kami.',
    download: 'Unduh jurnal',
    downloading: 'Jurnal sedang disusun …',
    done: '{{name}} diunduh ({{size}} KB).',
    how: 'Cara membuktikannya di luar jaringan',
    run: 'Di komputer mana pun dengan salinan program ini, tanpa basis data:',
    unchanged:
      'Tidak berubah sejak diekspor: sidik dan tanda tangan di akhir berkas. Kunci publik kota didapat lewat jalan lain dan diberikan dengan --attestor.',
    complete: 'Lengkap: nomor 1 sampai terakhir. Nomor yang tidak ada selalu disebut.',
    chain: 'Berantai: tiap catatan menyebut segel catatan sebelumnya.',
    own: 'Dari terminal itu sendiri: segel tiap catatan, dengan berkas kunci (--keys). Tanpa kunci, tiga hal di atas tetap terbukti.',
    code: 'Kode keluar 0: terbukti; 1: salah; 2: tidak terbaca.',
    keys: 'Ekspor kunci (untuk auditor)',
    keysHint:
      'Kunci segel tidak pernah ada di dalam berkas jurnal: pemegangnya dapat memalsukan catatan. Berkas kunci disegel dengan frasa sandi ini. Berikan berkas dan frasa lewat jalan yang berbeda, lalu ganti kunci perangkat. Tercatat di log audit.',
    passphrase: 'Frasa sandi',
    keysDone: 'Berkas kunci diunduh. Ganti kunci perangkat setelah pemeriksaan.',
  },
  {
    export: 'Export the journal',
    what: 'The whole journal of this device, as of one instant, as an NDJSON file. Anybody can prove it without us.',
    download: 'Download the journal',
    downloading: 'The journal is being put together …',
    done: '{{name}} was downloaded ({{size}} KB).',
    how: 'How to prove it offline',
    run: 'On any computer with a copy of this program, without a database:',
    unchanged:
      "Unchanged since the export: hash and signature at the file's end. Get the city's public key by another way and give it with --attestor.",
    complete: 'Complete: numbers 1 to the last. A number that is not there is always told.',
    chain: 'Chained: each record names the seal of the one before.',
    own: "The terminal's own: each record's seal, with the key file (--keys). Without keys the three above are still proved.",
    code: 'Exit code 0: proved; 1: wrong; 2: cannot be read.',
    keys: 'Export the keys (for an auditor)',
    keysHint:
      "The sealing key is never in the journal's file: who has it can forge records. The key file is sealed with this passphrase. Give file and passphrase by different ways, and rotate the device's key afterwards. This stands in the audit log.",
    passphrase: 'Passphrase',
    keysDone: "The key file was downloaded. Rotate the device's key after the examination.",
  },
);

const PATH = '/api/v1/devices/{deviceId}/journal-export';

interface Props {
  readonly params: { readonly deviceId: string };
}

/** A device's journal for somebody who need not trust this system, and the words how to check it. */
export function JournalExport({ params }: Props): ReactElement {
  const t = useT();
  const format = useFormat();
  const [opened, { open, close }] = useDisclosure();
  const [busy, setBusy] = useState(false);
  const [file, setFile] = useState<{ name: string; bytes: number } | null>(null);
  const administrator = useMe().role === 'administrator';
  const take = (): void => {
    setBusy(true);
    void download(PATH, { params })
      .then(setFile, tell)
      .finally(() => setBusy(false));
  };
  return (
    <>
      <Button size="sm" variant="light" aria-haspopup="dialog" onClick={open}>
        {t('export')}
      </Button>
      <Modal opened={opened} onClose={close} title={`${t('export')}: ${params.deviceId}`} size="lg">
        <Stack>
          <Text size="sm">{t('what')}</Text>
          <Button onClick={take} disabled={busy} {...(busy && { leftSection: <Loader size="xs" /> })}>
            {t(busy ? 'downloading' : 'download')}
          </Button>
          {file && (
            <Alert color="teal" role="status">
              {t('done', { name: file.name, size: format.integer(Math.ceil(file.bytes / 1024)) })}
            </Alert>
          )}
          <Text fw={600}>{t('how')}</Text>
          <Text size="sm">{t('run')}</Text>
          <Code block>npm run verify-journal -- {file?.name ?? `${params.deviceId}.ndjson`}</Code>
          <List size="sm" spacing={4}>
            {(['unchanged', 'complete', 'chain', 'own', 'code'] as const).map((key) => (
              <List.Item key={key}>{t(key)}</List.Item>
            ))}
          </List>
          {administrator && <Keys params={params} />}
        </Stack>
      </Modal>
    </>
  );
}

function Keys({ params }: Props): ReactElement {
  const t = useT();
  return (
    <Action
      label={t('keys')}
      explanation={t('keysHint')}
      method="POST"
      path="/api/v1/devices/{deviceId}/journal-keys"
      params={params}
      dangerous
      fields={[{ name: 'passphrase', label: t('passphrase'), type: 'password', required: true }]}
      result={(answer) => <KeyFile content={answer} name={`keys-${params.deviceId}.json`} />}
    />
  );
}

/** The sealed keys, saved once they have come: they are shown to nobody. */
function KeyFile({ content, name }: { content: unknown; name: string }): ReactElement {
  const t = useT();
  useEffect(() => saveAs(new Blob([JSON.stringify(content)], { type: 'application/json' }), name), [content, name]);
  return <Alert color="teal">{t('keysDone')}</Alert>;
}
