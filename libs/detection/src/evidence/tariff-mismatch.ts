import { rateEvidence, tallyOf } from './helpers.js';
import type { PatternEvidence } from './pattern.js';

/** Amounts below the tariff, by one attendant and not by the terminal. */
export const tariffMismatch: PatternEvidence = {
  pattern: 'tariff-mismatch',
  prior: 0,
  own: (window) =>
    rateEvidence(window, 'wrongTariff', {
      id: 'jumlah tidak sesuai tarif',
      en: 'amounts other than the tariff',
    }),
  rupiah: (window) => tallyOf(window, 'wrongTariff').amount,
};
