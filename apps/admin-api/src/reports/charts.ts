import type { WaterfallRow, WaterfallSums } from '@app/persistence';
import { axisText, number } from './indonesian.js';

/** The three steps of the road, in one colour each, on every chart. */
export const STEPS = [
  { key: 'recorded', name: 'Tercatat', colour: '#1f5f99' },
  { key: 'settled', name: 'Diselesaikan', colour: '#2f9e8f' },
  { key: 'deposited', name: 'Disetor ke RKUD', colour: '#e0a030' },
] as const;

const INK = '#1d2733';
const FAINT = '#66727f';
const GRID = '#dde3e9';
const FONT = 'font-family="Roboto"';

export interface Size {
  width: number;
  height: number;
}

/** Bars a day: recorded, settled, deposited. As SVG: vectors on paper, a picture in a workbook. */
export function dailyChart(days: readonly WaterfallRow[], { width, height }: Size): string {
  const frame = { left: 46, top: 26, right: width - 6, bottom: height - 34 };
  const top = niceTop(Math.max(1, ...days.flatMap((day) => STEPS.map(({ key }) => day[key]))));
  const y = (value: number): number => frame.bottom - (Math.max(0, value) / top) * (frame.bottom - frame.top);
  const slot = (frame.right - frame.left) / Math.max(1, days.length);
  const bar = Math.min(9, (slot * 0.78) / STEPS.length);
  const bars = days.flatMap((day, i) => {
    const from = frame.left + i * slot + (slot - bar * STEPS.length) / 2;
    return STEPS.map(({ key, colour }, step) =>
      rect(from + step * bar, y(day[key]), bar * 0.92, frame.bottom - y(day[key]), colour),
    );
  });
  const dates = days.map((day, i) =>
    text(frame.left + (i + 0.5) * slot, frame.bottom + 11, String(Number(day.key.slice(8))), { anchor: 'middle' }),
  );
  const caption = text((frame.left + frame.right) / 2, height - 6, 'Tanggal', { anchor: 'middle' });
  return svg({ width, height }, [...grid(frame, top, y), ...bars, ...dates, caption, ...legend(frame.left)]);
}

/** The road of the month as three bars, with what is missing between them. */
export function roadChart(total: WaterfallSums, { width, height }: Size): string {
  const top = Math.max(1, ...STEPS.map(({ key }) => total[key]));
  const rows = STEPS.map(({ key, name, colour }, i) => {
    const y = 6 + (i * (height - 6)) / STEPS.length;
    const length = (Math.max(0, total[key]) / top) * (width - 240);
    const gap = i === 0 ? 0 : total[STEPS[i - 1]!.key] - total[key];
    return [
      text(0, y + 15, name, { size: 9, colour: INK }),
      rect(96, y, Math.max(length, 1), 22, colour),
      text(102 + length, y + 10, `Rp ${number(total[key])}`, { size: 9, colour: INK, bold: true }),
      i === 0 ? '' : text(102 + length, y + 21, `selisih Rp ${number(gap)}`, { size: 7.5 }),
    ].join('');
  });
  return svg({ width, height }, rows);
}

interface Frame {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

function grid(frame: Frame, top: number, y: (value: number) => number): string[] {
  return [0, 0.25, 0.5, 0.75, 1].flatMap((part) => {
    const at = y(part * top);
    const line = `<line x1="${frame.left}" y1="${round(at)}" x2="${frame.right}" y2="${round(at)}" stroke="${GRID}" stroke-width="0.6"/>`;
    return [line, text(frame.left - 5, at + 2.5, axisText(part * top), { anchor: 'end' })];
  });
}

function legend(left: number): string[] {
  return STEPS.flatMap(({ name, colour }, i) => [
    rect(left + i * 100, 4, 8, 8, colour),
    text(left + i * 100 + 12, 11, name, { size: 8, colour: INK }),
  ]);
}

/** The next of 1, 2, 2.5, 5 times a power of ten. */
function niceTop(max: number): number {
  const power = 10 ** Math.floor(Math.log10(max));
  return [1, 2, 2.5, 4, 5, 8, 10].map((step) => step * power).find((value) => value >= max)!;
}

const round = (value: number): number => Math.round(value * 100) / 100;

function rect(x: number, y: number, width: number, height: number, colour: string): string {
  return `<rect x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}" fill="${colour}"/>`;
}

function text(
  x: number,
  y: number,
  content: string,
  style: { anchor?: 'middle' | 'end'; size?: number; colour?: string; bold?: boolean } = {},
): string {
  const { anchor = 'start', size = 7, colour = FAINT, bold = false } = style;
  const weight = bold ? ' font-weight="bold"' : '';
  return `<text x="${round(x)}" y="${round(y)}" ${FONT} font-size="${size}"${weight} text-anchor="${anchor}" fill="${colour}">${content}</text>`;
}

function svg({ width, height }: Size, parts: readonly string[]): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">${parts.join('')}</svg>`;
}
