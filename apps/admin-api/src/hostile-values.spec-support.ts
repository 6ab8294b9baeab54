import fc from 'fast-check';

/** As much of a JSON schema as the OpenAPI document uses. */
export interface Schema {
  readonly $ref?: string;
  readonly allOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly type?: string;
  readonly format?: string;
  readonly enum?: readonly unknown[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly pattern?: string;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
}

/** Texts that have broken other systems. */
const TEXTS = [
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\ud800',
  '\u202e\u0007',
  "'; DROP TABLE points; --",
  '%',
  '%00',
  '../../etc/passwd',
  '=cmd|1',
  '{{7*7}}',
  '<script>1</script>',
  '__proto__',
  'constructor',
  'NaN',
  '-0',
  '1e400',
  '0x10',
  '9007199254740993',
  '2026-02-30',
  '9999-99-99',
  '0000-00-00',
  '2026-11-21T25:00:00Z',
  '+275760-09-13T00:00:00Z',
  '𠜎'.repeat(40),
  'x'.repeat(5_000),
];
const NUMBERS = [-1, 0, 1.5, 2 ** 31, 2 ** 53, -(2 ** 63), 1e308, 1e-300];

const hostileText = fc.oneof(fc.constantFrom(...TEXTS), fc.string({ unit: 'binary', maxLength: 60 }));
export const hostile: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 5, arbitrary: hostileText },
  { weight: 3, arbitrary: fc.constantFrom<unknown>(...NUMBERS) },
  { weight: 1, arbitrary: fc.constantFrom<unknown>(null, true, [], {}, [[]], { length: -1 }) },
  { weight: 1, arbitrary: fc.constant(JSON.parse('{"__proto__":{"role":"administrator"}}')) },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
);

const GOOD_TEXTS = ['P-OWN', 'OWN', 'A-OWN', 'hh-own', '2026-11-21', '2026-11', '2026-11-21T03:00:00Z', 'car', 'code'];

/** Values that a schema allows, now and then with something in them that it does not. */
export function valuesOf(schema: Schema, all: Readonly<Record<string, Schema>>, depth = 0): fc.Arbitrary<unknown> {
  const good = goodOf(schema, all, depth);
  return fc.oneof({ weight: 6, arbitrary: good }, { weight: 1, arbitrary: hostile });
}

function goodOf(schema: Schema, all: Readonly<Record<string, Schema>>, depth: number): fc.Arbitrary<unknown> {
  if (schema.$ref) return valuesOf(all[schema.$ref.split('/').at(-1)!] ?? {}, all, depth);
  const [part] = schema.allOf ?? schema.oneOf ?? schema.anyOf ?? [];
  if (part) return valuesOf(part, all, depth);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  switch (schema.type) {
    case 'integer':
    case 'number':
      return fc.integer(boundsOf(schema));
    case 'boolean':
      return fc.boolean();
    case 'array':
      return depth > 4 ? fc.constant([]) : fc.array(valuesOf(schema.items ?? {}, all, depth + 1), { maxLength: 3 });
    case 'object':
      return objectsOf(schema, all, depth);
    default:
      return fc.oneof(fc.constantFrom(...GOOD_TEXTS), patternOf(schema.pattern));
  }
}

function objectsOf(schema: Schema, all: Readonly<Record<string, Schema>>, depth: number): fc.Arbitrary<unknown> {
  const properties = Object.entries(schema.properties ?? {});
  if (depth > 4) return fc.constant({});
  return fc.record(Object.fromEntries(properties.map(([name, of]) => [name, valuesOf(of, all, depth + 1)])), {
    requiredKeys: [...(schema.required ?? [])],
  });
}

function patternOf(pattern: string | undefined): fc.Arbitrary<string> {
  if (!pattern) return fc.string({ maxLength: 20 });
  try {
    return fc.stringMatching(new RegExp(pattern));
  } catch {
    return fc.string({ maxLength: 20 }); // A pattern with a form that the generator does not know.
  }
}

function boundsOf({ minimum = 0, maximum = 1_000 }: Schema): { min: number; max: number } {
  const min = Math.ceil(Math.max(minimum, -(2 ** 31)));
  return { min, max: Math.max(min, Math.floor(Math.min(maximum, 2 ** 31))) };
}
