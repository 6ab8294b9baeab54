import {
  ActionIcon,
  AppShell,
  Badge,
  Burger,
  Group,
  Menu,
  Modal,
  NavLink,
  ScrollArea,
  Text,
  Tooltip,
  useComputedColorScheme,
  useMantineColorScheme,
} from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconLanguage, IconMoon, IconSun, IconUser } from '@tabler/icons-react';
import { Link, Outlet, useRouterState } from '@tanstack/react-router';
import { useEffect, useRef, type ReactElement } from 'react';
import { setLanguage, useCommon, useLanguage } from '../i18n/i18n';
import { useGet } from '../parts/api';
import { UnseenNotices } from '../screens/account/notices';
import { Connection } from './connection';
import { leave } from './leave';
import { isIn, menuFor } from './places';
import { useMe } from './me';
import { useShortcuts } from './shortcuts';

export function Shell(): ReactElement {
  const [opened, { toggle, close }] = useDisclosure();
  const [help, helping] = useDisclosure();
  const t = useCommon();
  const me = useMe();
  const main = useRef<HTMLElement>(null);
  const path = useRouterState({ select: (state) => state.location.pathname });
  useShortcuts(helping.toggle);
  useEffect(() => {
    close();
    // A screen reader is told of the new page, and the keyboard goes on from its beginning.
    main.current?.focus({ preventScroll: true });
  }, [path, close]);
  return (
    <AppShell
      header={{ height: 52 }}
      navbar={{ width: 224, breakpoint: 'sm', collapsed: { mobile: !opened } }}
      padding="md"
    >
      <a className="skip" href="#content">
        {t('skip')}
      </a>
      <AppShell.Header>
        <Head opened={opened} toggle={toggle} help={helping.open} />
      </AppShell.Header>
      <AppShell.Navbar p="xs" aria-label={t('menu')}>
        <AppShell.Section grow component={ScrollArea}>
          {menuFor(me.role).map(({ word, places }) => (
            <div key={word} role="group" aria-label={t(word)}>
              <Text size="xs" c="dimmed" fw={600} px="xs" pt="sm" pb={4} aria-hidden>
                {t(word)}
              </Text>
              {places.map((place) => (
                <NavLink
                  key={place.to}
                  component={Link}
                  to={place.to}
                  label={t(place.word)}
                  leftSection={<place.icon size={18} stroke={1.6} />}
                  active={isIn(path, place)}
                  aria-current={isIn(path, place) ? 'page' : undefined}
                />
              ))}
            </div>
          ))}
        </AppShell.Section>
      </AppShell.Navbar>
      <AppShell.Main id="content" ref={main} tabIndex={-1}>
        <Connection />
        <UnseenNotices />
        <Outlet />
      </AppShell.Main>
      <Modal opened={help} onClose={helping.close} title={t('shortcuts')}>
        <Text>{t('shortcutsHint')}</Text>
      </Modal>
    </AppShell>
  );
}

function Head({ opened, toggle, help }: { opened: boolean; toggle: () => void; help: () => void }): ReactElement {
  const t = useCommon();
  const language = useLanguage();
  const me = useMe();
  const { setColorScheme } = useMantineColorScheme();
  const scheme = useComputedColorScheme('light');
  const about = useGet<{ name: string; simulated: boolean }>('/api/v1/about');
  return (
    <Group h="100%" px="md" justify="space-between" wrap="nowrap">
      <Group gap="sm" wrap="nowrap">
        <Burger opened={opened} onClick={toggle} hiddenFrom="sm" size="sm" aria-label={t('menu')} />
        <img src="/icon.svg" alt="" width={26} height={26} />
        <Text fw={700} visibleFrom="xs">
          {t('appName')}
        </Text>
        <Text c="dimmed" visibleFrom="sm">
          {about.data?.name}
        </Text>
        {about.data?.simulated && (
          <Tooltip label={t('simulatedHint')} multiline w={260}>
            <Badge color="orange.9" variant="filled" miw="max-content">
              {t('simulated')}
            </Badge>
          </Tooltip>
        )}
      </Group>
      <Group gap={4} wrap="nowrap">
        <ActionIcon
          variant="subtle"
          size="lg"
          aria-label={`${t('language')}: ${language === 'id' ? 'English' : 'Bahasa Indonesia'}`}
          onClick={() => setLanguage(language === 'id' ? 'en' : 'id')}
        >
          <IconLanguage size={20} aria-hidden />
        </ActionIcon>
        <ActionIcon
          variant="subtle"
          size="lg"
          aria-label={t('theme')}
          onClick={() => setColorScheme(scheme === 'dark' ? 'light' : 'dark')}
        >
          {scheme === 'dark' ? <IconSun size={20} /> : <IconMoon size={20} />}
        </ActionIcon>
        <Menu position="bottom-end" withinPortal>
          <Menu.Target>
            <ActionIcon variant="subtle" size="lg" aria-label={t('account')}>
              <IconUser size={20} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Label>
              {me.displayName} · {t(`role.${me.role}`)}
            </Menu.Label>
            <Menu.Item component={Link} to="/account">
              {t('account')}
            </Menu.Item>
            <Menu.Item onClick={help} visibleFrom="sm">
              {t('shortcuts')}
            </Menu.Item>
            <Menu.Item onClick={() => void leave()}>{t('signOut')}</Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </Group>
    </Group>
  );
}
