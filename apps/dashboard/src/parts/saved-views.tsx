import { Button, Menu } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { IconBookmark, IconTrash } from '@tabler/icons-react';
import { useNavigate, useRouterState } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { texts } from '../i18n/i18n';
import { ActionForm } from './action';
import { tell, useGet, useSend, type Page, type Schemas } from './api';

type View = Schemas['SavedViewDto'];

const useT = texts(
  'saved-views',
  {
    saveView: 'Simpan tampilan',
    saveThis: 'Simpan tampilan ini …',
    views: 'Tampilan tersimpan',
    viewName: 'Nama tampilan',
    removeView: 'Hapus {{name}}',
    removed: 'Tampilan {{name}} dihapus',
    undo: 'Batalkan',
    none: 'Belum ada tampilan tersimpan.',
  },
  {
    saveView: 'Save view',
    saveThis: 'Save this view …',
    views: 'Saved views',
    viewName: 'Name of the view',
    removeView: 'Remove {{name}}',
    removed: 'View {{name}} removed',
    undo: 'Undo',
    none: 'No saved views yet.',
  },
);

/** Addresses of lists that the API keeps views of. */
const SCREEN = /^[a-z][a-z-]*(\/[a-z-]+)?$/;

/** A person's own addresses of a list (filters, sorting), under names; nothing where the address is of one thing. */
export function SavedViews(): ReactElement | null {
  const screen = useRouterState({ select: (state) => state.location.pathname.slice(1) });
  return SCREEN.test(screen) ? <Views screen={screen} /> : null;
}

function Views({ screen }: { screen: string }): ReactElement {
  const t = useT();
  const navigate = useNavigate();
  const [naming, { open, close }] = useDisclosure();
  const views = useGet<Page<View>>('/api/v1/saved-views', { query: { screen } });
  return (
    <>
      <Menu>
        <Menu.Target>
          <Button size="sm" variant="default" leftSection={<IconBookmark size={16} aria-hidden />}>
            {t('views')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {views.data?.rows.length === 0 && <Menu.Label>{t('none')}</Menu.Label>}
          {views.data?.rows.map((view) => (
            <Menu.Item key={view.id} onClick={() => void navigate({ href: `/${view.screen}${view.search}` } as never)}>
              {view.name}
            </Menu.Item>
          ))}
          <Menu.Divider />
          <Menu.Item aria-haspopup="dialog" onClick={open}>
            {t('saveThis')}
          </Menu.Item>
          {views.data?.rows.map((view) => (
            <Remove key={`remove ${view.id}`} view={view} />
          ))}
        </Menu.Dropdown>
      </Menu>
      <ActionForm
        opened={naming}
        close={close}
        label={t('saveView')}
        method="POST"
        path="/api/v1/saved-views"
        fields={[{ name: 'name', label: t('viewName'), required: true }]}
        body={(values) => ({ ...values, screen, search: window.location.search })}
      />
    </>
  );
}

/** Gone at once, and brought back as easily. */
function Remove({ view }: { view: View }): ReactElement {
  const t = useT();
  const remove = useSend('DELETE', '/api/v1/saved-views/{id}', { quiet: true });
  const save = useSend('POST', '/api/v1/saved-views');
  const { id, name, screen, search } = view;
  const undo = (notice: string): void => {
    notifications.hide(notice);
    save.mutate({ body: { name, screen, search } });
  };
  const go = (): void =>
    remove.mutate(
      { params: { id } },
      {
        onError: tell,
        onSuccess: () => {
          const notice = `view ${id}`;
          notifications.show({
            id: notice,
            title: t('removed', { name }),
            message: (
              <Button size="compact-sm" variant="light" onClick={() => undo(notice)}>
                {t('undo')}
              </Button>
            ),
          });
        },
      },
    );
  return (
    <Menu.Item c="red" leftSection={<IconTrash size={14} aria-hidden />} onClick={go}>
      {t('removeView', { name })}
    </Menu.Item>
  );
}
