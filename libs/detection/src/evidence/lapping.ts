import { rateEvidence, tallyOf } from './helpers.js';
import type { PatternEvidence } from './pattern.js';

/**
 * Cash that is handed in late again and again while the rest of the city hands in on time: today's cash pays for an
 * earlier day's. Each late deposit is an exact exception too; that it is a habit of one person is what this tells.
 */
export const lapping: PatternEvidence = {
  pattern: 'lapping',
  prior: -1,
  own: (window) => {
    // Without any nothing speaks for it: not every city tells who handed in what.
    if (tallyOf(window, 'lateDeposits').count === 0) return { weight: -Infinity, terms: [] };
    return rateEvidence(window, 'lateDeposits', {
      id: 'giliran kerja yang tunainya disetor terlambat',
      en: 'shifts whose cash was handed in late',
    });
  },
  rupiah: (window) => tallyOf(window, 'lateDeposits').amount,
};
