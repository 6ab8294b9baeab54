import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { JudgedDay } from './simulated-city.js';

const COMPLETE = 'complete';

/**
 * The days of a simulated city, kept in a folder: playing a city takes far longer than judging it, and does not hang on
 * the detector. Whoever changes the simulator or the roll-up throws the folder away.
 *
 * @param plan whatever the city hangs on; another plan is another folder
 */
export function* keptDays(folder: string, plan: object, play: () => Iterable<JudgedDay>): Generator<JudgedDay> {
  const name = createHash('sha256').update(JSON.stringify(plan)).digest('hex').slice(0, 16);
  const own = join(folder, name);
  if (existsSync(join(own, COMPLETE))) {
    const days = readdirSync(own).filter((file) => file !== COMPLETE);
    for (const day of days.sort()) yield JSON.parse(gunzipSync(readFileSync(join(own, day))).toString()) as JudgedDay;
    return;
  }
  mkdirSync(own, { recursive: true });
  for (const judged of play()) {
    writeFileSync(join(own, `${judged.day.date}.json.gz`), gzipSync(JSON.stringify(judged), { level: 1 }));
    yield judged;
  }
  writeFileSync(join(own, COMPLETE), '');
}
