import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { csvCell, InputError } from './csv.js';
import { readEpisodes, readObservations, type Observations } from './observations.js';
import { truthReport } from './truth-report.js';
import { nationalDayKindOf } from '../calendar/day-kind.js';
import type { DayScore } from '../detector.js';
import { scoreSeries, type ScoredSeries, type ScoreOptions } from '../judge/score-series.js';
import { dateOf } from '../judge/series.js';

const usage = `Scores every point and day of a series, day by day, with the detector that runs in production.

  npm run backtest -- --input observations.csv --output scores.csv [--truth episodes.csv [--clean clean.csv]]

  --input   point,date,hour,count (hour 0-23, count blank where there is no data); .gz is read too
  --output  point,date,score,expected,lower,upper (score: higher = more suspicious, blank = not judged)
  --truth   point,from,to,share: prints recall at 1/100 and 1/1,000 false cases a point-day (protocol A)
  --clean   the same series without the thefts: sets the thresholds; without it, days outside episodes do
  --calendar indonesia: holidays, Ramadan and Idul Fitri move the expectation, as in production (default: no calendar)
  --train   days before the test window (default: 90, or half of a shorter series)
`;

/** Progress is told every so many days. */
const PROGRESS_DAYS = 60;

/** Relative paths are meant from where npm was called. */
const fromCaller = (path: string): string => resolve(process.env['INIT_CWD'] ?? process.cwd(), path);

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      input: { type: 'string' },
      output: { type: 'string' },
      truth: { type: 'string' },
      clean: { type: 'string' },
      train: { type: 'string' },
      calendar: { type: 'string' },
      help: { type: 'boolean' },
    },
  });
  if (values.help) return void console.log(usage);
  if (!values.input || !values.output) throw new InputError(`--input and --output are needed.\n\n${usage}`);
  const observations = await readObservations(fromCaller(values.input));
  const { series, warnings } = observations;
  for (const warning of warnings) console.error(warning);
  console.error(`${series.points.length} points, ${series.days} days from ${series.start}`);
  if (values.calendar !== undefined && values.calendar !== 'indonesia')
    throw new InputError(`--calendar ${values.calendar}: only 'indonesia' is known`);
  const calendar = values.calendar === undefined ? {} : { kindOf: nationalDayKindOf };
  const scored = await writeScores(observations, fromCaller(values.output), calendar);
  if (!values.truth) return;
  const truth = await readEpisodes(fromCaller(values.truth), series);
  for (const warning of truth.warnings) console.error(warning);
  const clean = values.clean ? (await readObservations(fromCaller(values.clean))).series : null;
  const trainDays = values.train ? Number(values.train) : Math.min(90, Math.floor(series.days / 2));
  if (!Number.isInteger(trainDays) || trainDays < 0 || trainDays >= series.days)
    throw new InputError(`--train ${values.train}: must be a number of days below ${series.days}`);
  console.log(truthReport({ series, scored, episodes: truth.episodes, clean, trainDays }));
}

/** One row a point-day of the file; rows of points without any count so far hold no score. */
async function writeScores(
  { series, present }: Observations,
  file: string,
  calendar: Pick<ScoreOptions, 'kindOf'>,
): Promise<ScoredSeries> {
  const out = createWriteStream(file);
  const done = finished(out).catch((error: Error) => {
    throw new InputError(`${file}: cannot be written (${error.message})`);
  });
  done.catch(() => undefined);
  out.write('point,date,score,expected,lower,upper\n');
  const scored = scoreSeries(series, calendar, (day, rows) => {
    const byPoint = new Map(rows.map((row) => [row.point, row]));
    series.points.forEach((point, p) => {
      if (present[p * series.days + day] !== 1) return;
      const row = byPoint.get(point);
      out.write(row ? lineOf(row) : `${csvCell(point)},${dateOf(series, day)},,,,\n`);
    });
    if ((day + 1) % PROGRESS_DAYS === 0) console.error(`${day + 1} of ${series.days} days`);
  });
  out.end();
  await done;
  return scored;
}

function lineOf(row: DayScore): string {
  const number = (value: number | null, digits: number): string => (value === null ? '' : value.toFixed(digits));
  const cells = [number(row.score, 6), number(row.expected, 2), number(row.lower, 2), number(row.upper, 2)];
  return `${csvCell(row.point)},${row.date},${cells.join(',')}\n`;
}

main().catch((error: unknown) => {
  const known =
    error instanceof InputError ||
    (error instanceof TypeError && String(Reflect.get(error, 'code')).startsWith('ERR_PARSE_ARGS'));
  console.error(known ? (error as Error).message : error);
  process.exitCode = 1;
});
