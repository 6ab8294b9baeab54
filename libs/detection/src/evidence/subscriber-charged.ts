import { rateEvidence, tallyOf } from './helpers.js';
import type { PatternEvidence } from './pattern.js';

/** Drivers who hold a subscription are charged again. */
export const subscriberCharged: PatternEvidence = {
  pattern: 'subscriber-charged',
  prior: 0,
  own: (window) =>
    rateEvidence(window, 'subscriberCharged', {
      id: 'pelanggan ditagih lagi',
      en: 'subscribers charged again',
    }),
  rupiah: (window) => tallyOf(window, 'subscriberCharged').amount,
};
