import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
import { get } from '../parts/api';
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

/** How often a server that gave no answer is asked whether it is there again, ms. */
const AGAIN_MS = 5_000;

const later = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

/**
 * A screen with a script of its own. Without a network that is waited for on the page that stands. A script that failed
 * all the same stays failed for a browser as long as the page stands: the router loads the page anew, for which the
 * server must be there.
 */
const screen: typeof lazyRouteComponent = (load, name) =>
  lazyRouteComponent(async () => {
    if (!navigator.onLine) await new Promise((online) => addEventListener('online', online, { once: true }));
    try {
      return await load();
    } catch (error) {
      const answers = (): Promise<boolean> =>
        get('/api/v1/about').then(
          () => true,
          () => false,
        );
      while (!(await answers())) await later(AGAIN_MS);
      throw error;
    }
  }, name);

const page = <P extends string>(path: P, component: ReturnType<typeof lazyRouteComponent>) =>
  createRoute({ getParentRoute: () => root, path, component });

const routes = [
  page(
    '/',
    screen(() => import('../screens/today/today'), 'Today'),
  ),
  page(
    '/points',
    screen(() => import('../screens/points/points'), 'Points'),
  ),
  page(
    '/points/$code',
    screen(() => import('../screens/point/point'), 'Point'),
  ),
  page(
    '/cases',
    screen(() => import('../screens/cases/cases'), 'Cases'),
  ),
  page(
    '/cases/$id',
    screen(() => import('../screens/case/case'), 'CaseScreen'),
  ),
  page(
    '/records/$device/$epoch/$seq',
    screen(() => import('../screens/record/record'), 'RecordScreen'),
  ),
  page(
    '/devices',
    screen(() => import('../screens/devices/devices'), 'Devices'),
  ),
  page(
    '/devices/$deviceId',
    screen(() => import('../screens/device/device'), 'Device'),
  ),
  page(
    '/money/{-$tab}',
    screen(() => import('../screens/money/money'), 'Money'),
  ),
  page(
    '/money/statements/$operator/$month',
    screen(() => import('../screens/statement/statement'), 'StatementScreen'),
  ),
  page(
    '/detection/{-$tab}',
    screen(() => import('../screens/detection/detection'), 'Detection'),
  ),
  page(
    '/registry/{-$tab}',
    screen(() => import('../screens/registry/registry'), 'Registry'),
  ),
  page(
    '/account',
    screen(() => import('../screens/account/account'), 'Account'),
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
