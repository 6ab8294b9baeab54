// What alerts, dashboards and manifests name must be there: a renamed metric would silence an alert without a word.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { load, loadAll, YAML11_SCHEMA } from 'js-yaml';

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

describe('by the published schemas', () => {
  const schemaOf = (name: string) => JSON.parse(read(`infra/schemas/${name}.json`)) as object;
  const kubernetes = new Ajv({ strict: false, allErrors: true }).addSchema(schemaOf('kubernetes'), 'kubernetes');
  const faultsOf = (manifest: Manifest): string[] => {
    const valid = kubernetes.getSchema(`kubernetes#/definitions/${manifest.kind}`);
    if (!valid) return [`the kind ${manifest.kind} is not in infra/schemas/kubernetes.json`];
    void valid(manifest);
    return (valid.errors ?? []).map((e) => `${e.instancePath} ${e.message} ${JSON.stringify(e.params)}`);
  };
  const documents = manifests.flatMap((file) => loadAll(read(file)) as Manifest[]);

  it('every manifest is sound', () => {
    expect(documents.length).toBeGreaterThan(7);
    expect(documents.flatMap(faultsOf)).toEqual([]);
  });

  it('a field that Kubernetes does not know is found, and a value of the wrong kind', () => {
    const deployment = documents.find(({ kind }) => kind === 'Deployment')!;
    const text = JSON.stringify(deployment);
    const broken = [
      text.replace('"failureThreshold"', '"failureTreshold"'),
      text.replace('"replicas":2', '"replicas":"2"'),
    ];
    for (const each of broken) expect(faultsOf(JSON.parse(each) as Manifest)).not.toEqual([]);
  });

  it('compose is sound, and a field that it does not know is found', () => {
    const valid = new Ajv({ strict: false, validateFormats: false }).compile(schemaOf('compose'));
    const compose = read('infra/compose.yaml');
    const merged = (text: string) => load(text, { schema: YAML11_SCHEMA });
    void valid(merged(compose));
    expect(valid.errors).toBeNull();
    expect(valid(merged(compose.replace('read_only:', 'readonly:')))).toBe(false);
  });
});

describe('the Dockerfile', () => {
  const lines = read('infra/Dockerfile')
    .split('\n')
    .filter((line) => line && !line.startsWith('#'));
  const stages = lines.join('\n').split(/^(?=FROM )/m);
  const instructions = (name: string, of = lines): string[] =>
    of.filter((line) => line.startsWith(`${name} `)).map((line) => line.slice(name.length + 1));

  it('builds on images of a named version, and copies from its own stages alone', () => {
    const names = instructions('FROM').map((from) => / AS ([a-z-]+)$/.exec(from)![1]!);
    for (const from of instructions('FROM').map((each) => each.split(' ')[0]!))
      if (!names.includes(from)) expect(from).toMatch(/^[a-z/]+:\d[\w.-]+$/);
    for (const copy of instructions('COPY'))
      if (copy.startsWith('--from=')) expect(names).toContain(/^--from=([a-z-]+)/.exec(copy)![1]);
  });

  it('runs as nobody, by exec and not by a shell, fetches nothing by itself, and holds no secret', () => {
    const base = stages.find((stage) => / AS base\n/.test(stage))!.split('\n');
    expect(instructions('USER', base)).toEqual(['node']);
    expect(lines.filter((line) => /^USER root|^ADD |\b(curl|wget|sudo)\b|apt-get (?!.*-y)/.test(line))).toEqual([]);
    expect(instructions('CMD')).toHaveLength(4);
    for (const command of instructions('CMD')) expect(JSON.parse(command)).toEqual(expect.arrayContaining(['node']));
    expect(instructions('WORKDIR').filter((path) => !path.startsWith('/'))).toEqual([]);
    expect(
      [...instructions('ENV'), ...instructions('ARG')].filter((line) => /PASSWORD|SECRET|_KEY|TOKEN/.test(line)),
    ).toEqual([]);
  });
});

it('gives compose no secret of its own', () => {
  const compose = read('infra/compose.yaml');
  const { services } = load(compose) as { services: Record<string, { environment?: Record<string, string> }> };
  for (const { environment = {} } of Object.values(services))
    for (const [name, value] of Object.entries(environment))
      if (/PASSWORD|KEY$|DATABASE_URL/.test(name) && !name.startsWith('EPARKING_TLS'))
        expect(value).toMatch(/^\$\{[A-Z_]+:\?.+\}$/);
});
