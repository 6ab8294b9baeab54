import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from '../../run.js';
import { truths } from './truths.js';

/**
 * What an officer's browser asks when a page of the dashboard opens, the defaults of its period and lists included, and
 * the same with a whole year chosen.
 *
 * @typedef {Record<string, string | number>} Query
 * @typedef {object} Call
 * @property {string} page
 * @property {string} path the API's own
 * @property {Query} [params]
 * @property {Query} [query]
 * @property {import('./truths.js').Truth} [truth] the same question in SQL
 *
 * @typedef {object} Known things that are there to be asked for
 * @property {{from: string, to: string}} week
 * @property {{from: string, to: string}} month
 * @property {{from: string, to: string}} quarter
 * @property {{from: string, to: string}} year
 * @property {string} point @property {string} device @property {string} attendant @property {string} caseId
 * @property {string} acquirer @property {number} seq
 */

/** Asked by the dashboard, and left out here: what each of them needs is not in the bench's city, or it is no question. */
const LEFT_OUT = new Set([
  '/api/v1/live', // a stream: its state is sent when it changes
  '/api/v1/reports/monthly', // a file of a month, made at the press of a button
  '/api/v1/cases/{id}/attachments/{sha256}',
  '/api/v1/settlements/{id}',
  '/api/v1/settlements/{id}/errors',
  '/api/v1/bank-statements/{id}',
  '/api/v1/bank-statements/{id}/errors',
  '/api/v1/operator-statements/{operator}/{month}', // no point is run by an operator
  '/api/v1/ticket-ranges/{id}/events',
  '/api/v1/field-counts/{id}/revisions',
  '/api/v1/operators/{code}', // changed by the pages, not read
  '/api/v1/tariffs/{code}',
  '/api/v1/devices/{deviceId}/journal-export',
  '/api/v1/subscriptions/search',
]);

/** The lists' first page. */
const paged = { limit: 50, offset: 0 };

/** @typedef {[page: string, calls: [path: string, query?: Query, truth?: import('./truths.js').Truth, params?: Query][]][]} Pages */

/** the first page, and all points. @param {Known} known @returns {Pages} */
function cityPages(known) {
  const { week, year } = known;
  const t = truths(known);
  return [
    [
      'Today',
      [
        ['about'],
        ['auth/me'],
        ['auth/notices', { unseen: 'true', limit: 5 }],
        ['waterfall', { ...week, groupBy: 'day' }, t.waterfall(week, 'day')],
        ['targets/realisation', { year: week.to.slice(0, 4) }, t.realisation(week.to.slice(0, 4))],
        ['points-overview', { ...week, limit: 8, sort: '-unrecorded' }],
        ['cases', { limit: 8, sort: 'dueAt', state: 'unresolved' }],
        ['cases', { limit: 1, overdue: 'true' }],
        ['cases', { limit: 1, severity: 'critical', state: 'unresolved' }],
        ['exceptions', { limit: 1, state: 'mismatched' }],
        ['exceptions', { limit: 1, state: 'expected' }],
        ['devices', { limit: 1, status: 'active' }],
        ['devices', { limit: 1, status: 'active', presence: 'quiet' }],
      ],
    ],
    [
      'Today, a year',
      [
        ['waterfall', { ...year, groupBy: 'day' }, t.waterfall(year, 'day')],
        ['points-overview', { ...year, limit: 8, sort: '-unrecorded' }],
      ],
    ],
    [
      'Points',
      [
        ['points-overview', { ...week, limit: 200, offset: 0 }, t.points(week)],
        ['points-overview/sums', week, t.pointSums(week)],
        ['income', { ...week, groupBy: 'district' }, t.income(week, 'district')],
        ['income', { ...week, groupBy: 'street' }, t.income(week, 'street')],
        ['operators', { limit: 1000 }],
        ['saved-views', { screen: 'points' }],
      ],
    ],
    [
      'Points, a year',
      [
        ['points-overview', { ...year, limit: 200, offset: 0 }, t.points(year)],
        ['points-overview/sums', year, t.pointSums(year)],
        ['income', { ...year, groupBy: 'district' }, t.income(year, 'district')],
        ['income', { ...year, groupBy: 'street' }, t.income(year, 'street')],
      ],
    ],
  ];
}

/** one point. @param {Known} known @returns {Pages} */
function pointPages(known) {
  const { month, year, point } = known;
  const t = truths(known);
  return [
    [
      'Point',
      [
        ['points/{code}', {}, undefined, { code: point }],
        ['points-overview', { ...month, search: point, limit: 1000 }],
        ['income', { ...month, point, groupBy: 'vehicleClass' }, t.income(month, 'vehicleClass', point)],
        ['income', { ...month, point, groupBy: 'method' }, t.income(month, 'method', point)],
        ['income', { ...month, point, groupBy: 'attendant' }, t.income(month, 'attendant', point)],
        ['income/hours', { ...month, point }, t.hours(month, point)],
        ['expectations', { ...month, point, by: 'day', limit: 1000, sort: 'date' }],
        ['shifts', { ...month, point, ...paged }],
        ['contracts', { limit: 1000, on: month.to }],
      ],
    ],
    [
      'Point, its lists',
      [
        ['devices', { point, ...paged }],
        ['collections', { ...month, point, ...paged }],
        ['deposits', { ...month, point, ...paged }],
        ['cases', { point, ...paged }],
        ['exceptions', { ...month, point, ...paged }],
        ['field-counts', { ...month, point, ...paged }],
        ['tariffs', { limit: 1000 }],
        ['point-operators', { point, ...paged }],
        ['assignments', { point, ...paged }],
        ['points/{code}/hours', paged, undefined, { code: point }],
        ['points/{code}/street-classes', paged, undefined, { code: point }],
      ],
    ],
    [
      'Point, a year',
      [
        ['income', { ...year, point, groupBy: 'method' }, t.income(year, 'method', point)],
        ['expectations', { ...year, point, by: 'day', limit: 1000, sort: 'date' }],
        ['shifts', { ...year, point, ...paged }],
        ['deposits', { ...year, point, ...paged }],
      ],
    ],
  ];
}

/** terminals, records, cases. @param {Known} known @returns {Pages} */
function workPages(known) {
  const { device, caseId, seq } = known;
  const t = truths(known);
  return [
    ['Devices', [['devices', paged]]],
    [
      'Devices, troubles',
      [
        ['alarms', paged],
        ['findings', paged],
        ['quarantine', paged],
      ],
    ],
    [
      'Device',
      [
        ['devices/{deviceId}', {}, undefined, { deviceId: device }],
        ['devices/{deviceId}/gaps', paged, undefined, { deviceId: device }],
        ['devices/{deviceId}/journal', paged, t.journal(device), { deviceId: device }],
        ['devices/{deviceId}/commands', paged, undefined, { deviceId: device }],
        ['devices/{deviceId}/assignments', paged, undefined, { deviceId: device }],
      ],
    ],
    ['Record', [['records/{device}/{epoch}/{seq}', {}, undefined, { device, epoch: 1, seq }]]],
    [
      'Cases',
      [
        ['cases', paged],
        ['cases', { ...paged, state: 'unresolved' }],
      ],
    ],
    [
      'Case',
      [
        ['cases/{id}', {}, undefined, { id: caseId }],
        ['exceptions', { caseId, ...paged }],
        ['suspicions', { caseId, limit: 50 }],
        ['cases/assignees', { limit: 1000 }],
      ],
    ],
  ];
}

/** money. @param {Known} known @returns {Pages} */
function moneyPages(known) {
  const { month, point, acquirer } = known;
  const t = truths(known);
  return [
    [
      'Money, exceptions',
      [
        ['exceptions', paged],
        ['exceptions', { ...paged, state: 'mismatched' }],
        ['ledger/balances', paged],
      ],
    ],
    ['Money, settlement lines', [['settlement-rows', paged, t.lines()]]],
    ['Money, settlement lines, one acquirer', [['settlement-rows', { ...paged, acquirer }, t.lines(acquirer)]]],
    ['Money, settlement lines of a point', [['settlement-rows', { ...month, point, ...paged }]]],
    ['Money, batches', [['settlement-batches', paged, t.batches()]]],
    [
      'Money, files',
      [
        ['settlements', paged],
        ['bank-statements', paged],
      ],
    ],
    [
      'Money, bank',
      [
        ['bank-entries', paged],
        ['bank-accounts', paged],
      ],
    ],
    [
      'Money, deposits',
      [
        ['deposits', paged],
        ['deposit-slips', paged],
      ],
    ],
    [
      'Money, a slip',
      [
        ['deposits', { limit: 1000, open: 'true' }],
        ['settlement-batches', { limit: 1000, open: 'true' }],
      ],
    ],
  ];
}

/** cash, QRIS, operators, targets. @param {Known} known @returns {Pages} */
function bookPages(known) {
  const { week, acquirer } = known;
  return [
    [
      'Money, cash',
      [
        ['shifts', paged],
        ['collections', paged],
      ],
    ],
    [
      'Money, QRIS',
      [
        ['qris-orders', { ...week, ...paged }],
        ['snap-notices', paged],
        ['acquirers', paged],
        ['acquirers/{code}', {}, undefined, { code: acquirer }],
      ],
    ],
    [
      'Money, operators',
      [
        ['operator-statements', paged],
        ['security-deposits', paged],
        ['arrears', paged],
      ],
    ],
    [
      'Money, targets',
      [
        ['targets', paged],
        ['targets/realisation', { year: week.to.slice(0, 4) }],
      ],
    ],
  ];
}

/** detection and registry. @param {Known} known @returns {Pages} */
function officePages(known) {
  const { quarter, attendant } = known;
  return [
    [
      'Detection',
      [
        ['suspicions', paged],
        ['potentials', paged],
        ['detector/notes', paged],
        ['detector/runs', paged],
      ],
    ],
    [
      'Detection, quality and counts',
      [
        ['detector/quality', { ...quarter }],
        ['detector/settings'],
        ['field-counts', paged],
        ['field-count-plans', paged],
        ['field-count-plans/proposal', { teams: 3, people: 2 }],
        ['calendar-events', paged],
      ],
    ],
    [
      'Registry',
      [
        'points',
        'attendants',
        'operators',
        'contracts',
        'tariffs',
        'free-zones',
        'holidays',
        'subscriptions',
        'ticket-ranges',
        'rule-books',
        'point-operators',
      ].map((path) => [path, paged]),
    ],
    [
      'Registry, an attendant',
      [
        ['attendants/{code}', {}, undefined, { code: attendant }],
        ['assignments', { attendant, ...paged }],
      ],
    ],
    [
      'Registry, users and logs',
      [
        ['users', paged],
        ['sessions', paged],
        ['audit-log', paged],
        ['audit-log/head'],
        ['access-log', paged],
        ['auth/sessions', paged],
        ['auth/notices', paged],
      ],
    ],
  ];
}

/** @param {Known} known @returns {Call[]} */
export function callsOfPages(known) {
  const pages = [cityPages, pointPages, workPages, moneyPages, bookPages, officePages].flatMap((part) => part(known));
  return pages.flatMap(([page, calls]) =>
    calls.map(([path, query = {}, truth, params = {}]) => ({
      page,
      path: `/api/v1/${path}`,
      query,
      params,
      ...(truth && { truth }),
    })),
  );
}

/** What the dashboard's sources ask for by GET and no page here does. @param {readonly Call[]} calls @returns {string[]} */
export function forgotten(calls) {
  const folder = join(repository, 'apps', 'dashboard', 'src');
  const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file))
    .map((file) => readFileSync(join(folder, file), 'utf8'));
  const asked = new Set(sources.flatMap((text) => text.match(/\/api\/v1\/[a-z0-9/{}-]+/gi) ?? []));
  const document = JSON.parse(readFileSync(join(repository, 'docs', 'api', 'openapi.json'), 'utf8'));
  const known = new Set(calls.map(({ path }) => path));
  return [...asked].filter((path) => document.paths[path]?.get && !known.has(path) && !LEFT_OUT.has(path)).sort();
}
