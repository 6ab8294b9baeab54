import i18next from 'i18next';
import { initReactI18next, useTranslation } from 'react-i18next';
import { common } from './common';

export const LANGUAGES = ['id', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

const KEPT = 'eparking.language';

function first(): Language {
  const kept = localStorage.getItem(KEPT);
  return kept === 'en' ? 'en' : 'id';
}

void i18next.use(initReactI18next).init({
  lng: first(),
  fallbackLng: 'id',
  resources: { id: { common: common.id }, en: { common: common.en } },
  defaultNS: 'common',
  interpolation: { escapeValue: false },
  initAsync: false,
  showSupportNotice: false,
});
document.documentElement.lang = i18next.language;

export function setLanguage(language: Language): void {
  localStorage.setItem(KEPT, language);
  document.documentElement.lang = language;
  void i18next.changeLanguage(language);
}

export function useLanguage(): Language {
  const { i18n } = useTranslation();
  return i18n.language === 'en' ? 'en' : 'id';
}

type Texts = Readonly<Record<string, string>>;
type Values = Readonly<Record<string, string | number>>;

/**
 * The texts of a screen, in both languages: both must have the same keys, or it does not compile.
 * Returns a hook whose function gives a text, with `{{name}}` filled in; a key that the screen lacks is a common one.
 */
export function texts<T extends Texts>(namespace: string, id: T, en: Record<keyof T, string>) {
  i18next.addResourceBundle('id', namespace, id);
  i18next.addResourceBundle('en', namespace, en);
  return (): ((key: (keyof T & string) | keyof typeof common.id, values?: Values) => string) => {
    const { t } = useTranslation([namespace, 'common']);
    return (key, values) => String(t(key as string, { ...values, ns: [namespace, 'common'] }));
  };
}

/** The common texts; also for keys that come as data (states, patterns), which fall back to themselves. */
export function useCommon(): (key: string, values?: Values) => string {
  const { t } = useTranslation('common');
  return (key, values) => String(t(key, { ...values, ns: 'common' }));
}
