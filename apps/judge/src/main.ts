import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { delaySvg } from './curves.js';
import { playCity, type JudgePlan } from './play-city.js';
import { report } from './report.js';
import { scoreAll } from './score.js';

const usage = `Judges the detector by protocol B (simulated cities, known theft) and writes that section of docs/DETECTION.md.

  npm run evaluate -- --only b [--seeds 611,612,613,614,615,616] [--points 60] [--days 110] [--thieves 30] [--output docs/DETECTION.md] [--keep folder]

--keep: keeps the played days there and takes them from there the next time; throw it away when the simulator changes.
`;
const BEGIN = '<!-- protocol B: begin -->';
const END = '<!-- protocol B: end -->';
const RATES = [1 / 100, 1 / 200, 1 / 300, 1 / 500, 1 / 1000, 1 / 2000];

function main(): void {
  const { values } = parseArgs({
    options: {
      seeds: { type: 'string', default: '611,612,613,614,615,616' },
      points: { type: 'string', default: '60' },
      days: { type: 'string', default: '110' },
      thieves: { type: 'string', default: '30' },
      output: { type: 'string', default: 'docs/DETECTION.md' },
      keep: { type: 'string' },
      help: { type: 'boolean' },
    },
  });
  if (values.help) {
    process.stdout.write(usage);
    return;
  }
  const plan: JudgePlan = {
    points: integer('points', values.points, 5, 500),
    days: integer('days', values.days, 60, 400),
    from: '2026-05-01',
    trainDays: 45,
    prevalence: integer('thieves', values.thieves, 1, 100) / 100,
  };
  const seeds = String(values.seeds)
    .split(',')
    .map((seed) => integer('seeds', seed, 0, 0xffffffff));
  const tell = (text: string): void => void process.stderr.write(`${text}\n`);
  const cities = seeds.map((seed) =>
    playCity(seed, plan, { keep: values.keep === undefined ? null : String(values.keep), tell }),
  );
  const results = scoreAll(cities, plan, RATES);
  const text = report(cities, plan, results);
  const output = resolve(String(values.output));
  writeFileSync(`${output.replace(/\.md$/, '')}-delay.svg`, delaySvg(results));
  writeFileSync(output, withSection(existsSync(output) ? readFileSync(output, 'utf8') : '', text));
  tell(`wrote ${output}`);
}

/** The document with the section between its marks replaced, or added at the end. */
function withSection(document: string, section: string): string {
  const marked = `${BEGIN}\n\n${section}\n\n${END}`;
  const from = document.indexOf(BEGIN);
  const to = document.indexOf(END);
  if (from < 0 || to < from) return `${document.trimEnd()}\n\n${marked}\n`;
  return document.slice(0, from) + marked + document.slice(to + END.length);
}

function integer(name: string, value: unknown, min: number, max: number): number {
  const number = Number(value);
  if (Number.isInteger(number) && number >= min && number <= max) return number;
  throw new UsageError(`--${name} ${String(value)}: must be a whole number from ${min} to ${max}`);
}

class UsageError extends Error {}

function isMistake(error: unknown): error is Error {
  return error instanceof UsageError || String((error as NodeJS.ErrnoException).code).startsWith('ERR_PARSE_ARGS');
}

try {
  main();
} catch (error) {
  process.stderr.write(`${isMistake(error) ? error.message : String((error as Error).stack)}\n`);
  process.exitCode = 1;
}
