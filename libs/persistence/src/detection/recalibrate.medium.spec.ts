// Real: PostgreSQL; scores of half a year are written by SQL, the clock is set by the test.
import { addDays, seededRandom } from '@app/kernel';
import { ENGINE } from '@app/detection';
import { TEST_NOON, TestCity } from '@app/testing';
import { loadAssessSettings } from './assess-days.js';
import { recalibrateIfDue } from './recalibrate.js';
import { storeScores } from './scores.js';

const TODAY = '2026-11-20';
const DAYS = 110;
const POINTS = 20;

let city: TestCity;
beforeAll(async () => {
  city = await TestCity.create();
  await city.database.query(
    `INSERT INTO points (code, name) SELECT 'S-' || n, 'S-' || n FROM generate_series(1, $1) AS n`,
    [POINTS],
  );
  const random = seededRandom('scores');
  for (let back = DAYS; back > 0; back--) await store(addDays(TODAY, -back), () => -2 - Math.log(1 - random.next()));
});
afterAll(() => city.close());

const store = (date: string, score: () => number, engine = ENGINE) =>
  storeScores(city.database, {
    ...{ date, engine, expectations: [], suspicions: [], notes: [] },
    scores: Array.from({ length: POINTS }, (_, n) => ({
      ...{ point: `S-${n + 1}`, score: score(), pattern: 'void-abuse', attendant: null, device: 'hh-1' },
    })),
  });
const calibrate = (date: string) => recalibrateIfDue(city.database, date, TEST_NOON);
const calibrations = () =>
  city.database.query<{ threshold: number | null; engine: string }>(
    'SELECT threshold, engine_version AS engine FROM detector_calibrations ORDER BY id',
  );

describe('recalibration', () => {
  it('sets the threshold out of the city’s own scores, which the next assessment goes by; when due, and not before', async () => {
    await calibrate(addDays(TODAY, -100));
    expect(await calibrations()).toEqual([{ threshold: null, engine: ENGINE }]);
    expect((await loadAssessSettings(city.database)).settings.calibration).toBeNull();
    await calibrate(TODAY);
    await calibrate(addDays(TODAY, 6));
    const [, learned, ...more] = await calibrations();
    expect(more).toEqual([]);
    const { falseCasesPerWeek, calibration } = (await loadAssessSettings(city.database)).settings;
    const weekly = calibration!.thresholds.find((row) => row.falseCasesPerWeek === falseCasesPerWeek)!;
    expect(learned!.threshold).toBeCloseTo(weekly.threshold);
    // Twenty points, one false case a week: the score that one point-day in 140 passes.
    expect(weekly.threshold).toBeGreaterThan(2);
    expect(weekly.threshold).toBeLessThan(4);
  });

  it('keeps the last assessment of a day, half a year of them', async () => {
    await store(addDays(TODAY, -1), () => 9);
    await store(addDays(TODAY, 80), () => 0, 'another');
    const [kept] = await city.database.query<{ first: string; nines: number }>(
      'SELECT min(business_date) AS first, count(*) FILTER (WHERE score = 9) AS nines FROM detector_scores',
    );
    expect(kept).toMatchObject({ nines: POINTS });
    expect(kept!.first >= addDays(TODAY, 80 - 182)).toBe(true);
  });
});
