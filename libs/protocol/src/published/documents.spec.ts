import asyncApiSpecs from '@asyncapi/specs';
import { Ajv, type AnySchemaObject } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { load } from 'js-yaml';
import { createHash, createHmac, createPublicKey, verify } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { GOOD_BODIES, instant, typeAndBody } from '../../../testing/src/good-records.js';
import { canonicalJsonWithout, CHANNELS, decodeUtf8Json, envelopeFault, messageFault, recordFault } from '../index.js';
import { type Envelope } from '../index.js';
import { protocolDocuments } from './documents.js';
import { EXAMPLES } from './examples.js';
import { fillReadme } from './readme-parts.js';
import type { VectorRecord } from './test-vectors.js';

const repository = join(import.meta.dirname, '../../../..');
const documents = protocolDocuments(repository);

/** Another implementation of JSON Schema than the one in the gateway: what a terminal maker may use. */
const ajv = new Ajv2020({ strict: false, validateFormats: false });
const validators = Object.fromEntries(
  Object.keys(CHANNELS).map((channel) => [
    channel,
    ajv.compile(JSON.parse(documents[`docs/protocol/schemas/${channel}.json`]!) as AnySchemaObject),
  ]),
);

describe('the published protocol', () => {
  it.each(Object.keys(documents))('%s is what the code says (npm run docs mends it)', (path) => {
    const file = join(repository, path);
    expect(existsSync(file) ? readFileSync(file, 'utf8') : 'no such file').toBe(documents[path]);
  });

  it('is AsyncAPI 3 by the schema of the AsyncAPI initiative', () => {
    const official = asyncApiSpecs.schemasWithoutId['3.0.0'] as AnySchemaObject;
    const valid = new Ajv({ strict: false, validateFormats: false }).compile(official);
    const document = load(documents['docs/protocol/asyncapi.yaml']!);
    expect(valid(document) ? [] : valid.errors).toEqual([]);
    expect(valid({ ...(document as object), channels: 'none' })).toBe(false);
  }, 60_000);

  it('refers within the AsyncAPI document to nothing that is not there', () => {
    const document = load(documents['docs/protocol/asyncapi.yaml']!) as Record<string, unknown>;
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)].map((match) => match[1]!);
    expect(references.length).toBeGreaterThan(20);
    for (const reference of references) {
      const target = reference
        .split('/')
        .reduce<unknown>((at, key) => (at as Record<string, unknown>)?.[key], document);
      expect([reference, typeof target]).toEqual([reference, 'object']);
    }
  });

  it('shows examples that the gateway takes and the published schemas allow', () => {
    for (const [channel, examples] of Object.entries(EXAMPLES)) {
      for (const example of examples) {
        expect(messageFault(channel as keyof typeof EXAMPLES, example)).toBeNull();
        expect([channel, validators[channel]!(example)]).toEqual([channel, true]);
      }
    }
  });

  it('does not lose a generated part of the README when its mark is gone', () => {
    expect(() => fillReadme('# no marks', { limits: '' })).toThrow(/made from code: limits/);
  });
});

describe('the published schema of the journal', () => {
  const envelope = { v: 1, epoch: 1, seq: 1, at: '2026-11-21T09:15:02+07:00', prev: '', mac: 'x'.repeat(43) };
  const taken = (record: unknown): boolean =>
    envelopeFault(record) === null && recordFault(record as Envelope) === null;

  it('takes what the gateway takes', () => {
    fc.assert(
      fc.property(typeAndBody, instant, ([type, body], at) => {
        const record = { ...envelope, at, type, body: { ...body, own: { note: [1] } } };
        expect([taken(record), validators.journal!(record), validators.journal!([record, record])]).toEqual([
          true,
          true,
          true,
        ]);
      }),
    );
  });

  it('refuses what the gateway refuses, and the other way round', () => {
    const wrong = fc.constantFrom<unknown>(
      null,
      true,
      0,
      -1,
      1,
      2,
      10_000_001,
      2 ** 40,
      '',
      'car',
      'x'.repeat(201),
      [],
      {},
      { car: {} },
    );
    const level = fc.constantFrom('envelope', 'body');
    fc.assert(
      fc.property(typeAndBody, wrong, level, fc.nat(), fc.boolean(), ([type, body], value, where, pick, drop) => {
        const record: Record<string, unknown> = { ...envelope, type, body: { ...body } };
        const target = where === 'envelope' ? record : (record.body as Record<string, unknown>);
        const fields =
          where === 'envelope'
            ? [...Object.keys(record), 'sig', 'own']
            : Object.keys({ ...GOOD_BODIES[type].required, ...GOOD_BODIES[type].optional });
        const field = fields[pick % fields.length]!;
        if (drop) delete target[field];
        else target[field] = value;
        expect([record, validators.journal!(record)]).toEqual([record, taken(record)]);
      }),
      { numRuns: 600 },
    );
  }, 30_000);

  it('takes arrays of 1 to 100 records only', () => {
    const record = { ...envelope, type: 'boot', body: { reason: '', firmware: '' } };
    const batch = (length: number): boolean => validators.journal!(Array.from({ length }, () => record)) as boolean;
    expect([0, 1, 100, 101].map(batch)).toEqual([false, true, true, false]);
  });
});

describe('the test vectors', () => {
  interface Vectors {
    mac: { journalKey: string; records: VectorRecord[] };
    sig: { publicKey: string; records: VectorRecord[] };
  }
  const vectors = JSON.parse(documents['docs/protocol/test-vectors.json']!) as Vectors;

  const readRecord = ({ sent }: VectorRecord): Record<string, unknown> => {
    const decoded = decodeUtf8Json(new TextEncoder().encode(sent));
    if (!decoded.ok) throw new Error(decoded.message);
    expect(envelopeFault(decoded.value)).toBeNull();
    expect(recordFault(decoded.value as Envelope)).toBeNull();
    return decoded.value as Record<string, unknown>;
  };

  it('are a chain of records whose MACs the key makes', () => {
    let prev = '';
    for (const vector of vectors.mac.records) {
      const record = readRecord(vector);
      const key = Buffer.from(vectors.mac.journalKey, 'base64url');
      expect(canonicalJsonWithout(record, 'mac')).toBe(vector.canonical);
      expect(record).toMatchObject({
        prev,
        mac: createHmac('sha256', key).update(vector.canonical).digest('base64url'),
      });
      expect(createHash('sha256').update(vector.sent).digest('base64url')).toBe(vector.of);
      prev = record.mac as string;
    }
  });

  it('have signatures that the public key confirms', () => {
    const jwk = { kty: 'OKP', crv: 'Ed25519', x: vectors.sig.publicKey };
    const key = createPublicKey({ key: jwk, format: 'jwk' });
    for (const vector of vectors.sig.records) {
      const signature = Buffer.from(readRecord(vector).sig as string, 'base64url');
      expect(verify(null, Buffer.from(vector.canonical), key, signature)).toBe(true);
    }
  });

  it('have the MAC that openssl computes for the first record', () => {
    expect(vectors.mac.records[0]!.mac).toBe('PQY1pjZgzflOjHGTof8bKsnbZwvYkSsKEeezo4PTLzU');
  });
});
