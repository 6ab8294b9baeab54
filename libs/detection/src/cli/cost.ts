import { gzipSync } from 'node:zlib';
import { assessDay } from '../assess/assess-day.js';
import { defaultAssessSettings } from '../assess/assess-settings.js';
import { Assessor, type AssessState } from '../assess/assessor.js';
import { cityDays } from '../assess/made-up-city.js';

/**
 * What a night costs the worker, the database left out: `npm run evaluate -- --only cost`. A made-up city of 152 points
 * with two attendants each is learned for 30 days; then three days go as in production, memory read and written.
 */
const POINTS = 152;
const LEARNED_DAYS = 30;
const MEASURED_DAYS = 3;

function main(): void {
  const days = cityDays(1, LEARNED_DAYS + MEASURED_DAYS, {}, POINTS);
  const assessor = new Assessor(defaultAssessSettings, null);
  for (const day of days.slice(0, LEARNED_DAYS)) assessor.assess(day);
  let state = assessor.state();
  for (const day of days.slice(LEARNED_DAYS)) {
    const cpuBefore = process.cpuUsage();
    const startedAt = performance.now();
    state = assessDay(state, day).state;
    const text = JSON.stringify(state);
    const kept = gzipSync(text, { level: 1 });
    state = JSON.parse(text) as AssessState;
    const { user, system } = process.cpuUsage(cpuBefore);
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
    const cpu = ((user + system) / 1e6).toFixed(1);
    process.stdout.write(
      `${day.date}: ${POINTS} points, ${seconds} s, ${cpu} s of CPU, memory kept ${mega(kept.length)} MB\n`,
    );
  }
  process.stdout.write(`at most ${mega(process.resourceUsage().maxRSS * 1024)} MB in memory\n`);
}

const mega = (bytes: number): string => (bytes / 1e6).toFixed(0);

main();
