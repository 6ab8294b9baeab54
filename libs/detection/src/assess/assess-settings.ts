import { defaultSettings, type DetectorSettings } from '../settings.js';

/** What an assessment may be tuned by. */
export interface AssessSettings {
  readonly volume: DetectorSettings;
  /** False cases a week that the city is willing to look at; with `calibration` it makes the threshold. */
  readonly falseCasesPerWeek: number;
  /** What recalibration learned; null: as delivered (docs/DETECTION.md). */
  readonly calibration: Calibration | null;
}

/** Made by `recalibrate`, kept by the worker, plain JSON. */
export interface Calibration {
  readonly version: 1;
  /** Score above which this many false cases a week of the city were met, steepest first. */
  readonly thresholds: readonly { readonly falseCasesPerWeek: number; readonly threshold: number }[];
}

export const defaultAssessSettings: AssessSettings = Object.freeze({
  volume: defaultSettings,
  falseCasesPerWeek: 1,
  calibration: null,
});
