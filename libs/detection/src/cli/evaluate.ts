import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { InputError } from './csv.js';
import { curvesSvg, reportMarkdown } from './report.js';
import { readSharedData } from './shared-data.js';
import { judgeAll, tercilesOf, type Plan } from '../judge/protocol-a.js';

const usage = `Judges the detector by protocol A (planted skims in real series) and writes docs/DETECTION.md.

  npm run evaluate -- --only a [--data ../shared/data] [--replications 8] [--output docs/DETECTION.md]
`;

const carParkPlan = (replications: number): Plan => ({
  trainDays: 90,
  episodeDays: 30,
  slotDays: 90,
  shares: [0.1, 0.2, 0.3, 0.5],
  replications,
  prevalence: 0.05,
  rates: [1 / 30, 1 / 100, 1 / 300, 1 / 1000, 1 / 2000],
  seed: 'car-parks',
});

const meterPlan = (replications: number): Plan => ({
  ...carParkPlan(replications * 3),
  trainDays: 28,
  episodeDays: 14,
  slotDays: 23,
  rates: [1 / 30, 1 / 100, 1 / 300],
  seed: 'meters',
});

/** What protocol B (`apps/judge`) wrote into the document before: it is kept. */
function simulatedSection(output: string): string {
  const document = existsSync(output) ? readFileSync(output, 'utf8') : '';
  const from = document.indexOf('<!-- protocol B: begin -->');
  return from < 0 ? '' : `\n${document.slice(from)}`;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      data: { type: 'string', default: '../shared/data' },
      replications: { type: 'string', default: '8' },
      output: { type: 'string', default: 'docs/DETECTION.md' },
      help: { type: 'boolean' },
    },
  });
  if (values.help) return void console.log(usage);
  const replications = Number(values.replications);
  if (!Number.isInteger(replications) || replications < 1 || replications > 1000)
    throw new InputError(`--replications ${values.replications}: must be 1-1000`);
  const { carParks, meters } = await readSharedData(resolve(values.data));
  const tell = (text: string): void => console.error(text);
  const parts = [];
  for (const [title, series, plan] of [
    ['Car parks', carParks, carParkPlan(replications)],
    ['Street meters', meters, meterPlan(replications)],
  ] as const) {
    tell(`${title}: ${series.points.length} points, ${series.days} days`);
    const terciles = tercilesOf(series);
    parts.push({
      title,
      points: series.points.length,
      days: series.days,
      plan,
      terciles,
      results: judgeAll(series, plan, tell),
    });
  }
  const output = resolve(values.output);
  mkdirSync(dirname(output), { recursive: true });
  writeFileSync(output, reportMarkdown(parts) + simulatedSection(output));
  writeFileSync(output.replace(/\.md$/, '') + '-curves.svg', curvesSvg(parts[0]!));
  tell(`wrote ${output}`);
}

main().catch((error: unknown) => {
  const isMistake = error instanceof InputError || (error as NodeJS.ErrnoException).code?.startsWith('ERR_PARSE_ARGS');
  console.error(isMistake ? (error as Error).message : error);
  process.exitCode = 1;
});
