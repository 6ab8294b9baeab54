import {
  IconAlertSquareRounded,
  IconBuildingBank,
  IconCash,
  IconDeviceMobile,
  IconGauge,
  IconMapPin,
  IconRadar,
  IconReportMoney,
  IconScale,
  IconSettings,
  IconUsersGroup,
} from '@tabler/icons-react';
import type { ComponentType } from 'react';
import type { Role } from './session';

export interface Tab {
  /** The last part of the address. */
  readonly key: string;
  readonly roles?: readonly Role[];
}

export interface Place {
  readonly to: string;
  /** Key of its name among the common words. */
  readonly word: string;
  readonly icon: ComponentType<{ size?: number; stroke?: number }>;
  /** Who has nothing to do there does not see it. */
  readonly roles?: readonly Role[];
  /** The lists under this entry, where one screen is spread over several entries. */
  readonly tabs?: readonly Tab[];
}

export const CITY: readonly Role[] = ['administrator', 'revenue-officer', 'auditor'];

/** Lists of money by the work that is done with them: each is `/money/<key>`. */
export const MONEY: readonly Place[] = [
  {
    to: '/money',
    word: 'cash',
    icon: IconCash,
    tabs: [
      { key: 'shifts' },
      { key: 'collections' },
      { key: 'due' },
      { key: 'deposits' },
      { key: 'slips', roles: CITY },
    ],
  },
  {
    to: '/money',
    word: 'cashless',
    icon: IconBuildingBank,
    tabs: [
      { key: 'settlements', roles: CITY },
      { key: 'batches', roles: CITY },
      { key: 'rows' },
      { key: 'bank', roles: CITY },
      { key: 'bank-entries', roles: CITY },
      { key: 'accounts', roles: CITY },
      { key: 'orders' },
      { key: 'notices', roles: CITY },
      { key: 'acquirers', roles: CITY },
    ],
  },
  {
    to: '/money',
    word: 'matching',
    icon: IconScale,
    tabs: [{ key: 'exceptions' }, { key: 'balances', roles: CITY }],
  },
  {
    to: '/money',
    word: 'operatorMoney',
    icon: IconUsersGroup,
    tabs: [{ key: 'statements' }, { key: 'minimums' }, { key: 'security' }, { key: 'arrears' }],
  },
  {
    to: '/money',
    word: 'reports',
    icon: IconReportMoney,
    roles: CITY,
    tabs: [
      { key: 'targets', roles: CITY },
      { key: 'report', roles: CITY },
    ],
  },
];

/** The menu, by the officer's work. */
export const MENU: readonly { readonly word: string; readonly places: readonly Place[] }[] = [
  {
    word: 'menuWork',
    places: [
      { to: '/', word: 'today', icon: IconGauge },
      { to: '/points', word: 'points', icon: IconMapPin },
      { to: '/cases', word: 'cases', icon: IconAlertSquareRounded },
      { to: '/devices', word: 'devices', icon: IconDeviceMobile },
    ],
  },
  { word: 'menuMoney', places: MONEY },
  {
    word: 'menuSettings',
    places: [
      { to: '/detection', word: 'detection', icon: IconRadar, roles: CITY },
      { to: '/registry', word: 'registry', icon: IconSettings },
    ],
  },
];

const seen = (role: Role, { roles }: Pick<Place, 'roles'>): boolean => !roles || roles.includes(role);

/** The entries that somebody of this role has something to do in, each leading to its first list. */
export function menuFor(role: Role): { word: string; places: Place[] }[] {
  return MENU.map(({ word, places }) => ({
    word,
    places: places
      .filter((place) => seen(role, place))
      .map((place) => {
        const first = place.tabs?.find((tab) => seen(role, tab));
        return first ? { ...place, to: `${place.to}/${first.key}` } : place;
      }),
  }));
}

/** Whether an address lies in a place. */
export function isIn(path: string, { to, tabs }: Place): boolean {
  if (!tabs) return to === '/' ? path === '/' : path === to || path.startsWith(`${to}/`);
  return tabs.some(({ key }) => path === `/money/${key}` || path.startsWith(`/money/${key}/`));
}
