// What alerts, dashboards and manifests name must be there: a renamed metric would silence an alert without a word.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load, loadAll } from 'js-yaml';

const repository = join(import.meta.dirname, '../..');
const read = (path: string): string => readFileSync(join(repository, path), 'utf8');

const ROOMS = ['apps/gateway/src', 'apps/worker/src', 'apps/admin-api/src', 'libs/platform/src'];
const sources = ROOMS.flatMap((room) =>
  readdirSync(join(repository, room), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.spec.ts'))
    .map((name) => read(join(room, name))),
).join('\n');

interface Rule {
  readonly alert: string;
  readonly expr: string;
  readonly annotations: { readonly runbook: string };
}
const { groups } = load(read('infra/prometheus/alerts.yml')) as { groups: { rules: Rule[] }[] };
const rules = groups.flatMap((group) => group.rules);
const { panels } = JSON.parse(read('infra/grafana/dashboards/eparking.json')) as {
  panels: { targets: { expr: string }[] }[];
};
const expressions = [...rules.map(({ expr }) => expr), ...panels.flatMap((p) => p.targets.map(({ expr }) => expr))];

/** The gateway's metrics are defined by what follows their common prefix. */
function isDefined(metric: string): boolean {
  const name = metric.replace(/_bucket$/, '');
  const short = name.replace(/^eparking_gateway_/, '');
  return sources.includes(`'${name}'`) || sources.includes(`('${short}'`) || sources.includes(`\${PREFIX}${short}\``);
}

it('uses metrics that the processes define', () => {
  const metrics = expressions.flatMap((expr) => expr.match(/\b(eparking|http)_[a-z_]+/g) ?? []);
  expect(metrics.length).toBeGreaterThan(20);
  expect(metrics.filter((metric) => !isDefined(metric))).toEqual([]);
});

it('asks for label values that the processes give', () => {
  const values = expressions.flatMap((expr) =>
    [...expr.matchAll(/(?:kind|figure|job|state)=~?"([^"]+)"/g)].flatMap(([, found]) => found!.split('|')),
  );
  const known = sources + read('libs/queue/src/queues.ts');
  expect(values.filter((value) => !new RegExp(`\\b${value}\\b`).test(known))).toEqual([]);
});

it('has a runbook for every alert, and no other', () => {
  for (const { alert, annotations } of rules) {
    expect(annotations.runbook).toBe(`docs/runbooks/${alert}.md`);
    expect(existsSync(join(repository, annotations.runbook))).toBe(true);
  }
  expect(readdirSync(join(repository, 'docs/runbooks')).sort()).toEqual(rules.map((r) => `${r.alert}.md`).sort());
});

it('names commands in runbooks that package.json has', () => {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
  const used = rules.flatMap(({ annotations }) =>
    [...read(annotations.runbook).matchAll(/npm run ([a-z:-]+)/g)].map(([, name]) => name!),
  );
  expect(used.filter((name) => !(name in scripts))).toEqual([]);
});

const manifests = readdirSync(join(repository, 'infra/kubernetes')).map((name) => `infra/kubernetes/${name}`);

it('sets only variables that the settings know', () => {
  const settings = read('docs/CONFIGURATION.md');
  const files = ['infra/Dockerfile', 'infra/compose.yaml', ...manifests];
  const names = files.flatMap((file) => read(file).match(/\b(EPARKING_[A-Z_]+|REDIS_URL)\b/g) ?? []);
  expect(names.filter((name) => !settings.includes(`\`${name}\``))).toEqual([]);
});

interface Manifest {
  readonly kind: string;
  readonly spec: {
    readonly template: {
      readonly spec: {
        readonly securityContext: { readonly runAsNonRoot: boolean };
        readonly containers: {
          readonly image: string;
          readonly ports?: { readonly containerPort: number }[];
          readonly securityContext: { readonly readOnlyRootFilesystem: boolean };
        }[];
      };
    };
  };
}

it('runs images that the Dockerfile makes, on ports that are default, as nobody and read-only', () => {
  const dockerfile = read('infra/Dockerfile');
  const settings = read('docs/CONFIGURATION.md');
  const pods = manifests
    .flatMap((file) => loadAll(read(file)) as Manifest[])
    .filter(({ kind }) => kind === 'Deployment' || kind === 'Job')
    .map(({ spec }) => spec.template.spec);
  expect(pods).toHaveLength(4);
  for (const { securityContext, containers } of pods)
    for (const { image, ports = [], securityContext: own } of containers) {
      expect(securityContext.runAsNonRoot).toBe(true);
      expect(own.readOnlyRootFilesystem).toBe(true);
      expect(dockerfile).toContain(` AS ${image.replace('eparking-', '')}\n`);
      for (const { containerPort } of ports) expect(settings).toContain(`\`${containerPort}\``);
    }
});

it('gives compose no secret of its own', () => {
  const compose = read('infra/compose.yaml');
  const { services } = load(compose) as { services: Record<string, { environment?: Record<string, string> }> };
  for (const { environment = {} } of Object.values(services))
    for (const [name, value] of Object.entries(environment))
      if (/PASSWORD|KEY$|DATABASE_URL/.test(name) && !name.startsWith('EPARKING_TLS'))
        expect(value).toMatch(/^\$\{[A-Z_]+:\?.+\}$/);
});
