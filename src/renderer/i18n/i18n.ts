import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { Preferences } from '#contract/preferences.ts';
import { en } from './en/catalogue.ts';
import { ko } from './ko/catalogue.ts';

export type Locale = Preferences['locale'];

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { translation: typeof en };
    returnNull: false;
  }
}

/** Starts the catalogues. They are part of the program: nothing is fetched. */
export async function startTexts(locale: Locale): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: locale,
    fallbackLng: 'en',
    resources: { en: { translation: en }, ko: { translation: ko } },
    interpolation: { escapeValue: false },
  });
  await showLocale(locale);
}

/** Changes the language of everything that is shown. */
export async function showLocale(locale: Locale): Promise<void> {
  document.documentElement.lang = locale;
  if (i18next.language !== locale) await i18next.changeLanguage(locale);
}
