import type { TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import type { TLocalizedValidationError } from 'typebox/error';
import { printableKey, type Fault } from './fault.js';

/** Looks at one value; the fault names the field below `root`. */
export type Check = (value: unknown) => Fault | null;

/**
 * A check compiled once from a schema. A good value costs one pass without allocation; the sentence of a fault is made
 * from the schema of the field that failed, so that it says what would be right.
 * @param root name of the value in the path of a fault; `''` for a message itself
 */
export function checkOf(schema: TSchema, root: string): Check {
  const validator = Compile(schema);
  return (value) => (validator.Check(value) ? null : describe(schema, root, validator.Errors(value)));
}

export interface Facts {
  type?: string;
  const?: unknown;
  enum?: readonly unknown[];
  minimum?: number;
  maximum?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
  format?: string;
  anyOf?: readonly Facts[];
  properties?: Record<string, Facts>;
  items?: Facts | readonly Facts[];
}

/** What a value must be, in words, read from the schema of its field. */
export function expectation(facts: Facts): string {
  if ('const' in facts) return JSON.stringify(facts.const);
  if (facts.enum) return `one of ${facts.enum.map(String).join(', ')}`;
  if (facts.anyOf) return facts.anyOf.map(expectation).join(' or ');
  if (facts.format === 'date-time') {
    return 'an RFC 3339 instant such as 2026-11-21T09:15:02+07:00 (upper-case T and Z, offset given, years 2020-2099)';
  }
  switch (facts.type) {
    case 'integer':
      return integerExpectation(facts);
    case 'string':
      return facts.maxLength === undefined ? 'a string' : `a string of at most ${facts.maxLength} characters`;
    case 'array':
      return facts.maxItems === undefined ? 'an array' : `an array of ${facts.minItems ?? 0} to ${facts.maxItems}`;
    case 'object':
      return 'an object';
    case 'boolean':
      return 'true or false';
    default:
      return facts.type ?? 'something else';
  }
}

function integerExpectation({ minimum, maximum }: Facts): string {
  const grouped = (value: number): string => String(value).replace(/\B(?=(\d{3})+(?!\d))/g, ',');
  if (minimum === undefined || minimum === Number.MIN_SAFE_INTEGER) return 'an integer within 2^53 - 1';
  if (maximum === undefined || maximum === Number.MAX_SAFE_INTEGER) return `an integer of at least ${grouped(minimum)}`;
  return `an integer from ${grouped(minimum)} to ${grouped(maximum)}`;
}

/** The schema at a JSON pointer of an instance, as far as the protocol's schemas go (objects, arrays). */
function factsAt(schema: Facts, segments: readonly string[]): Facts | null {
  let facts: Facts | undefined = schema;
  for (const segment of segments) {
    if (facts === undefined || facts.anyOf) return null;
    const items: Facts | readonly Facts[] | undefined = facts.items;
    if (items !== undefined) facts = Array.isArray(items) ? items[Number(segment)] : (items as Facts);
    else facts = facts.properties && Object.hasOwn(facts.properties, segment) ? facts.properties[segment] : undefined;
  }
  return facts ?? null;
}

function pathOf(root: string, segments: readonly string[]): string {
  let path = root;
  for (const segment of segments) path += /^\d+$/.test(segment) ? `[${segment}]` : `.${printableKey(segment)}`;
  return (path.startsWith('.') ? path.slice(1) : path) || 'record';
}

function describe(schema: TSchema, root: string, errors: readonly TLocalizedValidationError[]): Fault {
  const error = errors[0];
  if (error === undefined) return { field: root || 'record', message: 'does not fit its schema' };
  const segments = error.instancePath
    .split('/')
    .slice(1)
    .map((segment) => segment.replace(/~1/g, '/').replace(/~0/g, '~'));
  if (error.keyword === 'required') {
    return { field: pathOf(root, [...segments, error.params.requiredProperties[0] ?? '']), message: 'is required' };
  }
  if (error.keyword === 'additionalProperties') {
    const name = error.params.additionalProperties[0] ?? '';
    return { field: pathOf(root, [...segments, name]), message: 'is not a field of this version' };
  }
  if (error.keyword === 'boolean') {
    return { field: pathOf(root, segments), message: 'is not a field of this version' };
  }
  const facts = factsAt(schema as Facts, segments);
  return {
    field: pathOf(root, segments),
    message: facts === null ? error.message : `must be ${expectation(facts)}`,
  };
}
