import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isBusinessDate, type BusinessDate } from '@app/kernel';

/**
 * The day on which the city of a folder was played first: the one noted there, or `otherwise`, which is noted. Who steals
 * when hangs on it, and must be the same after a restart.
 */
export function firstDayOf(folder: string, otherwise: BusinessDate): BusinessDate {
  const file = join(folder, 'first-day.txt');
  const noted = existsSync(file) ? readFileSync(file, 'utf8').trim() : '';
  if (isBusinessDate(noted)) return noted;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  writeFileSync(file, `${otherwise}\n`);
  return otherwise;
}
