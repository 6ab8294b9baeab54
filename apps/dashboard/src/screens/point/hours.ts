/** Minutes since midnight (Asia/Jakarta) in which a point is open. */
export type Span = readonly [opens: number, closes: number];

const SPAN = /^(\d{1,2})[.:](\d{2})\s*[-–]\s*(\d{1,2})[.:](\d{2})$/;

/** A span as people write it: `07:00-22:00`. */
export function spanText([opens, closes]: Span): string {
  return `${clock(opens)}-${clock(closes)}`;
}

/**
 * The span of a text such as `07:00-22:00` or `7.00 – 22.00`. What is no span comes back as it is, for the API to refuse
 * it by its name.
 */
export function spanOf(text: string): Span | string {
  const [, fromHour, fromMinute, toHour, toMinute] = SPAN.exec(text.trim()) ?? [];
  if (fromHour === undefined) return text;
  return [Number(fromHour) * 60 + Number(fromMinute), Number(toHour) * 60 + Number(toMinute)];
}

function clock(minutes: number): string {
  return [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, '0')).join(':');
}
