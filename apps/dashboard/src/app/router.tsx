import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
import { NotFound, ScreenFailed } from '../parts/states';
import type { Search } from './search';
import { Shell } from './shell';

const root = createRootRoute({
  component: Shell,
  notFoundComponent: NotFound,
  errorComponent: ScreenFailed,
  validateSearch: (search): Search =>
    Object.fromEntries(
      Object.entries(search).map(([key, value]) => [key, value === undefined ? undefined : String(value)]),
    ),
});

const page = <P extends string>(path: P, component: ReturnType<typeof lazyRouteComponent>) =>
  createRoute({ getParentRoute: () => root, path, component });

const routes = [
  page(
    '/',
    lazyRouteComponent(() => import('../screens/today/today'), 'Today'),
  ),
  page(
    '/points',
    lazyRouteComponent(() => import('../screens/points/points'), 'Points'),
  ),
  page(
    '/points/$code',
    lazyRouteComponent(() => import('../screens/point/point'), 'Point'),
  ),
  page(
    '/cases',
    lazyRouteComponent(() => import('../screens/cases/cases'), 'Cases'),
  ),
  page(
    '/cases/$id',
    lazyRouteComponent(() => import('../screens/case/case'), 'CaseScreen'),
  ),
  page(
    '/records/$device/$epoch/$seq',
    lazyRouteComponent(() => import('../screens/record/record'), 'RecordScreen'),
  ),
  page(
    '/devices',
    lazyRouteComponent(() => import('../screens/devices/devices'), 'Devices'),
  ),
  page(
    '/devices/$deviceId',
    lazyRouteComponent(() => import('../screens/device/device'), 'Device'),
  ),
  page(
    '/money/{-$tab}',
    lazyRouteComponent(() => import('../screens/money/money'), 'Money'),
  ),
  page(
    '/money/statements/$operator/$month',
    lazyRouteComponent(() => import('../screens/statement/statement'), 'StatementScreen'),
  ),
  page(
    '/detection/{-$tab}',
    lazyRouteComponent(() => import('../screens/detection/detection'), 'Detection'),
  ),
  page(
    '/registry/{-$tab}',
    lazyRouteComponent(() => import('../screens/registry/registry'), 'Registry'),
  ),
  page(
    '/account',
    lazyRouteComponent(() => import('../screens/account/account'), 'Account'),
  ),
];

export const router = createRouter({
  routeTree: root.addChildren(routes),
  defaultPreload: 'intent',
  scrollRestoration: true,
  // Everything behind the `?` is text: no quotation marks around numbers in an address that people pass on.
  parseSearch: (text) => Object.fromEntries(new URLSearchParams(text)),
  stringifySearch: (search) => {
    const pairs = Object.entries(search).filter(([, value]) => value !== undefined && value !== '');
    return pairs.length === 0 ? '' : `?${new URLSearchParams(pairs as [string, string][])}`;
  },
});
