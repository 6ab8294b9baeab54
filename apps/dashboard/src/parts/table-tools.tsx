import { Button, Checkbox, Menu } from '@mantine/core';
import { IconColumns, IconDownload } from '@tabler/icons-react';
import type { VisibilityState } from '@tanstack/react-table';
import type { ReactElement } from 'react';
import { useCommon } from '../i18n/i18n';

export interface Named {
  readonly id: string;
  readonly header: string;
}

export function ColumnChoice({
  columns,
  visible,
  setVisible,
}: {
  columns: readonly Named[];
  visible: VisibilityState;
  setVisible: (state: VisibilityState) => void;
}): ReactElement {
  const t = useCommon();
  return (
    <Menu closeOnItemClick={false}>
      <Menu.Target>
        <Button size="sm" variant="default" leftSection={<IconColumns size={16} aria-hidden />}>
          {t('columns')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown mah="60vh" style={{ overflowY: 'auto' }}>
        {columns
          .filter(({ header }) => header)
          .map(({ id, header }) => (
            <Menu.Item key={id} component="div">
              <Checkbox
                label={header}
                checked={visible[id] !== false}
                onChange={(event) => setVisible({ ...visible, [id]: event.currentTarget.checked })}
              />
            </Menu.Item>
          ))}
      </Menu.Dropdown>
    </Menu>
  );
}

/** The whole filtered list as a file; on paper (or as PDF, by the browser) as far as a page of the API goes. */
export function Export({
  onFile,
  onPrint,
}: {
  onFile: (format: 'csv' | 'xlsx') => void;
  onPrint: () => void;
}): ReactElement {
  const t = useCommon();
  return (
    <Menu>
      <Menu.Target>
        <Button size="sm" variant="default" leftSection={<IconDownload size={16} aria-hidden />}>
          {t('export')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => onFile('csv')}>CSV</Menu.Item>
        <Menu.Item onClick={() => onFile('xlsx')}>XLSX</Menu.Item>
        <Menu.Item onClick={onPrint}>PDF</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
