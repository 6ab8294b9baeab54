import type { SnapScheme } from './snap-signature.js';

/**
 * How an acquirer takes part: `snap` makes codes and answers for them over SNAP BI; for `local` the gateway makes the
 * code itself and the acquirer only notifies; `file` sends settlement files and nothing else.
 */
export const ACQUIRER_KINDS = ['file', 'local', 'snap'] as const;
export type AcquirerKind = (typeof ACQUIRER_KINDS)[number];

/** What is agreed with an acquirer; nothing in it is secret. Texts are `''` where nothing is agreed. */
export interface AcquirerConfig {
  /** X-PARTNER-ID, in both directions; names the acquirer in its notices. */
  partnerId: string;
  /** CHANNEL-ID that we send. */
  channelId: string;
  /** Scheme, host and port of its API; `''`: it cannot be asked. */
  baseUrl: string;
  /** Prefix of its paths, e.g. `/v1.0`. */
  pathPrefix: string;
  /** Our merchant id with it. */
  merchantId: string;
  /** Name and city in codes made here (EMVCo tags 59, 60). */
  merchantName: string;
  merchantCity: string;
  signature: 'symmetric' | 'asymmetric';
  encoding: 'base64' | 'hex';
  /** Its RSA key (PEM), by which asymmetric notices are verified. */
  publicKey: string;
  /** Its fee in basis points (1/10,000). */
  feeBp: number;
  /** Cut-offs of a day, `HH:MM` in Jakarta; empty: once, at midnight. */
  cutOffs: string[];
  /** Days from the cut-off's day to the payout. */
  settlementDays: number;
  /** The bank account into which it pays; `''`: not told. */
  collectingAccount: string;
}

/** What must stay secret; sealed in the database. */
export interface AcquirerSecrets {
  /** Shared secret of the symmetric scheme. */
  secret?: string;
  /** Our RSA key (PEM): signs asymmetric calls, and asks for access tokens. */
  privateKey?: string;
}

export const DEFAULT_ACQUIRER: AcquirerConfig = {
  partnerId: '',
  channelId: '',
  baseUrl: '',
  pathPrefix: '/v1.0',
  merchantId: '',
  merchantName: '',
  merchantCity: '',
  signature: 'symmetric',
  encoding: 'base64',
  publicKey: '',
  feeBp: 0,
  cutOffs: [],
  settlementDays: 1,
  collectingAccount: '',
};

/** An acquirer with its secrets, as those use it who talk to it. */
export interface Acquirer {
  code: string;
  kind: AcquirerKind;
  config: AcquirerConfig;
  secrets: AcquirerSecrets;
}

/** How its notices are verified; null when the key for it is missing. */
export function noticeScheme({ config, secrets }: Pick<Acquirer, 'config' | 'secrets'>): SnapScheme | null {
  const { signature, encoding, publicKey } = config;
  if (signature === 'asymmetric') return publicKey === '' ? null : { kind: 'asymmetric', publicKey, encoding };
  return secrets.secret === undefined ? null : { kind: 'symmetric', secret: secrets.secret, encoding };
}
