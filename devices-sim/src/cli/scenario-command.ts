import { createWriteStream, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { HONEST_CITY } from '../behaviour/casting.js';
import { syntheticCity } from '../city/synthetic-city.js';
import { simulateDays } from '../scenario/simulate-days.js';
import { businessDay, integer, SettingsError, type Arguments } from '../settings.js';

/**
 * `scenario --out folder`: months of a made-up city without MQTT. Writes `records.jsonl` (what a gateway would get),
 * `presence.jsonl` (terminals coming and going), `truth.jsonl` (for the judge alone) and `city.json`.
 */
export async function scenarioCommand({ options }: Arguments): Promise<void> {
  if (!options.out) throw new SettingsError('--out names the folder to write to');
  const seed = integer('--seed', options.seed, 1, 0, 0xffffffff);
  const points = integer('--points', options.points, 152, 1, 1000);
  const days = integer('--days', options.days, 90, 1, 1000);
  const from = businessDay('--from', options.from ?? '2026-05-01');
  const prevalence = integer('--thieves', options.thieves, 5, 0, 100) / 100;
  const rate = integer('--faults', options.faults, 100, 0, 10_000) / 100;
  const city = syntheticCity(seed, points);
  mkdirSync(options.out, { recursive: true });
  const file = (name: string) => createWriteStream(join(options.out!, name));
  const files = { record: file('records.jsonl'), presence: file('presence.jsonl'), truth: file('truth.jsonl') };
  console.log(`seed ${seed}, ${points} points, ${days} days from ${from}, thieves ${prevalence}, faults ${rate}`);
  const written = { record: 0, presence: 0, truth: 0 };
  const casting = { ...HONEST_CITY, prevalence };
  for (const event of simulateDays({ seed, city, from, days, casting, faults: { rate } })) {
    const target = files[event.kind];
    written[event.kind] += 1;
    const line = event.kind === 'truth' ? event.truth : event;
    // A slow disk must not gather months in memory.
    if (!target.write(`${JSON.stringify(line)}\n`)) await new Promise((done) => target.once('drain', () => done(null)));
  }
  const cityFile = file('city.json');
  cityFile.end(JSON.stringify(city, null, 1));
  for (const target of Object.values(files)) target.end();
  await Promise.all([cityFile, ...Object.values(files)].map((target) => finished(target)));
  console.log(`written: ${JSON.stringify(written)}`);
}
