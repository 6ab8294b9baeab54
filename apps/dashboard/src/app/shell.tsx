import {
  ActionIcon,
  AppShell,
  Badge,
  Burger,
  Group,
  Menu,
  Modal,
  NavLink,
  Text,
  Tooltip,
  useComputedColorScheme,
  useMantineColorScheme,
} from '@mantine/core';
import { useDisclosure, useNetwork } from '@mantine/hooks';
import {
  IconAlertSquareRounded,
  IconBuildingBank,
  IconDeviceMobile,
  IconGauge,
  IconLanguage,
  IconMapPin,
  IconMoon,
  IconRadar,
  IconSettings,
  IconSun,
  IconUser,
} from '@tabler/icons-react';
import { Link, Outlet, useRouterState } from '@tanstack/react-router';
import { useEffect, useRef, type ComponentType, type ReactElement } from 'react';
import { setLanguage, useCommon, useLanguage } from '../i18n/i18n';
import { useGet } from '../parts/api';
import { leave } from './leave';
import { useMe, type Role } from './session';
import { useShortcuts } from './shortcuts';

interface Place {
  readonly to: string;
  readonly word: string;
  readonly icon: ComponentType<{ size?: number; stroke?: number }>;
  /** Who has nothing to do there does not see it. */
  readonly roles?: readonly Role[];
}

const CITY: readonly Role[] = ['administrator', 'revenue-officer', 'auditor'];
const PLACES: readonly Place[] = [
  { to: '/', word: 'today', icon: IconGauge },
  { to: '/points', word: 'points', icon: IconMapPin },
  { to: '/cases', word: 'cases', icon: IconAlertSquareRounded },
  { to: '/devices', word: 'devices', icon: IconDeviceMobile },
  { to: '/money', word: 'money', icon: IconBuildingBank },
  { to: '/detection', word: 'detection', icon: IconRadar, roles: CITY },
  { to: '/registry', word: 'registry', icon: IconSettings },
];

export function Shell(): ReactElement {
  const [opened, { toggle, close }] = useDisclosure();
  const [help, helping] = useDisclosure();
  const t = useCommon();
  const me = useMe();
  const main = useRef<HTMLElement>(null);
  const path = useRouterState({ select: (state) => state.location.pathname });
  const network = useNetwork();
  useShortcuts(helping.toggle);
  useEffect(() => {
    close();
    // A screen reader is told of the new page, and the keyboard goes on from its beginning.
    main.current?.focus({ preventScroll: true });
  }, [path, close]);
  return (
    <AppShell
      header={{ height: 52 }}
      navbar={{ width: 208, breakpoint: 'sm', collapsed: { mobile: !opened } }}
      padding="md"
    >
      <a className="skip" href="#content">
        {t('skip')}
      </a>
      <AppShell.Header>
        <Head opened={opened} toggle={toggle} />
      </AppShell.Header>
      <AppShell.Navbar p="xs" aria-label={t('menu')}>
        {PLACES.filter(({ roles }) => !roles || roles.includes(me.role)).map(({ to, word, icon: Icon }) => (
          <NavLink
            key={to}
            component={Link}
            to={to}
            label={t(word)}
            leftSection={<Icon size={18} stroke={1.6} />}
            active={to === '/' ? path === '/' : path.startsWith(to)}
            aria-current={(to === '/' ? path === '/' : path.startsWith(to)) ? 'page' : undefined}
          />
        ))}
      </AppShell.Navbar>
      <AppShell.Main id="content" ref={main} tabIndex={-1}>
        {!network.online && (
          <Text role="status" c="orange" size="sm" mb="xs">
            {t('offline')}
          </Text>
        )}
        <Outlet />
      </AppShell.Main>
      <Modal opened={help} onClose={helping.close} title={t('shortcuts')}>
        <Text>{t('shortcutsHint')}</Text>
      </Modal>
    </AppShell>
  );
}

function Head({ opened, toggle }: { opened: boolean; toggle: () => void }): ReactElement {
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
            <Menu.Item onClick={() => void leave()}>{t('signOut')}</Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </Group>
    </Group>
  );
}
