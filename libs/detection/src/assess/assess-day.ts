import type { CityDay } from '../input/city-day.js';
import { defaultAssessSettings, type AssessSettings } from './assess-settings.js';
import type { Assessment } from './assessment.js';
import { Assessor, type AssessState } from './assessor.js';

/** Name of the engine that made an assessment; a change that can change results changes it. */
export const ENGINE = 'fusion-9';

/**
 * Assess one business day of the whole city. Pure and causal: the same state, day and settings give the same result, and
 * nothing of later days is known. Days must come in order.
 *
 * @param state what the day before returned; null for the first day
 */
export function assessDay(
  state: AssessState | null,
  day: CityDay,
  settings: AssessSettings = defaultAssessSettings,
): { state: AssessState; assessment: Assessment } {
  const assessor = new Assessor(settings, state);
  const assessment = { ...assessor.assess(day), engine: ENGINE };
  return { state: assessor.state(), assessment };
}
