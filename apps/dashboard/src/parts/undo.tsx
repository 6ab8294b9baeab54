import { Button, Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { texts } from '../i18n/i18n';
import { send, tell, type Method, type Path, type Sending } from './api';

const useT = texts(
  'undo',
  { done: '{{done}}. Tersimpan.', undo: 'Urungkan', undone: 'Diurungkan.' },
  { done: '{{done}}. Saved.', undo: 'Undo', undone: 'Undone.' },
);

/** The write that takes another one back. */
export interface Undo extends Sending {
  readonly method: Method;
  readonly path: Path;
}

const OFFERED_MS = 12_000;

/** Offers for a while to take back what was done. It is another change, with its own line in the audit log. */
export function useUndo(): (done: string, undo: Undo) => void {
  const t = useT();
  const client = useQueryClient();
  return (done, { method, path, ...sending }) => {
    const id = crypto.randomUUID();
    const takeBack = async (): Promise<void> => {
      notifications.hide(id);
      await send(method, path, sending);
      await client.invalidateQueries();
      notifications.show({ message: t('undone'), color: 'teal' });
    };
    notifications.show({
      id,
      color: 'teal',
      autoClose: OFFERED_MS,
      message: (
        <Group justify="space-between" wrap="nowrap">
          <Text size="sm">{t('done', { done })}</Text>
          <Button size="compact-sm" variant="default" onClick={() => void takeBack().catch(tell)}>
            {t('undo')}
          </Button>
        </Group>
      ),
    });
  };
}
