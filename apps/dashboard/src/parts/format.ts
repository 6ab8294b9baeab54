import type { Language } from '../i18n/i18n';

const LOCALES = { id: 'id-ID', en: 'en-GB' } as const;
const ZONE = 'Asia/Jakarta';

/** Making a form takes hundreds of times as long as writing with it: each is made once a language. */
function once<Form>(make: (locale: string) => Form): (language: Language) => Form {
  const made: Partial<Record<Language, Form>> = {};
  return (language) => (made[language] ??= make(LOCALES[language]));
}

const digits = (maximumFractionDigits: number) =>
  once((locale) => new Intl.NumberFormat(locale, { maximumFractionDigits }));
const DECIMALS = [digits(0), digits(1), digits(2)] as const;
const percents = once((locale) => new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 }));
const dates = (options: Intl.DateTimeFormatOptions) =>
  once((locale) => new Intl.DateTimeFormat(locale, { ...options, timeZone: ZONE }));
const days = dates({ day: 'numeric', month: 'short', year: 'numeric' });
const instants = dates({ day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' });
const months = dates({ month: 'long', year: 'numeric' });
const distances = once((locale) => new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'long' }));

/** Whole rupiah as people write it: `Rp 2.000` (Indonesian) or `Rp 2,000` (English). */
export function rupiah(amount: number, language: Language): string {
  const sign = amount < 0 ? '−' : '';
  return `${sign}Rp ${integer(Math.abs(amount), language)}`;
}

/** A large sum in few characters: `Rp 12,4 jt`, `Rp 1.2 bn`. */
export function shortRupiah(amount: number, language: Language): string {
  const steps: [number, string, string][] = [
    [1e9, 'M', 'bn'],
    [1e6, 'jt', 'm'],
    [1e4, 'rb', 'k'],
  ];
  const size = Math.abs(amount);
  for (const [step, id, en] of steps) {
    if (size < step) continue;
    const unit = step === 1e4 ? 1e3 : step;
    const number = decimal(size / unit, size / unit >= 100 ? 0 : 1, language);
    return `${amount < 0 ? '−' : ''}Rp ${number} ${language === 'id' ? id : en}`;
  }
  return rupiah(amount, language);
}

export function integer(value: number, language: Language): string {
  return decimal(value, 0, language);
}

/** A number with at most so many digits after the comma. */
export function decimal(value: number, most: 0 | 1 | 2, language: Language): string {
  return DECIMALS[most](language).format(value);
}

/** A share (0-1) as a percentage. */
export function percent(share: number, language: Language): string {
  return percents(language).format(share);
}

/** A business day (`YYYY-MM-DD`). */
export function day(date: string, language: Language): string {
  return days(language).format(new Date(`${date}T12:00:00+07:00`));
}

/** An instant (RFC 3339), in Jakarta. */
export function instant(at: string, language: Language): string {
  return instants(language).format(new Date(at));
}

/** A month (`YYYY-MM`) by its name. */
export function month(value: string, language: Language): string {
  return months(language).format(new Date(`${value}-15T12:00:00+07:00`));
}

/** The month of today in Jakarta and those before it, `YYYY-MM`, the newest first. */
export function lastMonths(count: number, now = Date.now()): string[] {
  const [year, month] = jakartaToday(now).split('-').map(Number) as [number, number];
  return Array.from({ length: count }, (_, n) => new Date(Date.UTC(year, month - 1 - n, 1)).toISOString().slice(0, 7));
}

/** How long ago, or ahead, in the largest fitting unit. */
export function distance(at: string, now: number, language: Language): string {
  const seconds = (Date.parse(at) - now) / 1000;
  const format = distances(language);
  const units: [Intl.RelativeTimeFormatUnit, number][] = [
    ['day', 86_400],
    ['hour', 3_600],
    ['minute', 60],
  ];
  for (const [unit, size] of units)
    if (Math.abs(seconds) >= size) return format.format(Math.round(seconds / size), unit);
  return format.format(Math.round(seconds), 'second');
}

/** `YYYY-MM-DD`, or `YYYY-MM-DDThh:mm`, as people type it here: `31/12/2026`, `31/12/2026 14:05`. */
export function typedDate(value: string): string {
  const [, year, month, date, time] = /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d:\d\d))?/.exec(value) ?? [];
  return year === undefined ? '' : `${date}/${month}/${year}${time ? ` ${time}` : ''}`;
}

/** What `typedDate` gives, read: also with dots, dashes or one digit, or as `YYYY-MM-DD`. Undefined for no whole date. */
export function parseDate(text: string, kind: 'date' | 'datetime' = 'date'): string | undefined {
  const [, first, month, last, , hour, minute] =
    /^(\d{1,4})[/.-](\d{1,2})[/.-](\d{1,4})([ T]+(\d{1,2})[:.](\d\d))?$/.exec(text.trim()) ?? [];
  if (first === undefined || (kind === 'datetime') !== (hour !== undefined)) return undefined;
  const [year, date] = first.length === 4 ? [first, last!] : [last!, first];
  if (!/^20\d\d$/.test(year)) return undefined;
  const iso = `${year}-${month!.padStart(2, '0')}-${date.padStart(2, '0')}`;
  const exists = !Number.isNaN(Date.parse(iso)) && new Date(iso).toISOString().startsWith(iso);
  if (!exists || Number(hour ?? 0) > 23 || Number(minute ?? 0) > 59) return undefined;
  return hour === undefined ? iso : `${iso}T${hour.padStart(2, '0')}:${minute}`;
}

/** Today's business day in Jakarta. */
export function jakartaToday(now = Date.now()): string {
  return new Date(now + 7 * 3_600_000).toISOString().slice(0, 10);
}

export function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}
