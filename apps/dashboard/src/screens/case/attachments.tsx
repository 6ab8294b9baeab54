import { Anchor, Button, Card, FileButton, Group, Stack, Text, Title } from '@mantine/core';
import type { ReactElement } from 'react';
import { download, tell, useSend } from '../../parts/api';
import { Instant, useFormat } from '../../parts/figures';
import type { CaseDetail } from './case-detail';
import { useT } from './texts';

/** The API's limit, bytes. */
const BYTES_MAX = 700 * 1024;

/** The files of the case. Everybody who sees it may add one; none is ever taken away. */
export function Attachments({ item }: { item: CaseDetail }): ReactElement {
  const t = useT();
  const format = useFormat();
  const send = useSend('POST', '/api/v1/cases/{id}/attachments');
  const attach = async (file: File | null): Promise<void> => {
    if (!file) return;
    if (file.size > BYTES_MAX) return tell(new Error(t('tooLarge')));
    const content = await base64Of(file);
    send.mutate({
      params: { id: item.id },
      body: { version: item.version, name: file.name, contentType: file.type || 'application/octet-stream', content },
    });
  };
  return (
    <Card withBorder padding="md">
      <Group justify="space-between" mb="sm">
        <Title order={2} size="h4">
          {t('attachments')}
        </Title>
        <FileButton onChange={(file) => void attach(file)} inputProps={{ 'aria-label': t('attach') }}>
          {(props) => (
            <Button {...props} size="xs" variant="light" loading={send.isPending}>
              {t('attach')}
            </Button>
          )}
        </FileButton>
      </Group>
      <Stack gap="xs">
        {item.attachments.length === 0 && (
          <Text size="sm" c="dimmed">
            {t('noAttachments')} {t('attachHint')}.
          </Text>
        )}
        {item.attachments.map(({ sha256, name, bytes, attachedBy, attachedAt }) => (
          <div key={sha256}>
            <Anchor
              component="button"
              size="sm"
              aria-label={t('downloadFile', { name })}
              onClick={() =>
                void download('/api/v1/cases/{id}/attachments/{sha256}', { params: { id: item.id, sha256 } }).catch(
                  tell,
                )
              }
            >
              {name}
            </Anchor>
            <Text size="xs" c="dimmed">
              {format.integer(Math.ceil(bytes / 1024))} KB · {attachedBy} · <Instant at={attachedAt} />
            </Text>
          </div>
        ))}
      </Stack>
    </Card>
  );
}

async function base64Of(file: File): Promise<string> {
  const url = await new Promise<string>((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(new Error(file.name));
    reader.readAsDataURL(file);
  });
  return url.slice(url.indexOf(',') + 1);
}
