import { thresholdFor, countCases, type ScoreTable } from '../judge/cases.js';
import { outcomesOf, summarise, trueCases, type Estimate } from '../judge/outcome.js';
import { scoreSeries } from '../judge/score-series.js';
import type { Episode, Series } from '../judge/series.js';

/** False cases a point-day at which protocol A is read. */
export const RATES = [1 / 100, 1 / 1000] as const;

const percent = ({ value, low, high }: Estimate): string =>
  `${value.toFixed(2)} (${low.toFixed(2)}-${high.toFixed(2)})`;

/** Protocol A of one run as text: recall by share at both false-case rates, with 95 % intervals over points. */
export function truthReport(run: {
  series: Series;
  scored: ScoreTable;
  episodes: readonly Episode[];
  clean: Series | null;
  trainDays: number;
}): string {
  const { series, scored, episodes, trainDays } = run;
  const window = { from: trainDays, to: series.days };
  const honest = run.clean ? scoreSeries(run.clean) : withoutEpisodes(scored, episodes);
  const lines = [
    `Protocol A, days ${window.from + 1}-${window.to}; thresholds from ${run.clean ? 'the clean copy' : 'days outside episodes'}.`,
  ];
  for (const rate of RATES) {
    const threshold = thresholdFor(honest, rate, window.from, window.to);
    const achieved =
      countCases(honest, threshold, window.from, window.to) / (honest.points * (window.to - window.from));
    const { inside, all } = trueCases(scored, threshold, window, episodes);
    lines.push(
      `1/${Math.round(1 / rate)}: threshold ${threshold.toFixed(3)}, achieved 1/${Math.round(1 / achieved)}, case precision ${(inside / Math.max(1, all)).toFixed(2)}`,
    );
    const shares = [...new Set(episodes.map((episode) => episode.share))].sort((a, b) => a - b);
    for (const share of shares) {
      const own = episodes.filter((episode) => episode.share === share);
      const sum = summarise(outcomesOf(scored, threshold, window, own, () => 1));
      lines.push(
        `  share ${share}: ${sum.episodes} episodes, recall ${percent(sum.recall)}, within 7 days ${percent(sum.within7)}, median days ${sum.medianDays ?? '-'}`,
      );
    }
  }
  return lines.join('\n');
}

/** The scores with those of episodes (and the fortnight after, which still feels them) taken out. */
function withoutEpisodes(scored: ScoreTable, episodes: readonly Episode[]): ScoreTable {
  const scores = scored.scores.slice();
  for (const { point, from, to } of episodes)
    scores.fill(NaN, point * scored.days + from, point * scored.days + Math.min(scored.days, to + 15));
  return { ...scored, scores };
}
