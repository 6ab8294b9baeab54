import { OURS, summarise, type DetectorResult, type Measured, type Summary } from './score.js';

const WIDTH = 800;
const HEIGHT = 380;
const COLOURS = ['#8a8a8a', '#b0703c', '#d08700', '#7a5195', '#4b8bbe', '#5d8a66'];
const OWN_COLOUR = '#1f4e99';

interface Panel {
  readonly title: string;
  readonly left: number;
  readonly max: number;
  readonly figure: (summary: Summary) => Measured;
}

interface Curve {
  readonly name: string;
  readonly points: readonly { readonly rate: number; readonly summary: Summary }[];
}

/** Recall, and days that thefts ran before their case, over the rate of false cases: every detector, ours with its range. */
export function delaySvg(results: readonly DetectorResult[]): string {
  const curves = results.map(({ name, rates }): Curve => ({
    name,
    points: rates.map(({ rate, outcomes }) => ({ rate, summary: summarise(outcomes) })),
  }));
  const delays = curves.flatMap(({ points }) => points.map(({ summary }) => summary.delay.value));
  const panels: Panel[] = [
    { title: 'Recall', left: 50, max: 1, figure: ({ recall }) => recall },
    {
      title: 'Mean days before a case (never found: all its days)',
      left: 450,
      max: Math.ceil(Math.max(1, ...delays) / 5) * 5,
      figure: ({ delay }) => delay,
    },
  ];
  const legend = results.map(
    ({ name }, i) =>
      `<text x="${50 + (i % 4) * 185}" y="${342 + 16 * Math.floor(i / 4)}" fill="${colourOf(name, i)}">${escaped(name)}</text>`,
  );
  const body = panels.map((panel) => panelSvg(panel, curves)).join('');
  const axis = '<text x="50" y="324">False cases an honest point-day</text>';
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" font-family="sans-serif" font-size="11">${body}${axis}${legend.join('')}</svg>\n`;
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
const colourOf = (name: string, i: number): string => (name === OURS ? OWN_COLOUR : COLOURS[i % COLOURS.length]!);

function panelSvg({ title, left, max, figure }: Panel, curves: readonly Curve[]): string {
  const rates = curves[0]!.points.map(({ rate }) => rate);
  const [least, most] = [Math.min(...rates), Math.max(...rates)];
  const x = (rate: number): string => (left + 300 * (Math.log(rate / least) / Math.log(most / least))).toFixed(1);
  const y = (value: number): string => (290 - (240 * value) / max).toFixed(1);
  const grid = [0, 0.25, 0.5, 0.75, 1].map((part) => {
    const at = y(part * max);
    return `<line x1="${left}" x2="${left + 300}" y1="${at}" y2="${at}" stroke="#ddd"/><text x="${left - 6}" y="${at}" text-anchor="end">${Number((part * max).toFixed(2))}</text>`;
  });
  const ticks = rates.map(
    (rate) => `<text x="${x(rate)}" y="306" text-anchor="middle">1/${Math.round(1 / rate)}</text>`,
  );
  const lines = curves.map((curve, i) => {
    const points = curve.points.map(({ rate, summary }) => ({ rate, ...figure(summary) }));
    const path = points.map(({ rate, value }) => `${x(rate)},${y(value)}`).join(' ');
    const line = `<polyline points="${path}" fill="none" stroke="${colourOf(curve.name, i)}" stroke-width="${curve.name === OURS ? 2.5 : 1.2}"/>`;
    if (curve.name !== OURS) return line;
    const band = [
      ...points.map(({ rate, high }) => `${x(rate)},${y(high)}`),
      ...[...points].reverse().map(({ rate, low }) => `${x(rate)},${y(low)}`),
    ];
    return `<polygon points="${band.join(' ')}" fill="${OWN_COLOUR}" opacity="0.15"/>${line}`;
  });
  return `<text x="${left}" y="30" font-weight="bold">${title}</text>${grid.join('')}${ticks.join('')}${lines.join('')}`;
}
