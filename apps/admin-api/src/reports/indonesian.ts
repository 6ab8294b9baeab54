import { startOfBusinessDay, type BusinessDate } from '@app/kernel';

const whole = new Intl.NumberFormat('id-ID', { maximumFractionDigits: 0 });
const percent = new Intl.NumberFormat('id-ID', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const short = new Intl.NumberFormat('id-ID', { maximumFractionDigits: 1 });
const day = new Intl.DateTimeFormat('id-ID', { dateStyle: 'long', timeZone: 'Asia/Jakarta' });
const minute = new Intl.DateTimeFormat('id-ID', { dateStyle: 'long', timeStyle: 'short', timeZone: 'Asia/Jakarta' });
const month = new Intl.DateTimeFormat('id-ID', { month: 'long', year: 'numeric', timeZone: 'Asia/Jakarta' });

/** `1.234.567`; a dash where there is nothing to say. */
export const number = (value: number | null): string => (value === null ? '–' : whole.format(value).replace('-', '−'));

/** `Rp 1.234.567`. */
export const rupiahText = (value: number | null): string => (value === null ? '–' : `Rp ${number(value)}`);

/** Hundredths of a percent as `12,34 %`. */
export const percentText = (basisPoints: number | null): string =>
  basisPoints === null ? '–' : `${percent.format(basisPoints / 100)} %`;

/** Rupiah for an axis: `1,5 jt`, `2 M`. */
export function axisText(value: number): string {
  const [unit, name] = value >= 1e9 ? [1e9, ' M'] : value >= 1e6 ? [1e6, ' jt'] : value >= 1e3 ? [1e3, ' rb'] : [1, ''];
  return short.format(value / unit) + name;
}

/** `21 November 2026`. */
export const dayText = (date: BusinessDate): string => day.format(startOfBusinessDay(date));

/** `21 November 2026 pukul 14.05`, Jakarta time. */
export const minuteText = (ms: number): string => `${minute.format(ms)} WIB`;

/** `November 2026` out of `2026-11`. */
export const monthText = (text: string): string => month.format(startOfBusinessDay(`${text}-01`));
