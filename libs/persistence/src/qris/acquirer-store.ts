import { createPrivateKey, createPublicKey } from 'node:crypto';
import { ConflictError, FieldError, NotFoundError, type Sealer } from '@app/registry';
import {
  DEFAULT_ACQUIRER,
  settlementFormats,
  type Acquirer,
  type AcquirerConfig,
  type AcquirerKind,
  type AcquirerSecrets,
} from '@app/settlement';
import type { Sql } from '../database.js';
import type { ListQuery } from '../lists.js';
import { pointIdOfField } from '../registry/points.js';
import { INSTANT } from '../registry/sql-parts.js';
import type { WriteTx } from '../writes.js';

/** The context under which an acquirer's secrets are sealed. */
export function acquirerSecretsContext(code: string): string {
  return `acquirer-secrets/${code}`;
}

/** A merchant id of ours with an acquirer; with a point it belongs to that point's codes. */
export interface PayeeRow {
  id: string;
  point: string | null;
  name: string;
}

/** An acquirer as officers see it: secrets only as whether they are there. */
export interface AcquirerRow extends AcquirerConfig {
  code: string;
  name: string;
  channel: 'qris' | 'card';
  kind: AcquirerKind;
  adapter: string;
  active: boolean;
  payees: PayeeRow[];
  hasSecrets: boolean;
  createdAt: string;
  changedAt: string;
}

/** What is given at the registration, or changed later. Secrets go in and never come out. */
export interface AcquirerChange extends Partial<AcquirerConfig>, AcquirerSecrets {
  name?: string;
  channel?: 'qris' | 'card';
  kind?: AcquirerKind;
  adapter?: string;
  active?: boolean;
  /** Added to those that are there; an id once ours stays ours for what was paid to it. */
  payees?: { id: string; point?: string | null; name?: string }[];
}

const SELECT = /* sql */ `
SELECT a.code, a.name, a.channel, a.kind, a.adapter, a.active, a.config, a.secrets_sealed IS NOT NULL AS "hasSecrets",
       ${INSTANT('a.created_at')} AS "createdAt", ${INSTANT('a.changed_at')} AS "changedAt",
       (SELECT coalesce(jsonb_agg(jsonb_build_object('id', y.id, 'point', p.code, 'name', y.name) ORDER BY y.id), '[]')
          FROM payees y LEFT JOIN points p ON p.id = y.point_id WHERE y.acquirer_code = a.code) AS payees
  FROM acquirers a`;

type RawRow = Omit<AcquirerRow, keyof AcquirerConfig> & { config: Partial<AcquirerConfig> | null };

function rowOf({ config, ...row }: RawRow): AcquirerRow {
  return { ...row, ...DEFAULT_ACQUIRER, ...config };
}

export function acquirersQuery(): ListQuery<AcquirerRow> {
  return { text: SELECT, values: [], orderBy: 'code', map: rowOf };
}

/** @throws NotFoundError */
export async function findAcquirer(sql: Sql, code: string): Promise<AcquirerRow> {
  const [row] = await sql.query<RawRow>(`${SELECT} WHERE a.code = $1`, [code]);
  if (!row) throw new NotFoundError('acquirer', code);
  return rowOf(row);
}

/** Registers an acquirer. @throws ConflictError, FieldError */
export async function createAcquirer(
  tx: WriteTx,
  sealer: Sealer,
  code: string,
  { name, channel = 'qris', kind = 'file', adapter = 'canonical', active = true, payees, ...rest }: AcquirerChange,
): Promise<void> {
  const { config, secrets } = splitSecrets(rest);
  const whole = { ...DEFAULT_ACQUIRER, ...config };
  checkAcquirer({ code, kind, config: whole, secrets }, channel, adapter);
  const created = await guardPartner(whole.partnerId, () =>
    tx.query(
      `INSERT INTO acquirers (code, name, channel, kind, adapter, config, secrets_sealed, active)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (code) DO NOTHING RETURNING code`,
      [code, name ?? code, channel, kind, adapter, JSON.stringify(whole), sealed(sealer, code, secrets), active],
    ),
  );
  if (created.length === 0)
    throw new ConflictError(`An acquirer with the code ${code} exists.`, 'Choose another code, or change it.', 'code');
  await settleParts(tx, code, whole, payees);
  await checkPayees(tx, code, kind);
  const given = { name: name ?? code, channel, kind, adapter, active, ...whole, payees };
  await tx.audit('acquirer.create', code, { ...given, secrets: Object.keys(secrets) });
}

/** Changes what is given; the rest stays. Whoever asks next works with it. @throws NotFoundError, ConflictError, FieldError */
export async function changeAcquirer(
  tx: WriteTx,
  sealer: Sealer,
  code: string,
  { payees, ...change }: AcquirerChange,
): Promise<void> {
  const [before] = await tx.query<{ sealed: Uint8Array | null }>(
    'SELECT secrets_sealed AS sealed FROM acquirers WHERE code = $1 FOR UPDATE',
    [code],
  );
  if (!before) throw new NotFoundError('acquirer', code);
  const {
    code: _code,
    payees: _payees,
    hasSecrets: _has,
    createdAt: _at,
    changedAt: _changed,
    ...row
  } = await findAcquirer(tx, code);
  const { config: given, secrets: fresh } = splitSecrets(change);
  const secrets = { ...openSecrets(sealer, code, before.sealed), ...fresh };
  const { name, channel, kind, adapter, active, ...config } = { ...row, ...given };
  checkAcquirer({ code, kind, config, secrets }, channel, adapter);
  await guardPartner(config.partnerId, () =>
    tx.query(
      `UPDATE acquirers SET name = $2, channel = $3, kind = $4, adapter = $5, config = $6, secrets_sealed = $7,
              active = $8, changed_at = now() WHERE code = $1`,
      [code, name, channel, kind, adapter, JSON.stringify(config), sealed(sealer, code, secrets), active],
    ),
  );
  await settleParts(tx, code, config, payees);
  await checkPayees(tx, code, kind);
  await tx.audit('acquirer.change', code, { ...given, payees, secrets: Object.keys(fresh) });
}

function splitSecrets<T extends AcquirerSecrets>(
  given: T,
): { config: Omit<T, 'secret' | 'privateKey'>; secrets: AcquirerSecrets } {
  const { secret, privateKey, ...config } = given;
  return {
    config,
    secrets: { ...(secret !== undefined && { secret }), ...(privateKey !== undefined && { privateKey }) },
  };
}

function sealed(sealer: Sealer, code: string, secrets: AcquirerSecrets): Buffer | null {
  if (Object.keys(secrets).length === 0) return null;
  return sealer.seal(Buffer.from(JSON.stringify(secrets)), acquirerSecretsContext(code));
}

function openSecrets(sealer: Sealer, code: string, bytes: Uint8Array | null): AcquirerSecrets {
  if (bytes === null) return {};
  return JSON.parse(sealer.open(bytes, acquirerSecretsContext(code)).toString()) as AcquirerSecrets;
}

/** What must fit together. Names the field that lacks. */
function checkAcquirer(
  { kind, config, secrets }: Omit<Acquirer, 'code'> & { code: string },
  channel: string,
  adapter: string,
): void {
  if (!(adapter in settlementFormats))
    throw new FieldError('adapter', `adapter must be one of ${Object.keys(settlementFormats).join(', ')}.`);
  checkKey('publicKey', config.publicKey, createPublicKey);
  checkKey('privateKey', secrets.privateKey, createPrivateKey);
  if (config.baseUrl !== '') checkBaseUrl(config.baseUrl);
  if (kind === 'file') return;
  if (channel !== 'qris') throw new FieldError('kind', 'Only acquirers of the channel qris make or notify of codes.');
  need(config.partnerId !== '', 'partnerId', 'its notices name it by it (X-PARTNER-ID)');
  if (config.signature === 'symmetric')
    need(secrets.secret !== undefined, 'secret', 'the symmetric scheme signs with it');
  else need(config.publicKey !== '', 'publicKey', 'asymmetric notices are verified by it');
  if (kind === 'local') {
    need(config.merchantName !== '', 'merchantName', 'codes made here show it');
    need(config.merchantCity !== '', 'merchantCity', 'codes made here show it');
    return;
  }
  need(config.baseUrl !== '', 'baseUrl', 'codes are asked for there');
  need(config.merchantId !== '', 'merchantId', 'codes are asked for with it');
  if (config.signature === 'asymmetric')
    need(secrets.privateKey !== undefined, 'privateKey', 'calls of the asymmetric scheme are signed with it');
}

function need(isThere: boolean, field: string, why: string): void {
  if (!isThere) throw new FieldError(field, `${field} is needed: ${why}.`, `Give ${field}.`);
}

function checkKey(field: string, pem: string | undefined, read: (pem: string) => { asymmetricKeyType?: string }): void {
  if (pem === undefined || pem === '') return;
  try {
    if (read(pem).asymmetricKeyType === 'rsa') return;
  } catch {
    // The parser's own words may quote the key: the message below says enough.
  }
  throw new FieldError(
    field,
    `${field} is no RSA key in PEM form.`,
    'Paste the whole key, with its BEGIN and END lines.',
  );
}

/** Money is talked about over TLS; only a provider on this machine (a simulator, a sidecar) may do without. */
function checkBaseUrl(text: string): void {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    throw new FieldError('baseUrl', 'baseUrl is no address.', 'Write https://host or https://host:port.');
  }
  const isLocal = ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLocal))
    throw new FieldError('baseUrl', 'baseUrl must be https.', 'Plain http is for an address on this machine only.');
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '')
    throw new FieldError('baseUrl', 'baseUrl must be scheme, host and port only.', 'Leave sign-in and query out.');
}

async function guardPartner<T>(partnerId: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const { code, constraint } = error as { code?: string; constraint?: string };
    if (code === '23505' && constraint === 'acquirers_partner')
      throw new ConflictError(
        `Another acquirer has the partner id ${partnerId}.`,
        'Each has one of its own.',
        'partnerId',
      );
    throw error;
  }
}

/** The collecting account and the merchant ids of an acquirer. */
async function settleParts(
  tx: WriteTx,
  code: string,
  { collectingAccount }: AcquirerConfig,
  payees: AcquirerChange['payees'] = [],
): Promise<void> {
  if (collectingAccount !== '')
    await tx.query(
      `INSERT INTO bank_accounts (account, kind, name) VALUES ($1, 'collecting', $2) ON CONFLICT DO NOTHING`,
      [collectingAccount, code],
    );
  for (const [i, payee] of payees.entries()) {
    const pointId = payee.point ? await pointIdOfField(tx, `payees.${i}.point`, payee.point) : null;
    const kept = await tx.query(
      `INSERT INTO payees AS t (id, acquirer_code, point_id, name) VALUES ($1, $2, $3, $4)
       ON CONFLICT (id) DO UPDATE SET point_id = excluded.point_id, name = excluded.name
        WHERE t.acquirer_code = excluded.acquirer_code RETURNING id`,
      [payee.id, code, pointId, payee.name ?? ''],
    );
    if (kept.length === 0)
      throw new ConflictError(`The merchant id ${payee.id} belongs to another acquirer.`, undefined, `payees.${i}.id`);
  }
}

async function checkPayees(sql: Sql, code: string, kind: AcquirerKind): Promise<void> {
  if (kind === 'file') return;
  const [payee] = await sql.query('SELECT 1 FROM payees WHERE acquirer_code = $1 LIMIT 1', [code]);
  if (!payee)
    throw new FieldError(
      'payees',
      'payees is needed: a code is shown only when it pays one of our merchant ids.',
      'Give the NMID.',
    );
}

interface SealedAcquirer {
  code: string;
  kind: AcquirerKind;
  config: Partial<AcquirerConfig>;
  sealed: Uint8Array | null;
}

const SEALED = 'SELECT code, kind, config, secrets_sealed AS sealed FROM acquirers';

function acquirerOf(sealer: Sealer, { code, kind, config, sealed: bytes }: SealedAcquirer): Acquirer {
  return { code, kind, config: { ...DEFAULT_ACQUIRER, ...config }, secrets: openSecrets(sealer, code, bytes) };
}

/** The acquirer of this code with its secrets, read anew: a change is in force at once. Undefined when there is none. */
export async function loadAcquirer(sql: Sql, sealer: Sealer, code: string): Promise<Acquirer | undefined> {
  const [row] = await sql.query<SealedAcquirer>(`${SEALED} WHERE code = $1`, [code]);
  return row && acquirerOf(sealer, row);
}

/** The acquirer that calls itself so in X-PARTNER-ID. An inactive one is still heard: its money is money. */
export async function loadAcquirerByPartner(
  sql: Sql,
  sealer: Sealer,
  partnerId: string,
): Promise<Acquirer | undefined> {
  const [row] = await sql.query<SealedAcquirer>(
    `${SEALED} WHERE config ->> 'partnerId' = $1 AND config ->> 'partnerId' <> ''`,
    [partnerId],
  );
  return row && acquirerOf(sealer, row);
}

/** The merchant ids of an acquirer that are ours. */
export async function payeesOf(sql: Sql, code: string): Promise<Set<string>> {
  const rows = await sql.query<{ id: string }>('SELECT id FROM payees WHERE acquirer_code = $1', [code]);
  return new Set(rows.map((row) => row.id));
}
