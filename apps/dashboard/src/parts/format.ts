import type { Language } from '../i18n/i18n';

const LOCALES = { id: 'id-ID', en: 'en-GB' } as const;
const ZONE = 'Asia/Jakarta';

/** Whole rupiah as people write it: `Rp 2.000` (Indonesian) or `Rp 2,000` (English). */
export function rupiah(amount: number, language: Language): string {
  const sign = amount < 0 ? '−' : '';
  return `${sign}Rp ${Math.abs(amount).toLocaleString(LOCALES[language])}`;
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
    const digits = size / unit >= 100 ? 0 : 1;
    const number = (size / unit).toLocaleString(LOCALES[language], { maximumFractionDigits: digits });
    return `${amount < 0 ? '−' : ''}Rp ${number} ${language === 'id' ? id : en}`;
  }
  return rupiah(amount, language);
}

export function integer(value: number, language: Language): string {
  return value.toLocaleString(LOCALES[language]);
}

/** A share (0-1) as a percentage. */
export function percent(share: number, language: Language): string {
  return share.toLocaleString(LOCALES[language], { style: 'percent', maximumFractionDigits: 1 });
}

/** A business day (`YYYY-MM-DD`). */
export function day(date: string, language: Language): string {
  const at = new Date(`${date}T12:00:00+07:00`);
  return at.toLocaleDateString(LOCALES[language], { day: 'numeric', month: 'short', year: 'numeric', timeZone: ZONE });
}

/** An instant (RFC 3339), in Jakarta. */
export function instant(at: string, language: Language): string {
  return new Date(at).toLocaleString(LOCALES[language], {
    ...{ day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit', timeZone: ZONE },
  });
}

/** How long ago, or ahead, in the largest fitting unit. */
export function distance(at: string, now: number, language: Language): string {
  const seconds = (Date.parse(at) - now) / 1000;
  const format = new Intl.RelativeTimeFormat(LOCALES[language], { numeric: 'auto', style: 'long' });
  const units: [Intl.RelativeTimeFormatUnit, number][] = [
    ['day', 86_400],
    ['hour', 3_600],
    ['minute', 60],
  ];
  for (const [unit, size] of units)
    if (Math.abs(seconds) >= size) return format.format(Math.round(seconds / size), unit);
  return format.format(Math.round(seconds), 'second');
}

/** Today's business day in Jakarta. */
export function jakartaToday(now = Date.now()): string {
  return new Date(now + 7 * 3_600_000).toISOString().slice(0, 10);
}

export function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}
