import { Anchor, Breadcrumbs, Group, Stack, Tabs, Text, Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { Link, useNavigate } from '@tanstack/react-router';
import type { ReactElement, ReactNode } from 'react';
import { useMe } from '../app/me';
import type { Role } from '../app/session';
import { useCommon } from '../i18n/i18n';
import { Day } from './figures';
import { NotFound, NoRight } from './states';

/** The head of a screen: where one is, its name, and what can be done. */
export function PageHeader({
  title,
  up,
  period,
  children,
}: {
  title: string;
  up?: { to: string; label: string };
  /** Business days that the screen shows: paper says them, too. */
  period?: { readonly from: string; readonly to: string };
  children?: ReactNode;
}): ReactElement {
  const t = useCommon();
  useDocumentTitle(`${title} · eparking`);
  return (
    <Group justify="space-between" align="flex-end" mb="md" wrap="wrap">
      <div>
        {up && (
          <Breadcrumbs>
            <Anchor component={Link} to={up.to} size="sm">
              {up.label}
            </Anchor>
          </Breadcrumbs>
        )}
        <Title order={1} size="h2">
          {title}
        </Title>
        {period && (
          <Text size="sm" className="print-only">
            {t('period')}: <Day date={period.from} /> – <Day date={period.to} />
          </Text>
        )}
      </div>
      <Group gap="xs" className="no-print">
        {children}
      </Group>
    </Group>
  );
}

export interface Section {
  readonly key: string;
  readonly label: string;
  readonly roles?: readonly Role[];
  readonly body: () => ReactNode;
}

/** A screen of several lists: one address a list, only those that the person may see. */
export function Sections({
  base,
  tab,
  sections,
  inSearch = false,
}: {
  base: string;
  tab?: string;
  sections: readonly Section[];
  /** The address names the list behind the `?`, where the path goes on to single things. */
  inSearch?: boolean;
}): ReactElement {
  const { role } = useMe();
  const navigate = useNavigate();
  const allowed = sections.filter(({ roles }) => !roles || roles.includes(role));
  const current = tab === undefined ? allowed[0] : sections.find(({ key }) => key === tab);
  if (!current) return <NotFound />;
  return (
    <Stack gap="md">
      <Tabs
        value={current.key}
        onChange={(key) =>
          void navigate(inSearch ? { to: base, search: { tab: key } as never } : { to: `${base}/${key}` })
        }
        keepMounted={false}
      >
        <Tabs.List className="no-print tabs">
          {allowed.map(({ key, label }) => (
            <Tabs.Tab key={key} value={key} style={{ whiteSpace: 'nowrap' }}>
              {label}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value={current.key} pt="md">
          {allowed.includes(current) ? current.body() : <NoRight />}
        </Tabs.Panel>
      </Tabs>
    </Stack>
  );
}
