import { addDays, type BusinessDate, type Random } from '@app/kernel';

/** A year of a sticker: the plate in clear, from which the registry keeps a keyed hash. */
export interface DemoSubscription {
  readonly plate: string;
  readonly vehicleClass: string;
  /** Where the vehicle stands most days. */
  readonly point: string;
  readonly validFrom: string;
  readonly validTo: string;
}

/** Stickers were sold from July 2024 until the end of 2025. Here those who have one may renew it, so that it is seen. */
const STICKERS_FROM: BusinessDate = '2024-07-01';
const STICKER_SALE_DAYS = 540;
const STICKERS_END: BusinessDate = '2028-01-01';
const STICKER_DAYS = 365;
/** Share of points at which people who live or trade there have stickers. */
const STICKER_POINTS = 0.5;

export function demoSubscriptions(points: readonly { readonly code: string }[], random: Random): DemoSubscription[] {
  const letters = 'ABCDEFGHJKLMNPRSTUVWXYZ';
  const letter = (): string => letters[random.integer(0, letters.length - 1)]!;
  const places = points.filter(() => random.chance(STICKER_POINTS));
  const stickers = places.flatMap(({ code }) => Array.from({ length: random.integer(10, 25) }, () => code));
  return stickers.flatMap((point, n) => {
    const plate = `BK ${1000 + ((n * 37) % 9000)} ${letter()}${letter()}`;
    const vehicleClass = random.chance(0.7) ? 'motorcycle' : 'car';
    const sold = addDays(STICKERS_FROM, random.integer(0, STICKER_SALE_DAYS));
    const years: DemoSubscription[] = [];
    for (let from = sold; from < STICKERS_END; from = addDays(from, STICKER_DAYS))
      years.push({ plate, vehicleClass, point, validFrom: from, validTo: addDays(from, STICKER_DAYS) });
    return years;
  });
}
