import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isBusinessDate, type BusinessDate } from '@app/kernel';

/**
 * The first day of the city that is played out of a folder: the one noted there, or `otherwise`, which is noted. The
 * thefts hang on it, and must be the same ones after a restart.
 */
export function firstDayOf(folder: string, otherwise: BusinessDate): BusinessDate {
  const file = join(folder, 'first-day.txt');
  const noted = existsSync(file) ? readFileSync(file, 'utf8').trim() : '';
  if (isBusinessDate(noted)) return noted;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  writeFileSync(file, `${otherwise}\n`);
  return otherwise;
}
