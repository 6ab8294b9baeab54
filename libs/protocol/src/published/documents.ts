import { createHash, createHmac, createPrivateKey, createPublicKey, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dump } from 'js-yaml';
import { CHANNELS, type Channel } from '../topics.js';
import { asyncApiDocument } from './asyncapi.js';
import { schemaDocument } from './json-schemas.js';
import { fillReadme, readmeParts } from './readme-parts.js';
import { VECTOR_KEY, vectorRecords } from './test-vectors.js';

/** The published protocol (docs/protocol), made from the code that validates. For the documents' generator only. */

const FOLDER = 'docs/protocol';
const ED25519_PKCS8_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');

const digest = (text: string): string => createHash('sha256').update(text, 'utf8').digest('base64url');

function testVectors() {
  const key = Buffer.from(VECTOR_KEY, 'base64url');
  // The same 32 bytes serve as the seed of the Ed25519 key pair (RFC 8032), whose signatures are deterministic.
  const pkcs8 = Buffer.concat([ED25519_PKCS8_PREFIX, key]);
  const privateKey = createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' });
  const publicKey = createPublicKey(privateKey).export({ format: 'jwk' }).x;
  const hmac = (text: string): string => createHmac('sha256', key).update(text, 'utf8').digest('base64url');
  const ed25519 = (text: string): string => sign(null, Buffer.from(text, 'utf8'), privateKey).toString('base64url');
  return {
    mac: { journalKey: VECTOR_KEY, records: vectorRecords('mac', hmac, digest) },
    sig: { privateKeySeed: VECTOR_KEY, publicKey, records: vectorRecords('sig', ed25519, digest) },
  };
}

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

/**
 * Every generated document of the protocol.
 * @param repository path of the checkout, where the hand-written words of the README are read
 * @returns the text by path within the repository
 */
export function protocolDocuments(repository: string): Record<string, string> {
  const vectors = testVectors();
  const payment = JSON.parse(vectors.mac.records[1]!.sent) as object;
  const readme = readFileSync(join(repository, FOLDER, 'README.md'), 'utf8');
  const schemas = (Object.keys(CHANNELS) as Channel[]).map((channel) => [
    `${FOLDER}/schemas/${channel}.json`,
    json(schemaDocument(channel)),
  ]);
  return {
    [`${FOLDER}/asyncapi.yaml`]: dump(asyncApiDocument(payment), { lineWidth: 120, noRefs: true }),
    [`${FOLDER}/test-vectors.json`]: json(vectors),
    [`${FOLDER}/README.md`]: fillReadme(readme, readmeParts(vectors.mac.records)),
    ...(Object.fromEntries(schemas) as Record<string, string>),
  };
}
