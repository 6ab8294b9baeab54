import { Button, Menu } from '@mantine/core';
import { IconBookmark } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { useGet, useSend, type Page, type Schemas } from '../../parts/api';
import { Action } from '../../parts/action';
import { useT } from './texts';

/** A person's own addresses of a list, under names. */
export function SavedViews({ screen }: { screen: string }): ReactElement {
  const t = useT();
  const navigate = useNavigate();
  const views = useGet<Page<Schemas['SavedViewDto']>>('/api/v1/saved-views', { query: { screen } });
  const remove = useSend('DELETE', '/api/v1/saved-views/{id}');
  return (
    <>
      <Menu>
        <Menu.Target>
          <Button size="sm" variant="default" leftSection={<IconBookmark size={16} aria-hidden />}>
            {t('views')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {views.data?.rows.length === 0 && <Menu.Label>{t('empty')}</Menu.Label>}
          {views.data?.rows.map((view) => (
            <Menu.Item key={view.id} onClick={() => void navigate({ to: `/${view.screen}${view.search}` })}>
              {view.name}
            </Menu.Item>
          ))}
          {(views.data?.rows.length ?? 0) > 0 && <Menu.Divider />}
          {views.data?.rows.map((view) => (
            <Menu.Item key={`remove ${view.id}`} c="red" onClick={() => remove.mutate({ params: { id: view.id } })}>
              {t('removeView')}: {view.name}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <Action
        label={t('saveView')}
        method="POST"
        path="/api/v1/saved-views"
        button={{ variant: 'default' }}
        fields={[{ name: 'name', label: t('viewName'), required: true }]}
        body={(values) => ({ ...values, screen, search: window.location.search })}
      />
    </>
  );
}
