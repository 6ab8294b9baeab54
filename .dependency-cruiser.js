/**
 * Who may enter which room. Knowledge points one stage up, never in a circle (docs/ARCHITECTURE.md).
 * One row a room: what it may import besides itself. Change the table here, with an ADR, never by an exception.
 */
const rooms = {
  'libs/kernel': [],
  'libs/api-client': [],
  'libs/protocol': ['libs/kernel'],
  'libs/platform': ['libs/kernel'],
  'libs/queue': ['libs/kernel'],
  'libs/registry': ['libs/kernel'],
  'libs/journal': ['libs/kernel', 'libs/protocol', 'libs/registry'],
  'libs/settlement': ['libs/kernel'],
  'libs/ledger': ['libs/kernel', 'libs/registry', 'libs/journal', 'libs/settlement'],
  'libs/reconciliation': ['libs/kernel', 'libs/registry', 'libs/ledger', 'libs/settlement'],
  'libs/detection': ['libs/kernel', 'libs/registry', 'libs/ledger'],
  'libs/cases': ['libs/kernel', 'libs/reconciliation', 'libs/detection'],
  'libs/persistence': [
    'libs/kernel',
    'libs/protocol',
    'libs/registry',
    'libs/journal',
    'libs/settlement',
    'libs/ledger',
    'libs/reconciliation',
    'libs/detection',
    'libs/cases',
  ],
  'devices-sim': ['libs/kernel', 'libs/protocol'],
  // The judge alone knows both the detector and the simulator's truth; nothing may enter it.
  'apps/judge': ['libs/kernel', 'libs/protocol', 'libs/detection', 'devices-sim'],
  'apps/dashboard': ['libs/api-client', 'libs/protocol'],
};

const allLibs = Object.keys(rooms).filter((room) => room.startsWith('libs/') && room !== 'libs/api-client');
for (const app of ['apps/gateway', 'apps/worker', 'apps/admin-api']) rooms[app] = allLibs;

const specs = '(\\.spec\\.tsx?$|^libs/testing/|^e2e/)';

/** A package only one room may know; everyone else asks that room. */
function only(packagePattern, roomPattern, comment) {
  return {
    name: `${packagePattern}-only-in-its-room`,
    comment,
    severity: 'error',
    from: { pathNot: [roomPattern, specs, '^infra/'] },
    to: { path: `node_modules/(${packagePattern})/` },
  };
}

export default {
  forbidden: [
    {
      name: 'no-circle',
      comment: 'A circle between files: move what both need one floor down.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    ...Object.entries(rooms).map(([room, allowed]) => ({
      name: `room-${room.replace('/', '-')}`,
      comment: `${room} may import only: ${allowed.join(', ') || 'nothing'}. Pass what it needs as an argument, or move it down.`,
      severity: 'error',
      from: { path: `^${room}/`, pathNot: specs },
      to: { path: '^(apps|libs|devices-sim|e2e)/', pathNot: [room, ...allowed].map((r) => `^${r}/`) },
    })),
    {
      name: 'front-door',
      comment: "A room is entered by its index.ts (libs): import '@app/<room>'.",
      severity: 'error',
      from: { path: '^(apps|libs|devices-sim|e2e)/([^/]+)/' },
      to: {
        path: '^libs/([^/]+)/src/',
        pathNot: ['^libs/[^/]+/src/index\\.ts$', '^$1/$2/', '^libs/testing/'],
      },
    },
    {
      name: 'no-test-code-in-production',
      comment: 'Production never imports a fake or a spec helper.',
      severity: 'error',
      from: { pathNot: specs },
      to: { path: '^(libs/testing|e2e)/' },
    },
    only('typeorm|pg', '^libs/persistence/', 'SQL and ORM live in libs/persistence: add a store or a view there.'),
    only('@nestjs/typeorm', '^libs/persistence/', 'ORM lives in libs/persistence.'),
    only('bullmq|ioredis', '^libs/queue/', 'Queues live in libs/queue: add a typed job there.'),
    only('aedes', '^apps/gateway/src/broker/', 'Only the broker room knows aedes: hand plain values out of it.'),
    {
      name: 'no-orphan-package',
      comment: 'Import what package.json declares.',
      severity: 'error',
      from: { pathNot: [specs, '^infra/'] },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^dist/|^apps/dashboard/dist/|^coverage/|^\\.data/)' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.mjs'],
    },
  },
};
