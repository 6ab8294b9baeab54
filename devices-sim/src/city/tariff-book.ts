import type { BusinessDate } from '@app/kernel';
import type { ConfigTariff, VehicleClass } from '@app/protocol';

/** A fee and the code of the tariff that says so. */
export interface Fee {
  readonly code: string;
  /** Rupiah. */
  readonly amount: number;
}

/** The tariffs that a terminal knows, as the retained `config` brings them. */
export class TariffBook {
  constructor(private readonly tariffs: readonly ConfigTariff[]) {}

  get isEmpty(): boolean {
    return this.tariffs.length === 0;
  }

  /**
   * The fee of one parking.
   * @param minutes duration, of which only a progressive tariff takes notice
   * @returns null when no tariff of this class is in force on that day
   */
  feeOf(vehicleClass: VehicleClass, date: BusinessDate, minutes: number): Fee | null {
    const tariff = this.tariffs.find(
      (t) => t.vehicleClass === vehicleClass && t.from <= date && (t.to === undefined || t.to >= date),
    );
    if (!tariff) return null;
    const { rule } = tariff;
    if (tariff.kind === 'flat' || !rule) return { code: tariff.code, amount: tariff.amount };
    const steps = Math.max(0, Math.ceil((minutes - rule.baseMinutes) / rule.stepMinutes));
    const amount = Math.min(tariff.amount + steps * rule.stepAmount, rule.dayAmountMax ?? Infinity);
    return { code: tariff.code, amount };
  }
}

/**
 * What a terminal charges before it has ever seen a config: the city's tariffs of October 2024 and February 2026.
 * The codes are the simulator's own, so the gateway flags such payments `wrong-tariff`, as it should.
 */
export const FACTORY_TARIFFS: readonly ConfigTariff[] = [
  {
    code: 'factory-2024-motorcycle',
    vehicleClass: 'motorcycle',
    kind: 'flat',
    amount: 3000,
    from: '2020-01-01',
    to: '2026-02-24',
  },
  { code: 'factory-2026-motorcycle', vehicleClass: 'motorcycle', kind: 'flat', amount: 2000, from: '2026-02-25' },
  { code: 'factory-2024-car', vehicleClass: 'car', kind: 'flat', amount: 5000, from: '2020-01-01', to: '2026-02-24' },
  { code: 'factory-2026-car', vehicleClass: 'car', kind: 'flat', amount: 4000, from: '2026-02-25' },
  { code: 'factory-minibus', vehicleClass: 'minibus', kind: 'flat', amount: 6000, from: '2020-01-01' },
  { code: 'factory-truck', vehicleClass: 'truck', kind: 'flat', amount: 8000, from: '2020-01-01' },
  { code: 'factory-trailer', vehicleClass: 'trailer', kind: 'flat', amount: 12000, from: '2020-01-01' },
];
