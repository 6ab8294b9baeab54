/** A tariff of the demo city's history: flat, per parking event. Days are Asia/Jakarta; `validTo` exclusive. */
export interface DemoTariff {
  readonly code: string;
  readonly vehicleClass: string;
  readonly streetClass: string | null;
  /** Rupiah. */
  readonly amount: number;
  readonly legalBasis: string;
  readonly validFrom: string;
  readonly validTo: string | null;
}

type Amounts = Readonly<Record<string, number>>;

function regime(
  code: string,
  legalBasis: string,
  streetClass: string | null,
  [validFrom, validTo]: readonly [string, string | null],
  amounts: Amounts,
): DemoTariff[] {
  return Object.entries(amounts).map(([vehicleClass, amount]) => ({
    code: [code, streetClass, vehicleClass].filter(Boolean).join('-'),
    vehicleClass,
    streetClass,
    amount,
    legalBasis,
    validFrom,
    validTo,
  }));
}

const PERDA_1_2024 = '2024-10-28';
const PERWAL_9_2026 = '2026-02-25';

/**
 * Medan's tariffs from 2014 on. For what is larger than a car the sources of Perda 1/2024 conflict (5,000-7,000 pickup
 * or minibus, 7,000-8,000 small truck): the lower sums stand here. Perwal 9/2026 says nothing of them, so they go on.
 */
export const DEMO_TARIFFS: readonly DemoTariff[] = [
  ...regime('perda2-2014', 'Perda 2/2014', 'I', ['2014-01-01', PERDA_1_2024], { motorcycle: 2_000, car: 3_000 }),
  ...regime('perda2-2014', 'Perda 2/2014', 'II', ['2014-01-01', PERDA_1_2024], { motorcycle: 1_000, car: 2_000 }),
  ...regime('perda1-2024', 'Perda 1/2024', null, [PERDA_1_2024, PERWAL_9_2026], { motorcycle: 3_000, car: 5_000 }),
  ...regime('perda1-2024', 'Perda 1/2024', null, [PERDA_1_2024, null], {
    minibus: 5_000,
    truck: 7_000,
    trailer: 12_000,
  }),
  ...regime('perwal9-2026', 'Perwal 9/2026', null, [PERWAL_9_2026, null], { motorcycle: 2_000, car: 4_000 }),
];
