import { ENGINE } from '@app/detection';
import type { JudgePlan, PlayedCity } from './play-city.js';
import { honestPoints, OURS, summarise, type DetectorResult, type Measured, type Summary } from './score.js';

const two = (value: number): string => (Number.isNaN(value) ? '-' : value.toFixed(2));
const ranged = ({ value, low, high }: Measured): string => `${two(value)} (${two(low)}-${two(high)})`;
const row = (cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |`;
const table = (head: readonly string[], rows: readonly (string | number)[][]): string =>
  [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n');
const rateText = (rate: number): string => `1/${Math.round(1 / rate).toLocaleString('en')}`;

/** The section of docs/DETECTION.md on simulated cities. */
export function report(cities: readonly PlayedCity[], plan: JudgePlan, results: readonly DetectorResult[]): string {
  const ours = results.find((result) => result.name === OURS)!;
  const main = ours.rates.find(({ rate }) => rate === 1 / 1000)!;
  const patterns = [...new Set(main.outcomes.map((o) => o.pattern))].sort();
  const seeds = cities.map((city) => city.seed).join(', ');
  const all = summarise(main.outcomes);
  const honest = cities.reduce((total, city) => total + honestPoints(city).length * (plan.days - plan.trainDays), 0);
  return [
    '## Protocol B: simulated cities, known theft',
    `**Simulated data, engine ${ENGINE}.** ${cities.length} cities (seeds ${seeds}; none was used to choose a setting) of ${plan.points} points, ${plan.days} days from ${plan.from}, ${plan.trainDays} of them without theft. Thefts are done to messages; records go through the roll-up and the engine that production runs (\`apps/judge\`). In each block of 42 days ${Math.round(plan.prevalence * 100)} % of the points have a thief, far more than the 5 % of the protocol, so that every pattern is met (one that few points can have, at half of the thefts there); precision is worked out for 5 %. Honest people slip too: a wrong class put right, a miscounted drawer, a late last driver, an overlooked sticker. A case is the first day above the threshold, then seven days of silence for the point. False cases are counted on points that were honest all the time (${honest.toLocaleString('en')} point-days). Median and "within 3 days" count the first day of the theft as day 1.`,
    '### All statistical patterns together',
    table(
      [
        'detector',
        'false cases',
        'recall (95 %)',
        'within 3 days',
        'rupiah found (95 %)',
        'rupiah lost before',
        'median days',
        'mean days before a case (95 %)',
      ],
      results.flatMap((result) =>
        result.rates.map(({ rate, outcomes }) => {
          const s = summarise(outcomes);
          return [
            result.name,
            rateText(rate),
            ranged(s.recall),
            two(s.within3),
            ranged(s.rupiahRecall),
            two(s.rupiahLost),
            s.medianDays ?? '-',
            ranged(s.delay),
          ];
        }),
      ),
    ),
    'The mean counts a theft that is never found with all its days.',
    '![Recall, and days before a case, against the rate of false cases](DETECTION-delay.svg)',
    `### Ours at 1/1,000 (threshold ${main.threshold.toFixed(2)}), by pattern`,
    table(
      [
        'pattern',
        'thefts',
        'recall (95 %)',
        'within 3 days',
        'rupiah found',
        'rupiah lost before',
        'median days',
        'right pattern',
        'right person or terminal',
      ],
      [...patterns.map((p) => line(p, summarise(main.outcomes.filter((o) => o.pattern === p)))), line('all', all)],
    ),
    facts(cities, plan, all),
  ].join('\n\n');
}

function line(name: string, s: Summary): (string | number)[] {
  return [
    name,
    s.n,
    ranged(s.recall),
    two(s.within3),
    two(s.rupiahRecall.value),
    two(s.rupiahLost),
    s.medianDays ?? '-',
    two(s.rightPattern),
    two(s.rightPerson),
  ];
}

function facts(cities: readonly PlayedCity[], plan: JudgePlan, all: Summary): string {
  let faults = 0;
  let blamed = 0;
  let days = 0;
  let delivered = 0;
  for (const city of cities) {
    const honest = new Set(honestPoints(city));
    days += honest.size * (plan.days - plan.trainDays);
    const own = city.suspicions.filter((s) => honest.has(s.point) && s.day >= plan.trainDays);
    delivered += own.length;
    for (const fault of city.faults) {
      if (!honest.has(fault.point) || fault.day < plan.trainDays) continue;
      faults++;
      if (own.some((s) => s.point === fault.point && s.day >= fault.day && s.day <= fault.day + 1)) blamed++;
    }
  }
  const episodeDays = 28;
  const hits = (0.05 / episodeDays) * all.recall.value;
  const precision = hits / (hits + 0.95 / 1000);
  return [
    `- Case precision at 5 % prevalence (episodes of ${episodeDays} days, one case each): **${two(precision)}**.`,
    `- Device faults (dead battery, reset, repair, lost clock, broken modem) on honest points: ${faults}; with a suspicion on the day or the next: ${blamed} (**${((100 * blamed) / Math.max(1, faults)).toFixed(1)} %**).`,
    `- At the delivered threshold: ${delivered} false cases in ${days.toLocaleString('en')} honest point-days (**${((1000 * delivered) / Math.max(1, days)).toFixed(2)} per 1,000**).`,
  ].join('\n');
}
