import type { Period } from '../../parts/days';
import type { Ask, Path } from '../../parts/get';

const EVERY_MS = 60_000;

/** What the first page asks the API: asked ahead of it, too, while its script is still being read. */
export const asks = {
  devices: () => ['/api/v1/devices', { query: { status: 'active', limit: 1 }, everyMs: EVERY_MS }],
  quiet: () => ['/api/v1/devices', { query: { status: 'active', presence: 'quiet', limit: 1 }, everyMs: EVERY_MS }],
  waterfall: (period: Period) => ['/api/v1/waterfall', { query: { ...period, groupBy: 'day' }, everyMs: EVERY_MS }],
  targets: ({ to }: Period) => ['/api/v1/targets/realisation', { query: { year: to.slice(0, 4) } }],
  due: () => ['/api/v1/cases', { query: { limit: 8, sort: 'dueAt', state: 'unresolved' }, everyMs: EVERY_MS }],
  gaps: (period: Period) => ['/api/v1/points-overview', { query: { ...period, limit: 8, sort: '-unrecorded' } }],
} satisfies Readonly<Record<string, (period: Period) => [Path, Ask]>>;

/** Days that the first page shows when its address names none. */
export const DAYS = 7;
