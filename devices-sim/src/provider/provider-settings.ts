import { SettingsError } from '../settings.js';

/** A simulated provider: who it is, what is agreed with it, how it misbehaves. */
export interface ProviderSettings {
  /** Its code as an acquirer; names its folder and stands in its settlement files. */
  readonly code: string;
  /** What the system calls itself and the provider (X-PARTNER-ID, X-CLIENT-KEY). */
  readonly partnerId: string;
  readonly merchantId: string;
  readonly nmid: string;
  readonly signature: 'symmetric' | 'asymmetric';
  /** Shared secret (symmetric). */
  readonly secret: string;
  /** Its own key (asymmetric), PEM. */
  readonly privateKey: string;
  /** The caller's key (PEM): access tokens and asymmetric calls are verified by it; '' : no tokens. */
  readonly clientKey: string;
  /** Where it notifies. */
  readonly notifyUrl: string;
  /** Loopback only. 0: a free one. */
  readonly port: number;
  readonly feeBp: number;
  /** `HH:MM`, Jakarta. */
  readonly cutOffs: readonly string[];
  readonly settlementDays: number;
  /** What simulated drivers show to pay. */
  readonly driverToken: string;
  readonly mishaps: Mishaps;
}

/** Shares (0-1) of payments that something happens to, and how long a notice takes. */
export interface Mishaps {
  readonly lost: number;
  readonly duplicate: number;
  readonly refund: number;
  /** A payment that no terminal asked for, to our merchant id: the system can only learn of it from here. */
  readonly withoutRecord: number;
  /** Of requests for a code. */
  readonly failure: number;
  readonly noticeMsMax: number;
}

/** What happens in the demo: rare enough that most money arrives as it should. */
export const USUAL_MISHAPS: Mishaps = {
  ...{ lost: 0.03, duplicate: 0.03, refund: 0.002, withoutRecord: 0.002, failure: 0.005, noticeMsMax: 2_000 },
};
export const NO_MISHAPS: Mishaps = {
  ...{ lost: 0, duplicate: 0, refund: 0, withoutRecord: 0, failure: 0, noticeMsMax: 0 },
};

const TEXTS = ['code', 'partnerId', 'merchantId', 'nmid', 'notifyUrl', 'driverToken'] as const;

/** Reads the file that the demo's setup wrote. Throws SettingsError. */
export function readProviderFile(text: string): ProviderSettings {
  let given: Partial<Record<keyof ProviderSettings, unknown>>;
  try {
    given = JSON.parse(text) as typeof given;
  } catch (error) {
    throw new SettingsError(`the provider file is no JSON (${(error as Error).message}): run the setup again`);
  }
  for (const field of TEXTS)
    if (typeof given[field] !== 'string' || given[field] === '')
      throw new SettingsError(`the provider file lacks ${field}: run the setup again`);
  return {
    ...{ signature: 'symmetric', secret: '', privateKey: '', clientKey: '', port: 0, feeBp: 70 },
    ...{ cutOffs: ['00:00'], settlementDays: 1 },
    ...(given as Partial<ProviderSettings>),
    mishaps: { ...USUAL_MISHAPS, ...(given.mishaps as Partial<Mishaps> | undefined) },
  } as ProviderSettings;
}
