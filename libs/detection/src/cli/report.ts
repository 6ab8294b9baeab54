import { ENGINE } from '../assess/assess-day.js';
import { account } from './report-account.js';
import { summarise, type Estimate, type Outcome } from '../judge/outcome.js';
import { cellKey, OURS, type Cell, type DetectorResult, type Plan } from '../judge/protocol-a.js';

/** One judged series. */
export interface ReportPart {
  readonly title: string;
  readonly points: number;
  readonly days: number;
  readonly plan: Plan;
  readonly terciles: readonly number[];
  readonly results: readonly DetectorResult[];
}

const two = (value: number): string => value.toFixed(2);
const rateText = (rate: number): string => (rate > 0 ? `1/${Math.round(1 / rate).toLocaleString('en')}` : '0');
const estimate = ({ value, low, high }: Estimate): string => `${two(value)} (${two(low)}-${two(high)})`;
const row = (cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |`;
const table = (head: readonly string[], rows: readonly (string | number)[][]): string =>
  [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n');

const cellOf = (result: DetectorResult, rate: number, share: number): Cell => result.cells.get(cellKey(rate, share))!;

/** The document: what is measured, the tables of every series, what was tried and what bounds it. */
export function reportMarkdown(parts: readonly ReportPart[]): string {
  return [
    account.head,
    `The tables of protocol A below were made with engine ${ENGINE}.`,
    ...parts.map(partText),
    '## Delay against false cases (car parks)\n\n![Recall within 7 days and recall against the rate of false cases](DETECTION-curves.svg)',
    account.tail,
    '',
  ].join('\n\n');
}

function partText(part: ReportPart): string {
  const { plan, results } = part;
  const ours = results.find((result) => result.name === OURS)!;
  const mainRates = part.plan.rates.filter((rate) => rate === 1 / 100 || rate === 1 / 1000);
  const detectors = table(
    ['detector', ...mainRates.flatMap((rate) => plan.shares.map((share) => `${rateText(rate)}: ${share * 100} %`))],
    results.map((result) => [
      result.name,
      ...mainRates.flatMap((rate) =>
        plan.shares.map((share) => {
          const sum = summarise(cellOf(result, rate, share).outcomes);
          return `${two(sum.recall.value)}/${two(sum.within7.value)}`;
        }),
      ),
    ]),
  );
  return [
    `## ${part.title}: ${part.points} points x ${part.days} days, ${plan.trainDays} to learn, episodes of ${plan.episodeDays} days`,
    `Recall / recall within 7 days, bare scores, every detector at the same achieved rate of false cases. ${plan.replications} replications, ${cellOf(ours, mainRates[0]!, plan.shares[0]!).outcomes.length} episodes a share.`,
    detectors,
    '### Ours in full (95 % bootstrap intervals over points)',
    oursTable(ours, plan),
    '### Ours by volume (recall / within 7 days)',
    tercileTable(ours, part, mainRates),
    '### Rate of false cases when the threshold is set on the first half of the test window',
    table(
      ['set for', 'second half achieved'],
      ours.drift.map(({ rate, achieved }) => [rateText(rate), rateText(achieved)]),
    ),
    `Interval [lower, upper], meant for 90 %: **${(100 * (ours.coverage ?? NaN)).toFixed(1)} %** of clean test days lie inside.`,
  ].join('\n\n');
}

function oursTable(ours: DetectorResult, plan: Plan): string {
  const rows = ours.thresholds.flatMap(({ rate, threshold, achieved }) =>
    plan.shares.map((share) => {
      const cell = cellOf(ours, rate, share);
      const sum = summarise(cell.outcomes);
      const chance = cell.chance / cell.outcomes.length;
      return [
        rateText(rate),
        `${threshold.toFixed(2)} (${rateText(achieved)})`,
        `${share * 100} %`,
        estimate(sum.recall),
        estimate(sum.within7),
        two(sum.weighted),
        sum.medianDays ?? '-',
        two(cell.inside / Math.max(1, cell.all)),
        two(chance),
      ];
    }),
  );
  const head = [
    'false cases',
    'threshold (achieved)',
    'skim',
    'recall',
    'within 7 days',
    'volume-weighted',
    'median days',
  ];
  return table([...head, 'case precision', 'chance recall'], rows);
}

function tercileTable(ours: DetectorResult, part: ReportPart, rates: readonly number[]): string {
  const names = ['small', 'middle', 'large'];
  return table(
    ['points', ...rates.flatMap((rate) => part.plan.shares.map((share) => `${rateText(rate)}: ${share * 100} %`))],
    names.map((name, tercile) => [
      name,
      ...rates.flatMap((rate) =>
        part.plan.shares.map((share) => {
          const own = cellOf(ours, rate, share).outcomes.filter(
            (o: Outcome) => part.terciles[o.episode.point] === tercile,
          );
          const sum = summarise(own);
          return `${two(sum.recall.value)}/${two(sum.within7.value)}`;
        }),
      ),
    ]),
  );
}

const WIDTH = 760;
const HEIGHT = 340;
const COLOURS = ['#8a8a8a', '#d08700', '#1c7c54', '#1f4e99'];

/** Two panels (recall, recall within 7 days) over the rate of false cases, one line a skim share; ours only. */
export function curvesSvg(part: ReportPart): string {
  const ours = part.results.find((result) => result.name === OURS)!;
  const panels = (['recall', 'within7'] as const).map((measure, panel) => {
    const left = 50 + panel * 370;
    const x = (rate: number): number => left + 300 * (1 + Math.log10(rate * 30) / 2);
    const y = (value: number): number => 290 - 240 * value;
    const lines = part.plan.shares.map((share, i) => {
      const at = part.plan.rates.map((rate) => ({
        rate,
        value: summarise(cellOf(ours, rate, share).outcomes)[measure].value,
      }));
      const path = at.map(({ rate, value }) => `${x(rate).toFixed(1)},${y(value).toFixed(1)}`).join(' ');
      const end = at.at(-1)!;
      return `<polyline points="${path}" fill="none" stroke="${COLOURS[i % 4]}" stroke-width="2"/><text x="${(x(end.rate) - 6).toFixed(1)}" y="${(y(end.value) + 4).toFixed(1)}" text-anchor="end" fill="${COLOURS[i % 4]}">${share * 100} %</text>`;
    });
    const ticks = part.plan.rates.map(
      (rate) => `<text x="${x(rate).toFixed(1)}" y="308" text-anchor="middle">${rateText(rate)}</text>`,
    );
    const grid = [0, 0.25, 0.5, 0.75, 1].map(
      (v) =>
        `<line x1="${left}" x2="${left + 300}" y1="${y(v)}" y2="${y(v)}" stroke="#ddd"/><text x="${left - 6}" y="${y(v) + 4}" text-anchor="end">${v}</text>`,
    );
    const title = measure === 'recall' ? 'Recall' : 'Recall within 7 days';
    return `<text x="${left}" y="30" font-weight="bold">${title}</text>${grid.join('')}${ticks.join('')}${lines.join('')}`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" font-family="sans-serif" font-size="11">${panels.join('')}<text x="50" y="330">False cases a point-day; lines by skim share</text></svg>\n`;
}
